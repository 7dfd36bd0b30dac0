import { escapeHtml } from '../platform/html.ts';
import type { TocEntry } from './contract.ts';
import { PROSE, shorten } from './measure.ts';

/** A text as pages show it. `minutes` is the reading time, at least 1. */
export type Rendered = { html: string; toc: TocEntry[]; minutes: number; excerpt: string };

/** The text as it was typed, in paragraphs: for what Markdown cannot digest in time. */
export const renderPlain = (body: string): Rendered => {
  const paragraphs = body.split(/\n\s*\n/).filter((part) => part.trim());
  const html = paragraphs.map((part) => `<p>${escapeHtml(part.trim())}</p>\n`).join('');
  const minutes = Math.max(1, Math.round(body.split(/\s+/).length / PROSE));
  return { html, toc: [], minutes, excerpt: shorten(body.slice(0, 1_000)) };
};
