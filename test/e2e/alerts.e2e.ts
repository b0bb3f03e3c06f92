import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { advanceClock } from './support/clock';
import { REPOSITORY } from './support/electron-app';
import { ADA, ALAN, GRACE, now, toServerTime, TestApp } from './support/test-app';

let testApp: TestApp;

async function launch(): Promise<void> {
  testApp = await TestApp.create();
  await testApp.launchSignedIn();
}

test.describe('a ring', () => {
  test.beforeAll(launch);

  test.beforeEach(() => testApp.reset());

  test.afterAll(() => testApp.close());

  test('groups twelve simultaneous rings in one notification', async () => {
    const { server, daemon } = testApp;
    const ids = Array.from({ length: 12 }, (_, index) =>
      server.ring({ fromName: `Caller ${index + 1}`, fromAddress: `+1202555${1000 + index}` }),
    );
    const { id } = await daemon.waitForOpen({ title: '12 calls are ringing' });
    await testApp.settle();
    expect(daemon.received).toHaveLength(1);
    const since = now();
    for (const ringingId of ids) server.answer(ringingId);
    const { at } = await daemon.waitForClosed(id);
    expect(testApp.pollTimes(since, toServerTime(at))).toHaveLength(1);
    expect(daemon.open).toEqual([]);
  });

  test('updates the notification when the name of the caller becomes known', async () => {
    const { server, daemon } = testApp;
    const unnamedCaller = { fromName: null, displayName: null, fromAddress: '+12025550163' };
    const id = server.ring({ ...GRACE, ...unnamedCaller });
    const unnamed = await daemon.waitForOpen({ title: /^\+1 202-555-0163 is calling/ });
    expect(unnamed.body).toBe('Front desk · Northside Group');
    server.patch(id, { fromName: 'Grace Hopper' });
    await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    await testApp.settle();
    expect(daemon.open.map(({ title }) => title)).toEqual([
      'Grace Hopper is calling Bright Dental',
    ]);
    server.answer(id);
    await daemon.waitForAllClosed();
  });

  test('announces a call once if it stops ringing and rings again within ten seconds', async () => {
    const { server, daemon } = testApp;
    const id = server.ring(GRACE);
    const { id: first } = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    server.queue(id);
    await daemon.waitForClosed(first);
    server.ringAgain(id);
    await testApp.settle();
    server.answer(id);
    await testApp.settle();
    expect(daemon.received).toHaveLength(1);
  });

  test('announces no missed call when a colleague answered a vanished call', async () => {
    const { server, daemon } = testApp;
    const id = server.ring(GRACE);
    const ringing = await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    const before = testApp.lookupRequests.length;
    server.vanish(id, { by: 'Maya Kent' });
    await daemon.waitForClosed(ringing.id);
    await testApp.settle();
    expect(testApp.lookupRequests.slice(before)).toEqual([expect.stringContaining(id)]);
    expect(daemon.received).toHaveLength(1);
  });
});

// Missed calls stay unseen and share a notification, so each test starts without any.
test.describe('a missed call', () => {
  test.beforeEach(launch);

  test.afterEach(() => testApp.close());

  test('announces a missed call when nobody answered a vanished call', async () => {
    const { server, daemon } = testApp;
    const id = server.ring(GRACE);
    await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    server.vanish(id);
    await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
    await testApp.settle();
    expect(daemon.received).toHaveLength(2);
  });

  test('counts missed calls in one notification with the app’s name and icon', async () => {
    const { server, daemon } = testApp;
    const ids = Array.from({ length: 5 }, (_, index) =>
      server.ring({ fromName: `Caller ${index}` }),
    );
    await daemon.waitForOpen({ title: '5 calls are ringing' });
    const [first = '', ...others] = ids;
    server.miss(first, { listedSeconds: 600 });
    await daemon.waitForOpen({ title: /^Missed call from/ });
    for (const id of others) server.miss(id, { listedSeconds: 600 });
    await daemon.waitForOpen({ title: '5 missed calls' });
    expect(daemon.open).toHaveLength(1);
    for (const { appName, icon, hints } of daemon.received) {
      expect(appName).toMatch(/^ringside$/i);
      // 128 pixels are sharp on a desktop with a scale factor of 2.
      expect(await readFile(new URL(icon))).toEqual(
        await readFile(join(REPOSITORY, 'resources/icons/128x128.png')),
      );
      // Critical ones would ignore the Do Not Disturb of the desktop.
      expect(hints['urgency']).toBe(1);
    }
  });

  test('counts missed calls during Do Not Disturb and announces them when it ends', async () => {
    const { server, daemon, tray } = testApp;
    await tray.clickMenu([/^Do Not Disturb/, /30 minutes/]);
    await tray.waitForTooltip(/do not disturb/i);
    for (const caller of [GRACE, ADA]) {
      const id = server.ring(caller);
      await tray.waitForTooltip(new RegExp(`Ringing: ${caller.fromName}`));
      server.miss(id, { listedSeconds: 0 });
      await tray.waitForTooltip(/to call back/);
    }
    await testApp.settle();
    expect(daemon.received).toEqual([]);
    await tray.clickMenu([/^Do Not Disturb/, /^Turn off/]);
    const digest = await daemon.waitForOpen({ title: /^2 missed calls/ });
    expect(digest.body).toMatch(/Grace Hopper.*Ada Byron/s);
    await testApp.settle();
    expect(daemon.received).toHaveLength(1);
  });

  test('treats vanished calls as missed when the server refuses lookups', async () => {
    const { server, daemon } = testApp;
    server.setMode('lookup', 'refused');
    const before = testApp.lookupRequests.length;
    for (const caller of [GRACE, ADA]) {
      const id = server.ring(caller);
      await daemon.waitForOpen({ title: `${caller.fromName} is calling ${caller.customerName}` });
      server.vanish(id, { by: 'Maya Kent' });
    }
    // Without a lookup, a call may still come back for 15 s.
    await testApp.settle();
    await advanceClock(testApp.app, 15_000);
    const alert = await daemon.waitForOpen({ title: /missed call/i });
    expect(`${alert.title} ${alert.body}`).toMatch(/Grace Hopper|Ada Byron/);
    await testApp.settle();
    expect(testApp.lookupRequests.slice(before)).toHaveLength(1);
  });

  test('neither repeats nor loses an alert when it is killed and restarted', async () => {
    const { server, daemon } = testApp;
    const grace = server.ring(GRACE);
    await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
    await testApp.app.kill();
    const ada = server.ring(ADA);
    await testApp.launchSignedIn();
    await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
    expect(daemon.findAll({ title: /^Grace Hopper is calling/ })).toHaveLength(1);

    server.miss(ada, { listedSeconds: 600 });
    await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
    await testApp.app.kill();
    server.vanish(grace);
    server.vanish(server.ring(ALAN), { by: 'Maya Kent' });
    await testApp.launchSignedIn();
    await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
    await testApp.settle();
    const titles = daemon.received.map(({ title }) => title).sort();
    expect(titles).toEqual([
      'Ada Byron is calling Harbor Legal',
      'Grace Hopper is calling Bright Dental',
      'Missed call from Ada Byron',
      'Missed call from Grace Hopper',
    ]);
  });
});
