import type { Steps } from '../core/steps';

/** How long (ms) work goes on before others have their turn: a third of a frame on the screen. */
const SLICE = 6;

/**
 * Does long work a slice at a time, so that clicks and notifications come in between. What fits into
 * one slice is done at once; after more than one there is a last pause, so that what follows does not
 * make the last slice a long one.
 */
export async function inSlices<Result>(work: Steps<Result>): Promise<Result> {
  for (let slices = 1; ; slices += 1) {
    const until = performance.now() + SLICE;
    let step = work.next();
    while (step.done !== true && performance.now() < until) step = work.next();
    if (step.done !== true || slices > 1) await pause();
    if (step.done === true) return step.value;
  }
}

/** Lets everything else that waits have its turn. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
