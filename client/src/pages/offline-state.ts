import { signal } from '@preact/signals';
import { type KeptPage, keptPages } from '../net/kept.ts';
import { on, openSocket } from '../net/socket.ts';

/** What can be read without a server; null until that is known. */
export const readable = signal<KeptPage[] | null>(null);

export async function findReadable(): Promise<void> {
  readable.value = await keptPages().catch(() => []);
}

/** Runs when the server is there again; answers a function that stops waiting for it. */
export function whenBack(fn: () => void): () => void {
  openSocket();
  return on('ready', fn);
}
