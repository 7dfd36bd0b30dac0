/** What can be wrong with a history. One kind per promise, so that a red run says which. */
export const anomalies = [
  'lost',
  'unseen',
  'duplicate',
  'inconsistent seq',
  'skipped',
  'order',
  'sender order',
  'real-time order',
  'failed-but-seen',
  'seen-after-removal',
  'unsettled',
  'stale state',
  'read went back',
  'undeclared error',
  'never back',
  'void',
] as const;
export type Anomaly = (typeof anomalies)[number];
export type Problem = (anomaly: Anomaly, text: string) => void;
