import type { ElectronApplication } from '@playwright/test';

/** Starts to watch main's event loop. */
export async function watchLoop(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    Object.assign(globalThis, { watchedLoop: histogram });
  });
}

/** The longest (ms) that main's event loop stood still since this was asked last. */
export function longestBlock(electron: ElectronApplication): Promise<number> {
  return electron.evaluate(() => {
    const { watchedLoop } = globalThis as unknown as {
      watchedLoop: { readonly max: number; reset(): void };
    };
    const longest = watchedLoop.max / 1e6;
    watchedLoop.reset();
    return longest;
  });
}
