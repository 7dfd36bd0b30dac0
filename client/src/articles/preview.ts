import { type ReadonlySignal, signal } from '@preact/signals';
import type { Preview } from '../../../src/articles/contract.ts';
import { toApiError } from '../net/failure.ts';
import { post } from '../net/http.ts';

const WAIT_MS = 350;

/** The text as the page will show it, made by the page's own renderer. */
export function createPreview() {
  const preview = signal<Preview | null>(null);
  const failure = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const fetch = async (body: string): Promise<void> => {
    const mine = ++asked;
    try {
      const made = body.trim() === '' ? null : await post<Preview>('/api/preview', { body });
      if (mine !== asked) return;
      preview.value = made;
      failure.value = null;
    } catch (error) {
      if (mine === asked) failure.value = toApiError(error).detail;
    }
  };
  return {
    preview: preview as ReadonlySignal<Preview | null>,
    failure: failure as ReadonlySignal<string | null>,
    show: (body: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void fetch(body), preview.peek() ? WAIT_MS : 0);
    },
  };
}
