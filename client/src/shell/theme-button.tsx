import { Monitor, Moon, Sun } from 'lucide';
import { IconButton } from '../ui/button.tsx';
import { chooseTheme, type Theme, theme } from './state.ts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const NAMES: Record<Theme, string> = {
  system: 'Theme: as your device',
  light: 'Theme: light',
  dark: 'Theme: dark',
};
const ICONS = { system: Monitor, light: Sun, dark: Moon };

export const ThemeButton = () => (
  <IconButton
    icon={ICONS[theme.value]}
    label={NAMES[theme.value]}
    onClick={() => void chooseTheme(NEXT[theme.value])}
  />
);
