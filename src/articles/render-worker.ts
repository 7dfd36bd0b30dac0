import { parentPort } from 'node:worker_threads';
import { renderMarkdown } from './markdown.ts';

/** Renders one text after another, off the event loop; what it throws is told as null. */
parentPort?.on('message', (body: string) => {
  renderMarkdown(body).then(
    (rendered) => parentPort?.postMessage(rendered),
    () => parentPort?.postMessage(null),
  );
});
