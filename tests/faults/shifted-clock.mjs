// Loaded into a server process before anything else: its wall clock is wrong from the start, and
// steps back by two hours at SIGUSR2.
const Real = Date;
let ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead);
    else super(...given);
  }
  static now() {
    return Real.now() + ahead;
  }
};
process.on('SIGUSR2', () => {
  ahead -= 7_200_000;
});
