/** Hostile servers and web pages, and a server that never answers. */
import { expect, test, type Page } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { findFilesContaining } from '../support/files';
import { signIn } from '../support/main-window';
import { ADA, GRACE, now, TestApp } from '../support/test-app';

let testApp: TestApp;
let hostile: DemoServer;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  hostile = await startDemoServer({ scenario: false, now });
  page = await (await testApp.launch({ signedIn: false, args: [] })).mainPage();
  await signIn(page, testApp.server);
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test.afterAll(async () => {
  await testApp.close();
  await hostile.close();
});

/** Ada's missed calls that the user hasn't seen. */
function listUnseen(): Promise<readonly (string | undefined)[]> {
  return page.evaluate(async () => {
    const query = { search: 'Ada', only: 'all', offset: 0, limit: 500 } as const;
    const { entries } = await window.ringside.request('log:query', query);
    return entries.filter(({ isSeen }) => !isSeen).map(({ name }) => name);
  });
}

test('a flood of links changes nothing and delays no alert', async () => {
  const { server, daemon } = testApp;
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  const before = await page.evaluate(() => window.ringside.request('state:subscribe'));
  await testApp.app.evaluate(({ app }) => {
    const links = [
      'ringside://missed',
      'ringside://session/__proto__',
      `ringside://session/${'x'.repeat(2_000)}`,
      'ringside://session/%00%1b[31m',
      'ringside://session/../../etc/passwd',
      'ringside://user:password@session/x',
      'ringside://settings?launchAtLogin=true',
      'ringside:// --do-not-disturb',
    ];
    for (let count = 0; count < 50; count += 1) {
      for (const link of links) app.emit('second-instance', {}, ['ringside', link], '/', undefined);
    }
  });
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });
  await testApp.settle();
  const after = await page.evaluate(() => window.ringside.request('state:subscribe'));
  expect(after.settings).toEqual(before.settings);
  expect(after.doNotDisturb).toEqual(before.doNotDisturb);
  expect(await listUnseen()).toContain('Ada Byron');
});

test('a flood of calls on one account does not affect another', async () => {
  const { server, daemon } = testApp;
  // Calls that the window lists count as seen.
  await page.keyboard.press('Escape');
  await page.getByRole('tab').first().click();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Add account' }).click();
  await signIn(page, hostile);
  await expect(page.getByRole('group', { name: new URL(hostile.url).host })).toContainText('Live');
  server.miss(server.ring({ ...ADA, fromName: 'Ada before' }), { listedSeconds: 600 });
  await expect.poll(listUnseen).toContain('Ada before');
  const before = daemon.received.length;
  const ids = Array.from({ length: 1_500 }, (_, index) =>
    hostile.ring({ ...GRACE, fromName: `Robot ${index}` }),
  );
  await daemon.waitForOpen({ title: /^\d+ calls are ringing$/ });
  for (const id of ids) hostile.miss(id, { listedSeconds: 600 });
  const countMissedRobots = (): Promise<number> =>
    page.evaluate(async () => {
      const query = { search: 'Robot', only: 'all', offset: 0, limit: 500 } as const;
      const { entries } = await window.ringside.request('log:query', query);
      return entries.filter(({ outcome }) => outcome.kind === 'missed').length;
    });
  await expect.poll(countMissedRobots, { timeout: 20_000 }).toBe(500);
  server.miss(server.ring({ ...ADA, fromName: 'Ada after' }), { listedSeconds: 600 });
  await expect.poll(listUnseen).toEqual(expect.arrayContaining(['Ada before', 'Ada after']));
  expect(daemon.received.length - before).toBeLessThan(20);
});

test('signing out deletes cookies and calls even if the server never responds', async () => {
  const { server, app, profile } = testApp;
  server.miss(server.ring(ADA), { listedSeconds: 600 });
  await expect.poll(() => findFilesContaining(profile, 'Ada Byron')).not.toEqual([]);
  server.fault({ path: '/auth/logout', hang: true });
  await page.evaluate(async () => {
    const { accounts } = await window.ringside.request('state:subscribe');
    for (const { key } of accounts) {
      void window.ringside.request('account:remove', { account: key, shouldDeleteCalls: true });
    }
  });
  await expect
    .poll(() => server.requests.some(({ path }) => path.startsWith('/auth/logout')))
    .toBe(true);
  await app.kill();
  await testApp.launch({ signedIn: false });
  await testApp.tray.waitForTooltip(/sign-in needed/i);
  await testApp.app.quit();
  for (const trace of ['ss-pid', 'Ada Byron', 'Robot 1']) {
    expect(await findFilesContaining(profile, trace), trace).toEqual([]);
  }
});
