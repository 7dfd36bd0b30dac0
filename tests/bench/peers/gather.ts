/**
 * Hands each thing on to its place at once; with GATHER_MS so often, and all that came meanwhile
 * together.
 */
export const createGather = <Place, Thing>(
  hand: (place: Place, things: Thing | Thing[]) => void,
  { GATHER_MS }: { GATHER_MS?: string },
): ((place: Place, thing: Thing) => void) => {
  if (!GATHER_MS) return hand;
  const waiting = new Map<Place, Thing[]>();
  setInterval(() => {
    for (const [place, things] of waiting) hand(place, things);
    waiting.clear();
  }, Number(GATHER_MS));
  return (place, thing) => {
    const others = waiting.get(place);
    if (others) others.push(thing);
    else waiting.set(place, [thing]);
  };
};
