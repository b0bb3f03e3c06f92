/**
 * What takes a minute by its nature. All of it happens in the same minute: each test looks at the
 * outcome on a stage of its own.
 */
import { expect, test } from '@playwright/test';
import { ADA, ALAN, GRACE, now, Stage } from './stage';

const MINUTE = 60_000;
/** The longest it may take from the rule being met to the words being on the screen, in ms. */
const SOON = 10_000;

test.describe.configure({ timeout: 2 * MINUTE });

let away: Stage;
let held: Stage;
let offline: Stage;
let since: number;

test.beforeAll(async () => {
  [away, held, offline] = await Promise.all([
    Stage.set(),
    Stage.set({ settings: { holdMinutes: 1 } }),
    Stage.set(),
  ]);
  const rings = [GRACE, ADA].map((caller) => away.server.ring(caller));
  await away.startSignedIn({ pages: false });
  await away.app.quit();
  for (const id of rings) away.server.vanish(id);
  away.server.miss(away.server.ring(ALAN), { linger: 600 });

  const call = held.server.ring(GRACE);
  held.server.answer(call);
  held.server.hold(call);
  await held.startSignedIn({ pages: false });

  await offline.startSignedIn({ pages: false });
  offline.server.fault({ reset: true });
  since = now();
});

test.afterAll(async () => {
  await Promise.all([away, held, offline].map((stage) => stage.strike()));
});

test('a long hold is told once', async () => {
  const alert = await held.daemon.waitForOpen({ title: /Grace Hopper.*hold/ }, MINUTE + SOON);
  expect(alert.body).toContain('for Northside Group › Bright Dental');
  await held.settled();
  await held.settled();
  expect(held.daemon.notified).toHaveLength(1);
  const [session] = held.server.state().sessions;
  held.server.resume(session?.id ?? '');
  await held.daemon.waitForClosed(alert.id);
});

test('no connection for a minute is told once, and withdrawn when it is back', async () => {
  const { daemon, server, tray } = offline;
  const alert = await daemon.waitForOpen({}, MINUTE + SOON);
  expect(alert.title).toMatch(/connection/i);
  expect(now() - since).toBeGreaterThan(MINUTE - 5_000);
  expect(daemon.notified).toHaveLength(1);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await daemon.waitForClosed(alert.id);
});

test('what was missed while away comes as one digest', async () => {
  const { daemon } = away;
  daemon.forget();
  expect(now() - since).toBeGreaterThan(MINUTE);
  await away.startSignedIn({ pages: false });
  const digest = await daemon.waitForOpen({ title: '3 missed calls while you were away' });
  for (const { fromName } of [GRACE, ADA, ALAN]) expect(digest.body).toContain(fromName);
  await away.settled();
  expect(daemon.notified).toHaveLength(1);
  await away.tray.waitForTooltip(/3 missed/);
});
