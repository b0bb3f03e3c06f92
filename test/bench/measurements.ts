import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntervalHistogram } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'vite';
import type { SessionInfo } from '../../src/demo/api-types';
import type { Timing } from './decode-reduce';
import type { StatusNotifierHost } from '../e2e/desktop/status-notifier-host';
import type { ElectronApp } from '../e2e/support/electron-app';
import { Harness, type Subject } from './harness';
import { getCpuTime, getSettledMemory } from './processes';
import type { Row } from './report';
import { Screen } from './screen';
import { createConnectedSessions, createRingingSession, holdTen } from './sessions';

export interface Environment {
  /** The path of the Electron executable. */
  readonly electron: string;
  /** The file with the memory of the virtual screen. */
  readonly screen: string;
}

const NOTIFICATIONS = 200;
const FEW_SESSIONS = createConnectedSessions(5);
/** For measurements that don't depend on the interval. */
const FAST_POLLING = { pollSeconds: 1 };
const BASELINE = 'bare app, same switches';

export const MEASUREMENTS = {
  'memory in the tray': measureMemory,
  start: measureStart,
  'CPU time': measureCpuTime,
  notifications: measureNotifications,
  window: measureWindow,
  'decode and reduce': measureDecodeAndReduce,
  'event loop': measureEventLoop,
} satisfies Readonly<Record<string, (environment: Environment) => Promise<readonly Row[]>>>;

/** Measures subjects in turns, `rounds` times, and returns their values. */
async function takeTurns<Name extends Subject>(
  rounds: number,
  subjects: readonly Name[],
  measure: (subject: Name) => Promise<number>,
): Promise<(subject: Name) => readonly number[]> {
  const results: (readonly [Name, number])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) results.push([subject, await measure(subject)]);
  }
  return (subject) => results.flatMap(([name, value]) => (name === subject ? [value] : []));
}

async function measureMemory(): Promise<readonly Row[]> {
  const subjects = ['ringside', 'baseline', 'baseline with default switches'] as const;
  const values = await takeTurns(3, subjects, (subject) =>
    Harness.use(subject, {}, async (harness) => {
      harness.server.sessions = FEW_SESSIONS;
      await harness.startAndSettle();
      return getSettledMemory(harness.app.pid);
    }),
  );
  const row = { name: 'memory in the tray', unit: 'MiB', values: values('ringside') };
  return [
    {
      ...row,
      baseline: { name: BASELINE, values: values('baseline') },
      target: { of: 'ratio', max: 1.08 },
    },
    {
      ...row,
      baseline: {
        name: 'bare app, default switches',
        values: values('baseline with default switches'),
      },
      target: { of: 'ratio', max: 1 },
    },
  ];
}

async function measureStart(): Promise<readonly Row[]> {
  const values = await takeTurns(10, ['ringside', 'baseline'], (subject) =>
    Harness.use(subject, {}, async (harness) => {
      harness.server.sessions = FEW_SESSIONS;
      const poll = harness.server.nextPoll();
      const startedAt = await harness.start();
      return (await poll).receivedAt - startedAt;
    }),
  );
  return [
    {
      name: 'process start to first poll',
      unit: 'ms',
      values: values('ringside'),
      baseline: { name: BASELINE, values: values('baseline') },
      target: { of: 'ratio', max: 1.15 },
    },
  ];
}

/** Measures both apps at the same time, so that other programs slow both down. */
async function measureCpuTime(): Promise<readonly Row[]> {
  const measure = (subject: Subject): Promise<number> =>
    Harness.use(subject, {}, async (harness) => {
      harness.server.sessions = FEW_SESSIONS;
      await harness.startAndSettle();
      await harness.server.waitForPolls(3);
      const polls = harness.server.pollCount;
      const time = await getCpuTime(harness.app.pid, 20_000);
      return time / (harness.server.pollCount - polls);
    });
  const values: Record<'ringside' | 'baseline', number[]> = { ringside: [], baseline: [] };
  for (let round = 0; round < 2; round += 1) {
    const [ringside, baseline] = await Promise.all([measure('ringside'), measure('baseline')]);
    values.ringside.push(ringside);
    values.baseline.push(baseline);
  }
  return [
    {
      name: 'CPU time per poll, 5 sessions, no changes',
      unit: 'ms',
      values: values.ringside,
      baseline: { name: BASELINE, values: values.baseline },
      target: { of: 'ratio', max: 1.2 },
    },
  ];
}

