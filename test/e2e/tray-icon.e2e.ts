import { expect, test } from '@playwright/test';
import type { TrayItem } from './desktop/status-notifier-host';
import { ADA, GRACE, TestApp } from './support/test-app';

let testApp: TestApp;

test.beforeAll(async () => {
  testApp = await TestApp.create();
});

test.afterAll(async () => {
  await testApp.close();
});

/** The distinct icons of these states. */
const getIcons = (items: readonly TrayItem[]): ReadonlySet<string> =>
  new Set(items.map(({ icon }) => icon));

test('shows a different icon for each status', async () => {
  const { server, tray } = testApp;
  const iconsByStatus: Record<string, ReadonlySet<string>> = {};
  const recordIcons = async (status: string, tooltip: RegExp, count = 1): Promise<void> => {
    await tray.waitForTooltip(tooltip);
    tray.clearHistory();
    await tray.waitFor(() => getIcons(tray.history).size >= count, `${count} icons for ${status}`);
    iconsByStatus[status] = getIcons(tray.history);
  };

  await testApp.launch();
  await recordIcons('idle', /no calls/i);
  const id = server.ring(GRACE);
  await recordIcons('ringing', /^Ringing: Grace Hopper/, 2);
  server.answer(id);
  await recordIcons('active', /^1 call$/);
  server.vanish(id);
  await tray.waitForTooltip(/no calls/i);
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await recordIcons('missed', /^1 to call back$/);
  await tray.clickMenu([/Do Not Disturb/, /turned off/i]);
  await recordIcons('silent', /Do Not Disturb/);
  await tray.clickMenu([/Do Not Disturb/, /^Turn off/]);
  await recordIcons('missed again', /^1 to call back$/);
  server.fault({ reset: true });
  await recordIcons('offline', /offline/i);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await testApp.app.quit();
  await testApp.launch({ signedIn: false });
  await recordIcons('sign-in', /sign-in needed/i);

  expect(iconsByStatus['missed again']).toEqual(iconsByStatus['missed']);
  delete iconsByStatus['missed again'];
  const allIcons = Object.values(iconsByStatus).flatMap((seen) => [...seen]);
  const distinct = new Set(allIcons);
  expect(distinct.size, formatIcons(iconsByStatus)).toBe(allIcons.length);
});

const formatIcons = (icons: Readonly<Record<string, ReadonlySet<string>>>): string =>
  Object.entries(icons)
    .map(([status, seen]) => `${status}: ${[...seen].join(' and ')}`)
    .join('\n');
