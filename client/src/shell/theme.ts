import { effect } from '@preact/signals';
import { theme } from './state.ts';

const YEAR_S = 31_536_000;

/** Puts the chosen theme on the page, and in the cookie from which the server draws the next one. */
export function applyTheme(): void {
  let first = true;
  effect(() => {
    const chosen = theme.value;
    document.documentElement.dataset.theme = chosen;
    if (!first) document.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
    first = false;
  });
}
