/**
 * Holds a name in this browser, over all its tabs, until it is let go or the tab is gone; null:
 * another one holds it and did not let go in time. Where there are no locks (a site without
 * https), every name is free.
 */
export async function holdName(name: string, waitMs: number): Promise<(() => void) | null> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks) return () => undefined;
  return new Promise((resolve) => {
    const held = () => new Promise<void>((letGo) => resolve(letGo));
    locks.request(name, { signal: AbortSignal.timeout(waitMs) }, held).catch(() => resolve(null));
  });
}
