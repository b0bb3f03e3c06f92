/** How long (ms) work goes on before others have their turn: half of a frame on the screen. */
const SLICE = 8;

/**
 * Does long work a slice at a time, so that clicks and notifications come in between: each `yield`
 * is a place to pause. What fits into one slice is done at once.
 */
export async function inSlices<Result>(work: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
