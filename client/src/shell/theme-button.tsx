import { Monitor, Moon, Sun } from 'lucide';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { chooseTheme, type Theme, theme } from './state.ts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const NAMES: Record<Theme, string> = {
  system: 'Theme: as your device',
  light: 'Theme: light',
  dark: 'Theme: dark',
};
const ICONS = { system: Monitor, light: Sun, dark: Moon };

const chooseNext = (): void => void chooseTheme(NEXT[theme.value]);

export const ThemeButton = () => (
  <IconButton icon={ICONS[theme.value]} label={NAMES[theme.value]} onClick={chooseNext} />
);

/** The same in a menu, which stays open to show it. */
export const ThemeItem = () => (
  <button type="button" class="menu-item" onClick={chooseNext}>
    <Icon of={ICONS[theme.value]} size={18} />
    {NAMES[theme.value]}
  </button>
);
