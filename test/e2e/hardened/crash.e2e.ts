/** Neither a process of Chromium's that dies nor an error that nobody caught costs an alert. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ADA, ALAN, GRACE, Stage } from '../stage';
import { filesWith } from '../files-with';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
});

test.afterEach(async () => {
  await stage.strike();
});

/** What the visible window's page says; undefined while there is none. */
function pageText(): Promise<string | undefined> {
  return stage.app.electron.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((open) => open.isVisible());
    if (window === undefined || window.webContents.isCrashed()) return undefined;
    return (await window.webContents.executeJavaScript('document.body.innerText')) as string;
  });
}

/** Ends a process of the app's as the system does when memory runs out; gives its id. */
async function kill(kind: 'window' | 'GPU'): Promise<number> {
  const pid = await stage.app.electron.evaluate(({ app, BrowserWindow }, wanted) => {
    if (wanted === 'window') {
      return BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    }
    return app.getAppMetrics().find(({ type }) => type === wanted)?.pid;
  }, kind);
  if (pid === undefined) throw new Error(`the app has no process ${kind}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** Rings, and waits until it shows on the desktop and in the window. */
async function ringsAndShows(caller: typeof GRACE | typeof ADA | typeof ALAN): Promise<void> {
  stage.server.ring(caller);
  await stage.daemon.waitForOpen({ title: caller.fromName });
  await expect.poll(pageText).toContain(caller.fromName);
}

test('a page that crashes while it rings comes back with the call, which is told once', async () => {
  const { server, daemon } = stage;
  await stage.startSignedIn({ args: [] });
  await ringsAndShows(GRACE);
  const { id } = await daemon.waitForOpen({ title: 'Grace Hopper' });
  const before = await stage.app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.forcefullyCrashRenderer();
    return window?.id;
  });
  // While there is no page: an alert depends on none.
  const ada = server.ring(ADA);
  await daemon.waitForOpen({ title: 'Ada Byron' });
  await expect.poll(pageText).toContain('Ada Byron');
  const after = await stage.app.electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.id,
  );
  expect(after).not.toBe(before);
  await stage.settled();
  expect(daemon.notified.map(({ title }) => title)).toEqual(['Grace Hopper', 'Ada Byron']);
  // What was open is still open, and a click on it still leads somewhere.
  daemon.click(id);
  await expect.poll(pageText).toMatch(/Grace Hopper[^]*Bright Dental/);
  server.miss(ada, { linger: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
});

test('a page that is killed comes back; one that nobody sees waits until it is wanted', async () => {
  const { tray } = stage;
  await stage.startSignedIn({ args: [] });
  await ringsAndShows(GRACE);
  await kill('window');
  await ringsAndShows(ADA);

  await tray.activate();
  await expect.poll(pageText).toBeUndefined();
  await kill('window');
  const windows = (): Promise<number> =>
    stage.app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows).toBe(0);
  stage.server.ring(ALAN);
  await stage.daemon.waitForOpen({ title: 'Alan Turing' });
  expect(await windows()).toBe(0);
  await tray.activate();
  await expect.poll(pageText).toContain('Alan Turing');
});

test('the process for the graphics is started anew when it dies', async () => {
  const app = await stage.startSignedIn({ args: [] });
  await ringsAndShows(GRACE);
  const killed = await kill('GPU');
  await ringsAndShows(ADA);
  const alive = (): Promise<readonly number[]> =>
    app.electron.evaluate(({ app: self }) =>
      self.getAppMetrics().flatMap(({ type, pid }) => (type === 'GPU' ? [pid] : [])),
    );
  await expect.poll(alive).toHaveLength(1);
  expect(await alive()).not.toContain(killed);
  expect(stage.daemon.notified.map(({ title }) => title)).toEqual(['Grace Hopper', 'Ada Byron']);
});

/** The report for support, as the window copies it. */
async function report(): Promise<string> {
  const page = await stage.app.window();
  await page.evaluate(() => window.ringside.request('diagnostics:copy'));
  return stage.app.electron.evaluate(({ clipboard }) => clipboard.readText());
}

/** Expects each of them in the log and, as one of the last errors, in the report for support. */
async function expectTold(errors: readonly RegExp[]): Promise<void> {
  for (const error of errors) {
    await expect.poll(async () => (await report()).split('Last errors:')[1]).toMatch(error);
    await expect
      .poll(() => readFile(join(stage.profile, 'logs', 'main.log'), 'utf8'))
      .toMatch(error);
  }
}

test('an error that nobody caught in main is told for support, and ends no polling', async () => {
  const app = await stage.startSignedIn({ args: [] });
  await app.electron.evaluate(() => {
    setImmediate(() => {
      throw new Error('thrown by hand about +12025550147');
    });
    void Promise.reject(new Error('rejected by hand'));
  });
  await expectTold([
    /uncaught:? Error: thrown by hand about …47/,
    /unhandled:? Error: rejected by hand/,
  ]);
  await ringsAndShows(GRACE);
  await stage.settled();
  expect(stage.daemon.notified.map(({ title }) => title)).toEqual(['Grace Hopper']);
});

test('an error that nobody caught in the page is told for support, a loop of them in few words', async () => {
  await stage.startSignedIn({ args: [] });
  const page = await stage.app.window();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown by hand about +12025550147');
    });
    void Promise.reject(new Error('rejected by hand'));
  });
  await expectTold([
    /page:? Uncaught Error: thrown by hand about …47/,
    /page:? Uncaught \(in promise\) Error: rejected by hand/,
  ]);
  await page.evaluate(() => {
    for (let error = 0; error < 1_000; error += 1) {
      setTimeout(() => {
        throw new Error('in a loop');
      });
    }
  });
  await ringsAndShows(GRACE);
  const log = await readFile(join(stage.profile, 'logs', 'main.log'), 'utf8');
  expect(log.split('in a loop').length).toBeLessThan(10);
});

test('what a crash leaves on disk tells nobody’s password', async () => {
  const app = await stage.startSignedIn({ args: [] });
  await ringsAndShows(GRACE);
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await ringsAndShows(ADA);
  await app.kill9();
  expect(await filesWith(stage.profile, stage.server.password)).toEqual([]);
  expect(await filesWith(stage.profile, 'MDMP')).toEqual([]);
});
