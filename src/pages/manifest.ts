export const SITE = 'Lyceum';

/** The light theme's paper; in the dark one the page itself says its colour. */
const PAPER = '#f9fafc';

const icon = (name: string, size: number, purpose: 'any' | 'maskable') => ({
  src: `/icons/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

/** What a device needs to know to install the site as an app. */
export const MANIFEST = {
  id: '/',
  name: SITE,
  short_name: SITE,
  description: 'Share what you know, and talk about it live.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: PAPER,
  theme_color: PAPER,
  categories: ['education', 'social'],
  icons: [
    icon('icon', 192, 'any'),
    icon('icon', 512, 'any'),
    icon('maskable', 512, 'maskable'),
    { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
  ],
  shortcuts: [
    { name: 'Chat', url: '/chat' },
    { name: 'Write an article', short_name: 'Write', url: '/write' },
    { name: 'Notifications', url: '/notifications' },
  ],
};
