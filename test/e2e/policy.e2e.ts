import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Bridge } from '../../src/shared/ipc';
import { Stage } from './stage';
import { signInForm } from './window';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, theme: 'light' } });
});

test.afterEach(async () => {
  await stage.strike();
});

test('what an organisation sets holds, is shown, and is nobody’s to change', async () => {
  const { server } = stage;
  const policy = { server: server.url, settings: { theme: 'dark', pinned: true }, color: 'blue' };
  const page = await startUnder(JSON.stringify(policy));
  const form = signInForm(page);
  await expect(form.server).toHaveValue(server.url);
  await expect(form.server).toHaveAttribute('readonly', '');
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /policy file .*color/ })).toBeVisible();

  await page.getByRole('button', { name: 'Settings' }).click();
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await expect(theme).toHaveValue('dark');
  await expect(theme).toBeDisabled();
  await expect(theme).toHaveAccessibleDescription(/Managed by your organization$/);
  const refused = await page.evaluate(async () => {
    const { ringside } = window as unknown as { readonly ringside: Bridge };
    await ringside.request('window:pin', false);
    return Promise.all([
      ringside.request('settings:update', { theme: 'light' }),
      ringside.request('settings:update', { server: 'https://elsewhere.example', zoom: 150 }),
      ringside.request('account:sign-in', {
        server: 'https://elsewhere.example',
        userName: 'maya',
        password: 'x',
        storeWithoutKeyring: true,
      }),
    ]);
  });
  expect(refused).toEqual([
    { ok: false, error: ['theme'] },
    { ok: false, error: ['server'] },
    { ok: false, error: { kind: 'bad-address' } },
  ]);
  await expect(page.getByRole('button', { name: /^(Pin|Unpin)/ })).toHaveCount(0);
  await page.getByRole('switch', { name: 'Missed calls' }).click();
  await expect(page.getByRole('switch', { name: 'Missed calls' })).not.toBeChecked();
  await stage.app.quit();
  expect(await stored()).toMatchObject({ theme: 'light', pollSeconds: 1, announceMissed: false });
  expect(await stored()).not.toHaveProperty('pinned', true);
});

for (const [what, text, mode, words] of [
  ['is broken', '{"server":', 0o644, /not written as it must be/],
  ['anybody may write', '{"settings":{"theme":"dark"}}', 0o666, /Others than an administrator/],
] as const) {
  test(`a policy that ${what} is told, and Ringside runs without it`, async () => {
    const page = await startUnder(text, { mode, signedIn: true });
    await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
    await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('light');
    await expect(page.getByRole('combobox', { name: 'Theme' })).toBeEnabled();
  });
}

/** The window of a Ringside on a computer with this policy. */
async function startUnder(policy: string, { mode = 0o644, signedIn = false } = {}): Promise<Page> {
  const path = join(stage.profile, '..', 'policy.json');
  await writeFile(path, policy);
  await chmod(path, mode);
  const app = await stage.start({ signedIn, args: [], env: { RINGSIDE_POLICY: path } });
  return app.window();
}

/** The settings as they are in the profile. */
async function stored(): Promise<unknown> {
  const json = JSON.parse(await readFile(join(stage.profile, 'settings.json'), 'utf8')) as {
    readonly settings: unknown;
  };
  return json.settings;
}
