/** A message on one line of a list: without the marks that its own place draws. */
export const plainOf = (body: string): string =>
  body
    .replace(/^(> ?)+/gm, '')
    .replace(/```\w*/g, '')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(^|\W)\*([^*\s][^*]*)\*(?=\W|$)/g, '$1$2')
    .replace(/\[([^\]]+)\]\(https?:[^)\s]+\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
