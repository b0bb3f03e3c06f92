/** The effect of settings on the running app. */
import { expect, test, type Page } from '@playwright/test';
import { NotificationDaemon } from './desktop/notification-daemon';
import { ADA, ALAN, GRACE, TestApp } from './support/test-app';
import { closeWindow, isWindowVisible, openFromTray } from './support/main-window';

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

let testApp: TestApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  await testApp.launchSignedIn({ args: [] });
  page = await testApp.app.mainPage();
});

test.beforeEach(async () => {
  await changeSettings(DEFAULTS);
  await testApp.reset();
});

test.afterAll(async () => {
  await testApp.close();
});

test('neither announces nor plays muted calls but counts them as missed', async () => {
  const { server, daemon, tray } = testApp;
  await changeSettings({
    mutedChannels: ['Chat'],
    mutedCustomers: ['Acme Rentals'],
    mutedEndpoints: ['Back office'],
  });
  const muted = [
    { ...GRACE, channel: 'Chat' },
    ALAN,
    { ...GRACE, endpointName: 'Back office' },
  ].map((caller) => server.ring(caller));
  const notMuted = server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
  for (const id of [...muted, notMuted]) server.miss(id, { listedSeconds: 0 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  // Two of the calls came from the same number.
  await tray.waitForTooltip(/3 to call back/);
  expect(daemon.received).toHaveLength(2);
});

test('plays the ringtone in a hidden page, more quietly during a call', async () => {
  const { server } = testApp;
  await changeSettings({ sound: 'bell', volume: 40 });
  const first = server.ring(GRACE);
  await expect.poll(getRingtonePages).toEqual([{ sound: 'bell', volume: '40', visible: false }]);
  server.answer(first);
  await expect.poll(getRingtonePages).toEqual([]);
  const second = server.ring(ADA);
  await expect.poll(getRingtonePages).toEqual([{ sound: 'bell', volume: '14', visible: false }]);
  server.answer(second);
  await expect.poll(getRingtonePages).toEqual([]);
});

test('shows the ringing calls without taking the focus, if enabled, until they are over', async () => {
  const { server, daemon, tray } = testApp;
  const callsTab = page.getByRole('tab', { name: /^Calls/ });
  await page.getByRole('tab', { name: /Recent/ }).click();
  await closeWindow(testApp.app);
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  expect(await isWindowVisible(testApp.app)).toBe(false);
  server.answer(id);
  await daemon.waitForAllClosed();
  await changeSettings({ popUpOnRinging: true });
  const ringing = ['Ida', 'Joan', 'Mary', 'Rózsa'].map((fromName) =>
    server.ring({ ...GRACE, fromName }),
  );
  await daemon.waitForOpen({ title: '4 calls are ringing' });
  await expect.poll(() => isWindowVisible(testApp.app)).toBe(true);
  await expect(callsTab).toHaveAttribute('aria-selected', 'true');
  const focused = await testApp.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isFocused()),
  );
  expect(focused).toBe(false);
  for (const one of ringing) server.answer(one);
  await daemon.waitForAllClosed();
  await expect.poll(() => isWindowVisible(testApp.app)).toBe(false);

  // A click on the tray leads to the ringing calls too.
  await changeSettings({ popUpOnRinging: false });
  await openFromTray(testApp);
  await page.getByRole('tab', { name: /Recent/ }).click();
  await closeWindow(testApp.app);
  server.ring(ADA);
  await tray.waitForTooltip(/^Ringing: Ada Byron/);
  await openFromTray(testApp);
  await expect(callsTab).toHaveAttribute('aria-selected', 'true');
});

test('opens the screen pop once: on ringing, on the user’s answer, or by button', async () => {
  const { server, daemon } = testApp;
  await testApp.app.evaluate(({ dialog, shell }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    process.env['OPENED'] = '';
    shell.openExternal = (address) => {
      process.env['OPENED'] = `${process.env['OPENED'] ?? ''} ${address}`.trim();
      return Promise.resolve();
    };
  });
  const opened = async (): Promise<readonly string[]> =>
    ((await testApp.app.evaluate(() => process.env['OPENED'])) ?? '').split(' ');
  const address = (id: string): string =>
    `https://crm.example/${id}?n=%2B12025550147&who=Smith%20%26%20S%C3%B6hne%3F`;
  const caller = { ...GRACE, fromName: 'Smith & Söhne?' };
  await changeSettings({
    screenPopUrl: 'https://crm.example/{sessionId}?n={number}&who={name}',
    screenPopWhen: 'ringing',
  });
  const ringing = server.ring(caller);
  await expect.poll(opened).toEqual([address(ringing)]);
  server.answer(ringing);
  await daemon.waitForAllClosed();

  await changeSettings({ screenPopWhen: 'answer' });
  const colleaguesCall = server.ring(caller);
  const ownCall = server.ring(caller);
  await expect.poll(() => daemon.open.length).toBe(2);
  server.answer(colleaguesCall, { by: 'Maya Kent' });
  server.answer(ownCall);
  await expect.poll(opened).toEqual([address(ringing), address(ownCall)]);

  await changeSettings({ screenPopWhen: 'button' });
  const requested = server.ring(caller);
  await expect.poll(() => daemon.open.length).toBe(1);
  await page.evaluate((id) => window.ringside.request('session:screen-pop', id), requested);
  expect(await opened()).toEqual([address(ringing), address(ownCall), address(requested)]);
});

test('formats numbers for the chosen region in every list', async () => {
  const { server } = testApp;
  const unnamed = { ...GRACE, fromName: null, displayName: null, fromAddress: '020 7946 0999' };
  const id = server.ring(unnamed);
  const british = page.getByRole('tabpanel').getByText('+44 20 7946 0999').first();
  await changeSettings({ region: 'GB' });
  await expect(british).toBeVisible();
  await changeSettings({ region: 'DE' });
  await expect(british).toHaveCount(0);
  server.miss(id, { listedSeconds: 0 });
  await page.getByRole('tab', { name: /Recent/ }).click();
  await changeSettings({ region: 'GB' });
  await expect(british).toBeVisible();
  await changeSettings({ region: 'DE' });
  await expect(british).toHaveCount(0);
});

test('shows a ring when a notification daemon starts after it', async () => {
  const other = await TestApp.create();
  try {
    other.daemon.close();
    await other.launch();
    const id = other.server.ring(GRACE);
    await other.tray.waitForTooltip(/Ringing: Grace Hopper/);
    const daemon = await NotificationDaemon.start(other.busAddress);
    const shown = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    other.server.answer(id);
    await daemon.waitForClosed(shown.id);
    daemon.close();
  } finally {
    await other.close();
  }
});

async function changeSettings(change: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await page.evaluate(
    (settings) => window.ringside.request('settings:update', settings),
    change,
  );
  expect(answer).toEqual({ ok: true });
}

/** The pages that play the ringtone. */
function getRingtonePages(): Promise<readonly unknown[]> {
  return testApp.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().flatMap((window) => {
      const address = window.webContents.getURL();
      // A new window has no URL yet.
      if (address === '') return [];
      const { pathname, searchParams } = new URL(address);
      return pathname === '/ringtone.html'
        ? [{ ...Object.fromEntries(searchParams), visible: window.isVisible() }]
        : [];
    }),
  );
}
