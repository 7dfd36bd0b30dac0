import type { Notification } from '../../../src/notifications/contract.ts';

/** "Ana, Ben and 3 more": who stands behind a notification. */
export const whoOf = ({ people, count }: Pick<Notification, 'people' | 'count'>): string => {
  const named = people.slice(0, 2).map(({ name }) => name);
  const rest = Math.max(count, people.length) - named.length;
  if (named.length === 0) return 'Somebody';
  if (rest > 0) return `${named.join(', ')} and ${rest} more`;
  return named.join(' and ');
};
