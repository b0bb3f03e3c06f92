/** No alert is lost when a Chromium process dies or an error is uncaught. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ADA, ALAN, GRACE, TestApp } from '../support/test-app';
import { findFilesContaining } from '../support/files';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
});

test.afterEach(async () => {
  await testApp.close();
});

/** The text of the visible window; undefined while there is none. */
function getPageText(): Promise<string | undefined> {
  return testApp.app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((open) => open.isVisible());
    if (window === undefined || window.webContents.isCrashed()) return undefined;
    return (await window.webContents.executeJavaScript('document.body.innerText')) as string;
  });
}

/** Kills a process of the app, as the system does when memory runs out, and returns its id. */
async function kill(kind: 'window' | 'GPU'): Promise<number> {
  const pid = await testApp.app.evaluate(({ app, BrowserWindow }, wanted) => {
    if (wanted === 'window') {
      return BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    }
    return app.getAppMetrics().find(({ type }) => type === wanted)?.pid;
  }, kind);
  if (pid === undefined) throw new Error(`the app has no process ${kind}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** Rings and waits for the notification and the call in the window. */
async function ringAndWait(caller: typeof GRACE | typeof ADA | typeof ALAN): Promise<void> {
  testApp.server.ring(caller);
  await testApp.daemon.waitForOpen({
    title: `${caller.fromName} is calling ${caller.customerName}`,
  });
  await expect.poll(getPageText).toContain(caller.fromName);
}

test('reloads a crashed page with the ringing call, which is announced once', async () => {
  const { server, daemon } = testApp;
  await testApp.launchSignedIn({ args: [] });
  await ringAndWait(GRACE);
  const { id } = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  const before = await testApp.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.forcefullyCrashRenderer();
    return window?.id;
  });
  const ada = server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  await expect.poll(getPageText).toContain('Ada Byron');
  const after = await testApp.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.id,
  );
  expect(after).not.toBe(before);
  await testApp.settle();
  expect(daemon.received.map(({ title }) => title)).toEqual([
    'Grace Hopper is calling Bright Dental',
    'Ada Byron is calling Harbor Legal',
  ]);
  // The notification from before the crash still works.
  daemon.click(id);
  await expect.poll(getPageText).toMatch(/Grace Hopper[^]*Bright Dental/);
  server.miss(ada, { listedSeconds: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
});

test('reloads a killed page immediately if visible, otherwise when the window opens', async () => {
  const { tray } = testApp;
  await testApp.launchSignedIn({ args: [] });
  await ringAndWait(GRACE);
  await kill('window');
  await ringAndWait(ADA);

  await tray.activate();
  await expect.poll(getPageText).toBeUndefined();
  await kill('window');
  const windows = (): Promise<number> =>
    testApp.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows).toBe(0);
  testApp.server.ring(ALAN);
  await testApp.daemon.waitForOpen({ title: /^Alan Turing is calling/ });
  expect(await windows()).toBe(0);
  await tray.activate();
  await expect.poll(getPageText).toContain('Alan Turing');
});

test('survives repeated crashes of the GPU process', async () => {
  const app = await testApp.launchSignedIn({ args: [] });
  const findGpuProcess = (): Promise<readonly number[]> =>
    app.evaluate(({ app: self }) =>
      self.getAppMetrics().flatMap(({ type, pid }) => (type === 'GPU' ? [pid] : [])),
    );
  await ringAndWait(GRACE);
  for (let death = 0; death < 5; death += 1) {
    await expect.poll(findGpuProcess).toHaveLength(1);
    const killed = await kill('GPU');
    await expect.poll(findGpuProcess).not.toContain(killed);
  }
  await ringAndWait(ADA);
  expect(testApp.daemon.received.map(({ title }) => title)).toEqual([
    'Grace Hopper is calling Bright Dental',
    'Ada Byron is calling Harbor Legal',
  ]);
});

test('quits cleanly during startup', async () => {
  const { server, daemon } = testApp;
  server.ring(GRACE);
  const app = await testApp.launch({ debuggable: false });
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  process.kill(app.pid, 'SIGTERM');
  expect(await app.exitCode()).toBe(0);
  expect(daemon.open).toEqual([]);
});

/** The diagnostics that the window copies. */
async function copyDiagnostics(): Promise<string> {
  const page = await testApp.app.mainPage();
  await page.evaluate(() => window.ringside.request('diagnostics:copy'));
  return testApp.app.evaluate(({ clipboard }) => clipboard.readText());
}

/** Expects errors in the log and in the diagnostics. */
async function expectLogged(errors: readonly RegExp[]): Promise<void> {
  for (const error of errors) {
    await expect
      .poll(async () => (await copyDiagnostics()).split('Recent errors:')[1])
      .toMatch(error);
    await expect
      .poll(() => readFile(join(testApp.profile, 'logs', 'main.log'), 'utf8'))
      .toMatch(error);
  }
}

test('logs uncaught errors of the main process and keeps polling', async () => {
  const app = await testApp.launchSignedIn({ args: [] });
  await app.evaluate(() => {
    setImmediate(() => {
      throw new Error('thrown by the test about +12025550147');
    });
    void Promise.reject(new Error('rejected by the test'));
  });
  await expectLogged([
    /uncaught:? Error: thrown by the test about …47/,
    /unhandled:? Error: rejected by the test/,
  ]);
  await ringAndWait(GRACE);
  await testApp.settle();
  expect(testApp.daemon.received.map(({ title }) => title)).toEqual([
    'Grace Hopper is calling Bright Dental',
  ]);
});

test('logs uncaught errors of the page up to a limit', async () => {
  await testApp.launchSignedIn({ args: [] });
  const page = await testApp.app.mainPage();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown by the test about +12025550147');
    });
    void Promise.reject(new Error('rejected by the test'));
  });
  await expectLogged([
    /page:? Uncaught Error: thrown by the test about …47/,
    /page:? Uncaught \(in promise\) Error: rejected by the test/,
  ]);
  await page.evaluate(() => {
    for (let error = 0; error < 1_000; error += 1) {
      setTimeout(() => {
        throw new Error('in a loop');
      });
    }
  });
  await ringAndWait(GRACE);
  const log = await readFile(join(testApp.profile, 'logs', 'main.log'), 'utf8');
  expect(log.split('in a loop').length).toBeLessThan(10);
});

test('leaves neither a password nor a crash dump on disk after a crash', async () => {
  const app = await testApp.launchSignedIn({ args: [] });
  await ringAndWait(GRACE);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await ringAndWait(ADA);
  await app.kill();
  expect(await findFilesContaining(testApp.profile, testApp.server.password)).toEqual([]);
  expect(await findFilesContaining(testApp.profile, 'MDMP')).toEqual([]);
});