async function measureNotifications(): Promise<readonly Row[]> {
  const values = await Harness.use('ringside', {}, async (harness) => {
    const { server, tray, notifications } = harness;
    server.sessions = FEW_SESSIONS;
    await harness.startAndSettle();
    const delays: number[] = [];
    let previous: readonly SessionInfo[] = [];
    for (let call = 0; call < NOTIFICATIONS; call += 1) {
      const name = `Caller ${call}`;
      // Answers the previous call so that it is neither missed nor looked up.
      const answered = previous.map((session) => ({ ...session, callState: 'Connected' }));
      const session = createRingingSession(`call-${call}`, name);
      previous = [session];
      server.sessions = [...FEW_SESSIONS, ...answered, session];
      const poll = server.nextPoll();
      await refresh(tray);
      const { answeredAt } = await poll;
      const { at } = await notifications.waitForOpen({ title: `${name} is calling Bright Dental` });
      delays.push(at - answeredAt);
    }
    return delays;
  });
  const row = { name: 'response to notification', unit: 'ms', values };
  return [
    { ...row, target: { of: 'median', max: 10 } },
    { ...row, target: { of: '99%', max: 40 } },
  ];
}

/** Clicks Refresh in the menu; retries because the menu can be replaced during a click. */
async function refresh(tray: StatusNotifierHost, attempts = 5): Promise<void> {
  try {
    await tray.clickMenu([/^(check|refresh)/i]);
  } catch (error) {
    if (attempts === 1) throw error;
    await refresh(tray, attempts - 1);
  }
}

/** Opens the window, hides it, changes the calls while it's hidden, and opens it again. */
async function measureWindow(environment: Environment): Promise<readonly Row[]> {
  const screen = await Screen.open(environment.screen);
  const again: Record<'ringside' | 'baseline', number[]> = { ringside: [], baseline: [] };
  const first = await takeTurns(4, ['ringside', 'baseline'], (subject) =>
    Harness.use(subject, { settings: FAST_POLLING }, async (harness) => {
      harness.server.sessions = FEW_SESSIONS;
      await harness.startAndSettle();
      await delay(1_000);
      const click = (): Promise<void> => harness.tray.activate();
      const firstPaint = await screen.measurePaint(click);
      await click();
      await delay(500);
      harness.server.sessions = createConnectedSessions(10).slice(5);
      await harness.server.waitForPolls(2);
      again[subject].push(await screen.measurePaint(click));
      return firstPaint;
    }),
  ).finally(() => screen.close());
  const name = 'an empty window';
  return [
    {
      name: 'tray click to painted window, first time',
      unit: 'ms',
      values: first('ringside'),
      baseline: { name, values: first('baseline') },
      target: { of: 'ratio', max: 1.9 },
    },
    {
      name: 'tray click to painted window, again',
      unit: 'ms',
      values: again.ringside,
      baseline: { name, values: again.baseline },
      target: { of: 'ratio', max: 1.7 },
    },
  ];
}

async function measureDecodeAndReduce({ electron }: Environment): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: join(import.meta.dirname, 'decode-reduce.ts'),
        outDir: folder,
        minify: true,
        rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
      },
    });
    const { stdout } = await promisify(execFile)(electron, [join(folder, 'main.mjs')], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    return (JSON.parse(stdout) as readonly Timing[]).map(
      ({ sessions, parse, decodeAndReduce }): Row => ({
        name: `decode and reduce ${sessions.toLocaleString('en')} sessions`,
        unit: 'ms',
        values: decodeAndReduce,
        baseline: { name: 'JSON.parse', values: parse },
        target: { of: 'ratio', max: 4 },
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures the longest delay of main's event loop while ten of 200 sessions change. */
async function measureEventLoop(): Promise<readonly Row[]> {
  const options = { debuggable: true, settings: FAST_POLLING };
  const values = await Harness.use('ringside', options, async (harness) => {
    const sessions = createConnectedSessions(200);
    harness.server.sessions = sessions;
    await harness.startAndSettle();
    await delay(2_000);
    const delays: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await watchEventLoop(harness.app);
      harness.server.sessions = holdTen(sessions, round);
      await harness.server.nextPoll();
      await delay(400);
      delays.push(await getLongestDelay(harness.app));
    }
    return delays;
  });
  return [
    {
      name: 'longest block of main when 10 of 200 sessions change',
      unit: 'ms',
      values,
      target: { of: 'maximum', max: 16 },
    },
  ];
}

type WatchedGlobal = typeof globalThis & { eventLoopDelay?: IntervalHistogram };

function watchEventLoop(app: ElectronApp): Promise<void> {
  return app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const scope: WatchedGlobal = globalThis;
    scope.eventLoopDelay?.disable();
    scope.eventLoopDelay = monitorEventLoopDelay({ resolution: 1 });
    scope.eventLoopDelay.enable();
  });
}

function getLongestDelay(app: ElectronApp): Promise<number> {
  return app.evaluate(() => ((globalThis as WatchedGlobal).eventLoopDelay?.max ?? 0) / 1e6);
}
