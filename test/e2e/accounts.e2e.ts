/** Two servers at once, as a person adds, pauses and removes them. */
import { expect, test, type Page } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { filesWith } from './files-with';
import { ADA, ALAN, GRACE, now, Stage } from './stage';
import { rowOf, signIn, signInForm } from './window';

let stage: Stage;
let second: DemoServer;

test.beforeEach(async () => {
  stage = await Stage.set();
  second = await startDemoServer({ scenario: false, now });
});

test.afterEach(async () => {
  await stage.strike();
  await second.close();
});

test('two accounts ring in one list, each by its name; one is paused, one goes, one comes back', async () => {
  const { server, daemon } = stage;
  const page = await bothSignedIn();
  const [here, there] = [server, second].map((on) =>
    page.getByRole('group', { name: `${on.userName} · ${new URL(on.url).host}` }),
  );
  if (!here || !there) throw new Error('there are two');
  await expect(here.getByText('Live')).toBeVisible();
  await expect(there.getByText('Live')).toBeVisible();
  await page.keyboard.press('Escape');

  // The very same id on both: they are two calls all the same.
  const id = server.ring({ ...ADA, id: 'S-1' });
  second.ring({ ...GRACE, id });
  const ada = await daemon.waitForOpen({ title: 'Ada Byron' });
  const grace = await daemon.waitForOpen({ title: 'Grace Hopper' });
  expect(ada.body).toContain(new URL(server.url).host);
  expect(grace.body).toContain(new URL(second.url).host);
  await expect(rowOf(page, /Ada Byron/)).toContainText(new URL(server.url).host);
  await expect(rowOf(page, /Grace Hopper/)).toContainText(new URL(second.url).host);

  await page.keyboard.press('Control+,');
  await there.getByRole('button', { name: 'Pause' }).click();
  await expect(there.getByText('Paused')).toBeVisible();
  await daemon.waitForClosed(grace.id);
  expect(daemon.open.map(({ title }) => title)).toEqual(['Ada Byron']);
  const asked = second.requests.length;
  await stage.settled();
  expect(second.requests).toHaveLength(asked);

  await there.getByRole('button', { name: 'Resume' }).click();
  await expect(there.getByText('Live')).toBeVisible();
  await here.getByRole('button', { name: 'Sign out' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox', { name: 'Also delete its calls' }).check();
  await question.getByRole('button', { name: 'Sign out' }).click();
  await daemon.waitForClosed(ada.id);
  await expect(page.getByRole('group', { name: second.userName, exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  await expect(rowOf(page, /Ada Byron/)).toHaveCount(0);
  await stage.app.quit();
  expect(await filesWith(stage.profile, 'Ada Byron')).toEqual([]);
  expect(await filesWith(stage.profile, new URL(server.url).host)).toEqual([]);

  await stage.start({ signedIn: false });
  const asksOfTheFirst = server.requests.length;
  second.ring(ALAN);
  const alan = await daemon.waitForOpen({ title: 'Alan Turing' });
  expect(alan.body).not.toContain(second.userName);
  expect(server.requests).toHaveLength(asksOfTheFirst);
});

test('an account that must sign in again says so beside one that works', async () => {
  const { server, daemon } = stage;
  const page = await bothSignedIn();
  await expect(page.getByRole('group', { name: new URL(second.url).host })).toBeVisible();
  await page.keyboard.press('Escape');

  second.fault({ path: '/auth/credentials', status: 401, times: 1 });
  second.revoke();
  const banner = page.getByRole('region', { name: 'Connection' });
  await expect(banner).toContainText(new URL(second.url).host);
  server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  await banner.getByRole('button', { name: 'Sign in again' }).click();
  const form = signInForm(page);
  await expect(form.userName).toHaveValue(second.userName);
  await form.password.fill(second.password);
  await form.submit.click();
  await expect(banner).toHaveCount(0);
  second.ring(ADA);
  await daemon.waitForOpen({ title: 'Ada Byron' });
});

/** Types who it is, and agrees to keep the password. */
/** Ringside with a person signed in on both servers, whose accounts the window shows. */
async function bothSignedIn(): Promise<Page> {
  const app = await stage.start({ signedIn: false, args: [] });
  const page = await app.window();
  await signIn(page, stage.server);
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Add account' }).click();
  await signIn(page, second);
  return page;
}
