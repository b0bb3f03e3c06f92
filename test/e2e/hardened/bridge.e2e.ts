/** Points 17 and 20 of Electron's security checklist: who may ask main, and what. */
import { expect, test, type Page } from '@playwright/test';
import { IPC_REQUESTS } from '../../../src/shared/ipc';
import { Stage } from '../stage';

let stage: Stage;
let page: Page;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test.afterAll(async () => {
  await stage.strike();
});

/** Arguments of every wrong shape that a page can send. */
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
  test(`17: ${name} is refused with an argument that is not of its shape`, async () => {
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

test('17: what is not in the contract is answered by nobody', async () => {
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

test('17: an argument changes nothing that it does not name', async () => {
  const answer = await page.evaluate(() =>
    window.ringside.request(
      'settings:update',
      JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": {}, "server2": ""}',
      ) as object as Record<string, unknown>,
    ),
  );
  expect(answer).toMatchObject({ ok: false });
  const polluted = await stage.app.electron.evaluate(() => 'polluted' in {});
  expect(polluted).toBe(false);
});

/** What a window of another kind, with the same preload, is answered. */
async function answerElsewhere(address: string): Promise<string> {
  return stage.app.electron.evaluate(async ({ app, BrowserWindow }, url) => {
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

test('17: another window is answered nothing, even on a page of ours', async () => {
  expect(await answerElsewhere('ringside://window/index.html')).toContain('not from the window');
});

test('17: another window on another page is answered nothing', async () => {
  expect(await answerElsewhere('data:text/html,<title>Other</title>')).toContain(
    'not from the window',
  );
});

test('17: a frame within the page has no bridge at all', async () => {
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

test('17: the window itself is answered nothing once it shows another page', async () => {
  const answer = await stage.app.electron.evaluate(async ({ BrowserWindow }) => {
    const [ours] = BrowserWindow.getAllWindows();
    // Nothing in the app would do so: this stands for whatever got past the guards.
    await ours?.webContents.loadURL('data:text/html,<title>Other</title>');
    return (await ours?.webContents.executeJavaScript(
      `ringside.request('state:subscribe').then(() => 'answered', (error) => String(error))`,
    )) as string;
  });
  expect(answer).toContain('not from the window');
});
