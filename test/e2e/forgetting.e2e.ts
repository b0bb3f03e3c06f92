/** Signing out by hand, where the calls are to be forgotten too: nothing stays that tells of them. */
import { expect, test, type Page } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { filesWith } from './files-with';
import { ADA, ALAN, now, Stage } from './stage';
import { signIn } from './window';

let stage: Stage;
let second: DemoServer;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  second = await startDemoServer({ scenario: false, now });
});

test.afterAll(async () => {
  await stage.strike();
  await second.close();
});

test('one of two accounts goes with its calls, and then the other one with its own', async () => {
  const { server, daemon, tray } = stage;
  const here = new URL(server.url).host;
  const there = new URL(second.url).host;
  const page = await (await stage.start({ signedIn: false, args: [] })).window();
  await signIn(page, server);
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Add account' }).click();
  await signIn(page, second);
  await expect(page.getByRole('group', { name: there })).toContainText('Live');
  server.miss(server.ring(ADA), { linger: 600 });
  second.miss(second.ring(ALAN), { linger: 600 });
  for (const name of ['Ada Byron', 'Alan Turing']) {
    await daemon.waitForOpen({ title: `Missed call from ${name}` });
    expect(await filesWith(stage.profile, name)).not.toEqual([]);
  }

  await page.getByRole('group', { name: here }).getByRole('button', { name: 'Sign out' }).click();
  await answer(page, 'Also delete its calls');
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Recent/ }).click();
  const listed = page.getByRole('tabpanel');
  await expect(listed.getByText('Alan Turing')).toBeVisible();
  await expect(listed.getByText('Ada Byron')).toHaveCount(0);
  await stage.app.quit();
  for (const trace of ['Ada Byron', '2079460823', 'Harbor Legal', here]) {
    expect(await filesWith(stage.profile, trace), trace).toEqual([]);
  }

  const again = await (await stage.start({ signedIn: false, args: [] })).window();
  await again.getByRole('tab', { name: /^Recent/ }).click();
  await expect(again.getByRole('tabpanel').getByText('Alan Turing')).toBeVisible();
  await again.keyboard.press('Control+,');
  await again.getByRole('button', { name: 'Sign out' }).click();
  await answer(again, 'Also delete the call log');
  await tray.waitForTooltip(/sign-in needed/i);
  await stage.app.quit();
  const { userName } = second;
  for (const trace of ['Alan Turing', '3023125460', 'Acme Rentals', userName]) {
    expect(await filesWith(stage.profile, trace), trace).toEqual([]);
  }
  expect(await filesWith(stage.profile, 'ss-pid')).toEqual([]);
});

/** Says yes to the question that a sign-out asks, and to the one that comes with it. */
async function answer(page: Page, also: string): Promise<void> {
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox', { name: also }).check();
  await question.getByRole('button', { name: 'Sign out' }).click();
}
