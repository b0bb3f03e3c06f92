/** What the person sets holds on the running app, from the next call on. */
import { expect, test, type Page } from '@playwright/test';
import { NotificationDaemon } from './desktop/notifications';
import { ADA, ALAN, GRACE, Stage } from './stage';
import { closeWindow, isWindowShown } from './window';

const DEFAULTS = {
  mutedChannels: [],
  mutedCustomers: [],
  mutedEndpoints: [],
  popUpOnRinging: false,
  region: 'US',
  screenPopUrl: '',
  screenPopWhen: 'button',
  sound: 'none',
};

let stage: Stage;
let page: Page;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
});

test.beforeEach(async () => {
  await set(DEFAULTS);
  await stage.calm();
});

test.afterAll(async () => {
  await stage.strike();
});

test('what is muted neither rings nor is missed aloud, and is counted', async () => {
  const { server, daemon, tray } = stage;
  await set({
    mutedChannels: ['Chat'],
    mutedCustomers: ['Acme Rentals'],
    mutedEndpoints: ['Back office'],
  });
  const muted = [
    { ...GRACE, channel: 'Chat' },
    ALAN,
    { ...GRACE, endpointName: 'Back office' },
  ].map((caller) => server.ring(caller));
  const loud = server.ring(ADA);
  await daemon.waitForOpen({ title: 'Ada Byron' });
  for (const id of [...muted, loud]) server.miss(id, { linger: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await tray.waitForTooltip(/4 missed/);
  expect(daemon.notified).toHaveLength(2);
});

test('a ring is heard in a page that nobody sees, more quietly while somebody talks', async () => {
  const { server } = stage;
  await set({ sound: 'bell', volume: 40 });
  const first = server.ring(GRACE);
  await expect.poll(ringers).toEqual([{ sound: 'bell', volume: '40', visible: false }]);
  server.answer(first);
  await expect.poll(ringers).toEqual([]);
  const second = server.ring(ADA);
  await expect.poll(ringers).toEqual([{ sound: 'bell', volume: '14', visible: false }]);
  server.answer(second);
  await expect.poll(ringers).toEqual([]);
});

test('the window pops up where that is wanted, however many ring, and takes no focus', async () => {
  const { server, daemon } = stage;
  await closeWindow(stage.app);
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect(await isWindowShown(stage.app)).toBe(false);
  server.answer(id);
  await daemon.waitForNoneOpen();
  await set({ popUpOnRinging: true });
  for (const fromName of ['Ida', 'Joan', 'Mary', 'Rózsa']) server.ring({ ...GRACE, fromName });
  await daemon.waitForOpen({ title: '4 calls are ringing' });
  await expect.poll(() => isWindowShown(stage.app)).toBe(true);
  const focused = await stage.app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isFocused()),
  );
  expect(focused).toBe(false);
});

test('a screen pop opens on ringing, on the person’s own answer, or by button, each once', async () => {
  const { server, daemon } = stage;
  await stage.app.electron.evaluate(({ shell }) => {
    process.env['OPENED'] = '';
    shell.openExternal = (address) => {
      process.env['OPENED'] = `${process.env['OPENED'] ?? ''} ${address}`.trim();
      return Promise.resolve();
    };
  });
  const opened = async (): Promise<readonly string[]> =>
    ((await stage.app.electron.evaluate(() => process.env['OPENED'])) ?? '').split(' ');
  const address = (id: string): string =>
    `https://crm.example/${id}?n=%2B12025550147&who=Smith%20%26%20S%C3%B6hne%3F`;
  const caller = { ...GRACE, fromName: 'Smith & Söhne?' };
  await set({
    screenPopUrl: 'https://crm.example/{sessionId}?n={number}&who={name}',
    screenPopWhen: 'ringing',
  });
  const ringing = server.ring(caller);
  await expect.poll(opened).toEqual([address(ringing)]);
  server.answer(ringing);
  await daemon.waitForNoneOpen();

  await set({ screenPopWhen: 'answer' });
  const theirs = server.ring(caller);
  const mine = server.ring(caller);
  await expect.poll(() => daemon.open.length).toBe(2);
  server.answer(theirs, { by: 'Maya Kent' });
  server.answer(mine);
  await expect.poll(opened).toEqual([address(ringing), address(mine)]);

  await set({ screenPopWhen: 'button' });
  const asked = server.ring(caller);
  await expect.poll(() => daemon.open.length).toBe(1);
  await page.evaluate((id) => window.ringside.request('session:screen-pop', id), asked);
  expect(await opened()).toEqual([address(ringing), address(mine), address(asked)]);
});

test('numbers are written for the region that is set, in each list at once', async () => {
  const { server } = stage;
  const unnamed = { ...GRACE, fromName: null, displayName: null, fromAddress: '020 7946 0823' };
  const id = server.ring(unnamed);
  const british = page.getByRole('tabpanel').getByText('+44 20 7946 0823').first();
  await set({ region: 'GB' });
  await expect(british).toBeVisible();
  await set({ region: 'DE' });
  await expect(british).toHaveCount(0);
  server.miss(id, { linger: 0 });
  await page.getByRole('tab', { name: /Recent/ }).click();
  await set({ region: 'GB' });
  await expect(british).toBeVisible();
  await set({ region: 'DE' });
  await expect(british).toHaveCount(0);
});

test('what is raised before anything shows notifications is shown once something does', async () => {
  const other = await Stage.set();
  try {
    other.daemon.close();
    await other.start();
    const id = other.server.ring(GRACE);
    await other.tray.waitForTooltip(/Ringing: Grace Hopper/);
    const daemon = await NotificationDaemon.start(other.busAddress);
    const shown = await daemon.waitForOpen({ title: 'Grace Hopper' });
    other.server.answer(id);
    await daemon.waitForClosed(shown.id);
    daemon.close();
  } finally {
    await other.strike();
  }
});

async function set(change: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await page.evaluate(
    (settings) => window.ringside.request('settings:update', settings),
    change,
  );
  expect(answer).toEqual({ ok: true });
}

/** The pages that ring. */
function ringers(): Promise<readonly unknown[]> {
  return stage.app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().flatMap((window) => {
      const address = window.webContents.getURL();
      // One that has only just been made is nowhere yet.
      if (address === '') return [];
      const { pathname, searchParams } = new URL(address);
      return pathname === '/ringtone.html'
        ? [{ ...Object.fromEntries(searchParams), visible: window.isVisible() }]
        : [];
    }),
  );
}
