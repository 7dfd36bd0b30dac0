/** Sets a value as the newest of at most `max`: what was set longest ago is forgotten for it. */
export const remember = <K, V>(known: Map<K, V>, key: K, value: V, max: number): void => {
  known.delete(key);
  if (known.size >= max) known.delete(known.keys().next().value as K);
  known.set(key, value);
};
