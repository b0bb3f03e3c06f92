/** Points 17 and 20 of Electron's security checklist: the IPC between page and main process. */
import { expect, test, type Page } from '@playwright/test';
import { IPC_REQUESTS } from '../../../src/shared/ipc';
import { TestApp } from '../support/test-app';

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test.afterAll(async () => {
  await testApp.close();
});

/** Invalid arguments of every kind. */
const SHAPES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  '',
  'x'.repeat(1_000_001),
  '__proto__',
  [],
  [[]],
  [1, 2],
  [''],
  { id: 'x' },
  { forgetCalls: 'yes' },
  { server: 1, userName: {}, password: [], storeWithoutKeyring: 'no' },
  { search: '', only: 'none', offset: -1, limit: 1e9 },
];

for (const [name, schema] of Object.entries(IPC_REQUESTS)) {
  test(`17: rejects ${name} with an invalid argument`, async () => {
    const { '~standard': standard } = schema;
    const wrong = SHAPES.filter((shape) => {
      const read = standard.validate(shape);
      return 'issues' in read && read.issues !== undefined;
    });
    expect(wrong.length).toBeGreaterThan(8);
    const outcomes = await page.evaluate(
      ([request, shapes]) =>
        Promise.all(
          shapes.map((shape) =>
            (window.ringside.request as (name: string, argument: unknown) => Promise<unknown>)(
              request,
              shape,
            ).then(
              () => 'answered',
              (error: unknown) => String(error),
            ),
          ),
        ),
      [name, wrong] as const,
    );
    for (const outcome of outcomes) expect(outcome).toContain(`${name}: `);
    expect(outcomes).toHaveLength(wrong.length);
  });
}

test('17: rejects requests that are not in the contract', async () => {
  for (const name of [
    'constructor',
    'toString',
    '__proto__',
    'app:exec',
    'ELECTRON_BROWSER_REQUIRE',
  ]) {
    const outcome = await page.evaluate(
      (request) =>
        (window.ringside.request as (name: string) => Promise<unknown>)(request).then(
          () => 'answered',
          (error: unknown) => String(error),
        ),
      name,
    );
    expect(outcome).toContain('No handler registered');
  }
});

test('17: is safe from prototype pollution', async () => {
  const answer = await page.evaluate(() =>
    window.ringside.request(
      'settings:update',
      JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": {}, "server2": ""}',
      ) as object as Record<string, unknown>,
    ),
  );
  expect(answer).toMatchObject({ ok: false });
  const polluted = await testApp.app.evaluate(() => 'polluted' in {});
  expect(polluted).toBe(false);
});

/** Returns the response to a request of another window with the same preload script. */
async function requestFromOtherWindow(address: string): Promise<string> {
  return testApp.app.evaluate(async ({ app, BrowserWindow }, url) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL(url);
    const answer = (await other.webContents.executeJavaScript(
      `ringside.request('state:subscribe').then(() => 'answered', (error) => String(error))`,
    )) as string;
    other.destroy();
    return answer;
  }, address);
}

test('17: rejects requests of another window with one of the app’s pages', async () => {
  expect(await requestFromOtherWindow('ringside://window/index.html')).toContain(
    'not from the window',
  );
});

test('17: rejects requests of another window with a foreign page', async () => {
  expect(await requestFromOtherWindow('data:text/html,<title>Other</title>')).toContain(
    'not from the window',
  );
});

test('17: gives frames no bridge', async () => {
  const found = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'about:blank';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve));
    const bridge = frame.contentWindow === null ? false : 'ringside' in frame.contentWindow;
    frame.remove();
    return bridge;
  });
  expect(found).toBe(false);
});

test('17: rejects requests of the main window once it shows a foreign page', async () => {
  const answer = await testApp.app.evaluate(async ({ BrowserWindow }) => {
    const [mainWindow] = BrowserWindow.getAllWindows();
    // Simulates a navigation that bypassed the restrictions.
    await mainWindow?.webContents.loadURL('data:text/html,<title>Other</title>');
    return (await mainWindow?.webContents.executeJavaScript(
      `ringside.request('state:subscribe').then(() => 'answered', (error) => String(error))`,
    )) as string;
  });
  expect(answer).toContain('not from the window');
});
