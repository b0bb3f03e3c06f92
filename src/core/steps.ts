/** Work that can be done a piece at a time: each `yield` is a place to pause. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all of the work at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
