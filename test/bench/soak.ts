/** Runs the real app at a high poll rate and watches whether it accumulates anything. */
import { setTimeout as delay } from 'node:timers/promises';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import type { ElectronApp } from '../e2e/support/electron-app';
import { Harness } from './harness';
import { countDescriptors, getMemory } from './processes';

const POLLS_PER_SECOND = 10;
const MIN_POLLS_PER_SECOND = 3;
const WARM_UP_SECONDS = 40;
const SAMPLE_SECONDS = 10;

/** The values that must not grow and how much they can vary. */
const LIMITS: readonly {
  readonly name: keyof Sample;
  readonly factor: number;
  readonly extra: number;
}[] = [
  { name: 'memory (MiB)', factor: 1.1, extra: 0 },
  { name: 'descriptors', factor: 1, extra: 8 },
  { name: 'handles', factor: 1, extra: 6 },
  { name: 'listeners', factor: 1, extra: 2 },
];

interface Sample {
  readonly 'memory (MiB)': number;
  readonly descriptors: number;
  readonly handles: number;
  readonly listeners: number;
}

/** Runs for some minutes, logs the samples, and returns whether nothing grew. */
export async function runSoak(minutes: number, log: (line: string) => void): Promise<boolean> {
  const server = await startDemoServer({ speed: 20 });
  const { url, userName, password } = server;
  const env = { RINGSIDE_SERVER: url, RINGSIDE_USERNAME: userName, RINGSIDE_PASSWORD: password };
  const options = { debuggable: true, env, settings: { pollSeconds: 1, releaseMinutes: 0 } };
  try {
    return await Harness.use('ringside', options, async (harness) => {
      await harness.start();
      await harness.tray.waitFor(() => true, 'an icon');
      const samples: Sample[] = [];
      const startedAt = performance.now();
      const getSecond = (): number => (performance.now() - startedAt) / 1_000;
      for (let round = 1; getSecond() < minutes * 60; round += 1) {
        const roundEnd = round * SAMPLE_SECONDS;
        disturb(server, round);
        await harness.tray.activate();
        while (getSecond() < roundEnd - 3) await poll(harness.app);
        // The window is closed before the sample is taken.
        await harness.tray.activate();
        while (getSecond() < roundEnd) await poll(harness.app);
        server.clearFaults();
        if (getSecond() < WARM_UP_SECONDS) continue;
        const polls = countPolls(server);
        samples.push(await takeSample(harness));
        log(`${Math.round(getSecond())} s: ${JSON.stringify(samples.at(-1))}, ${polls} polls/s`);
        if (polls < MIN_POLLS_PER_SECOND)
          throw new Error('The app polls too slowly for a soak test.');
      }
      return report(samples, log);
    });
  } finally {
    await server.close();
  }
}

/** Makes the server fail or sign all users out in some of the rounds. */
function disturb(server: DemoServer, round: number): void {
  const path = '/sessions/my';
  if (round % 4 === 1) server.fault({ path, status: 503, times: 1 });
  if (round % 4 === 2) server.fault({ path, reset: true, times: 1 });
  if (round % 4 === 3) server.revoke();
}

/** Makes the app poll immediately, as it does when the screen is unlocked. */
async function poll(app: ElectronApp): Promise<void> {
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('unlock-screen'));
  await delay(1_000 / POLLS_PER_SECOND);
}

/** Returns the polls per second since the last sample. */
function countPolls({ requests }: DemoServer): number {
  const since = Date.now() - SAMPLE_SECONDS * 1_000;
  const polls = requests.filter(({ path, at }) => path === '/sessions/my' && at > since);
  return Math.round(polls.length / SAMPLE_SECONDS);
}

async function takeSample({ app }: Harness): Promise<Sample> {
  const counts = await app.evaluate(({ app: electronApp, ...electron }) => {
    const { nativeTheme, powerMonitor, screen, session, ipcMain } = electron;
    const emitters = [
      ...[electronApp, nativeTheme, powerMonitor, screen, ipcMain],
      ...[session.defaultSession, process],
    ] as NodeJS.EventEmitter[];
    const countListeners = (emitter: NodeJS.EventEmitter): number =>
      emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
    return {
      handles: process.getActiveResourcesInfo().length,
      listeners: emitters.reduce((sum, emitter) => sum + countListeners(emitter), 0),
    };
  });
  const memory = Math.round(await getMemory(app.pid));
  return { 'memory (MiB)': memory, descriptors: await countDescriptors(app.pid), ...counts };
}

/** Compares the smallest values of the first and the last third, which ignores peaks. */
function report(samples: readonly Sample[], log: (line: string) => void): boolean {
  const size = Math.max(1, Math.floor(samples.length / 3));
  const results = LIMITS.map(({ name, factor, extra }) => {
    const [first, last] = [samples.slice(0, size), samples.slice(-size)].map((part) =>
      Math.min(...part.map((sample) => sample[name])),
    );
    const isSteady = (last ?? Infinity) <= (first ?? 0) * factor + extra;
    log(`${name}: ${first} → ${last}${isSteady ? '' : ', which is too much'}`);
    return isSteady;
  });
  return results.every(Boolean);
}
