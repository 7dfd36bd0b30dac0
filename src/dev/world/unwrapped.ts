const FENCE = /^\s*```/;
/** Begins something of its own: a heading, an item, a quote, a table row, a footnote, a fence. */
const BEGINS = /^\s*(#{1,6} |[-*+] |\d+[.)] |>|\||\[\^|```|---|$)/;
/** Nothing goes on after it. */
const ENDS = /^\s*(#{1,6} |\||```|---|$)/;

/** Markdown as people type it: a paragraph is one line, however it is wrapped in the source. */
export const unwrapped = (markdown: string): string => {
  const lines: string[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    const last = lines.at(-1);
    const goesOn = last !== undefined && !inCode && !BEGINS.test(line) && !ENDS.test(last);
    if (goesOn) lines[lines.length - 1] = `${last} ${line.trim()}`;
    else lines.push(line);
    if (FENCE.test(line)) inCode = !inCode;
  }
  return lines.join('\n');
};
