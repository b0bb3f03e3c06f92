import type { Page } from '@playwright/test';
import type { ElectronApp } from './electron-app';

/** Moves the clocks of the app's main process forward, so that no test waits for minutes to pass. */
export async function advanceClock(app: ElectronApp, ms: number): Promise<void> {
  await app.evaluate((_electron, offset) => {
    const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
    Date.now = () => wall() + offset;
    performance.now = () => monotonic() + offset;
  }, ms);
}

/** Moves the wall clock of a page forward. */
export async function advancePageClock(page: Page, ms: number): Promise<void> {
  await page.evaluate((offset) => {
    const wall = Date.now.bind(Date);
    Date.now = () => wall() + offset;
  }, ms);
}

/** The wall clock of the app's main process. */
export const getClock = (app: ElectronApp): Promise<number> => app.evaluate(() => Date.now());
