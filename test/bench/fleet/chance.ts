/** Chance that is the same in every run. */
export interface Chance {
  /** From 0 up to, and without, 1. */
  readonly part: () => number;
  /** A wait for what comes by chance, the mean of which is given. */
  readonly wait: (mean: number) => number;
  /** Seconds for which a call is about to change hands: it rings, and one in five queues first. */
  readonly callLength: () => number;
}

/** Chance out of a seed (mulberry32). */
export function seededRandom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const part = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
  const wait = (mean: number): number => -Math.log(1 - part()) * mean;
  return { part, wait, callLength: () => wait(8) + (part() < 0.2 ? wait(40) : 0) };
}
