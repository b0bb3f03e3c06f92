export function isBuildFresh(
  inputTimes: readonly number[],
  outputTimes: readonly (number | undefined)[],
): boolean;
export function ensureBuilt(): Promise<void>;
