import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, type ElectronApp } from './electron-app';

/** Moves the clocks of the app's main process forward, so that no test waits for minutes to pass. */
export async function advanceClock(app: ElectronApp, ms: number): Promise<void> {
  await app.electron.evaluate((_electron, offset) => {
    const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
    Date.now = () => wall() + offset;
    performance.now = () => monotonic() + offset;
  }, ms);
}

/** The wall clock of the app's main process. */
export const getClock = ({ electron }: ElectronApp): Promise<number> =>
  electron.evaluate(() => Date.now());

/** Wraps the built Ringside in an app whose clock is ahead from the start; returns its folder. */
export async function createAppWithClockAhead(parent: string, ms: number): Promise<string> {
  const folder = await mkdtemp(join(parent, 'app-'));
  for (const name of ['out', 'resources', 'node_modules']) {
    await symlink(join(REPOSITORY, name), join(folder, name));
  }
  const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as object;
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, main: './clock-ahead.js' }),
  );
  await writeFile(
    join(folder, 'clock-ahead.js'),
    `const now = Date.now; Date.now = () => now() + ${ms}; await import('./out/main/index.js');`,
  );
  return folder;
}
