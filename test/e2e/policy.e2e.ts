import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Bridge } from '../../src/shared/ipc';
import { TestApp } from './support/test-app';
import { getSignInForm } from './support/main-window';
import { MESSAGES, toPattern } from './support/messages';

let testApp: TestApp;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, theme: 'light' } });
});

test.afterEach(async () => {
  await testApp.close();
});

test('applies managed settings, shows them as managed, and rejects changes', async () => {
  const { server } = testApp;
  const policy = { server: server.url, settings: { theme: 'dark', pinned: true }, color: 'blue' };
  const page = await launchWithPolicy(JSON.stringify(policy));
  const form = getSignInForm(page);
  await expect(form.server).toHaveValue(server.url);
  await expect(form.server).toHaveAttribute('readonly', '');
  await form.userName.fill(server.userName);
  await form.password.fill(server.password);
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: toPattern(MESSAGES.window.policyError.entries, { names: 'color' }) }),
  ).toBeVisible();

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
  await testApp.app.quit();
  expect(await readStoredSettings()).toMatchObject({
    theme: 'light',
    pollSeconds: 1,
    announceMissed: false,
  });
  expect(await readStoredSettings()).not.toHaveProperty('pinned', true);
});

for (const [what, text, mode, message] of [
  ['is broken', '{"server":', 0o644, toPattern(MESSAGES.window.policyError.broken)],
  [
    'everybody can write',
    '{"settings":{"theme":"dark"}}',
    0o666,
    toPattern(MESSAGES.window.policyError.unsafe),
  ],
] as const) {
  test(`reports and ignores a policy file that ${what}`, async () => {
    const page = await launchWithPolicy(text, { mode, signedIn: true });
    await expect(page.getByRole('status').filter({ hasText: message })).toBeVisible();
    await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('light');
    await expect(page.getByRole('combobox', { name: 'Theme' })).toBeEnabled();
  });
}

/** Launches Ringside with a policy file. */
async function launchWithPolicy(
  policy: string,
  { mode = 0o644, signedIn = false } = {},
): Promise<Page> {
  const path = join(testApp.profile, '..', 'policy.json');
  await writeFile(path, policy);
  await chmod(path, mode);
  const app = await testApp.launch({ signedIn, args: [], env: { RINGSIDE_POLICY: path } });
  return app.mainPage();
}

/** The settings stored in the profile. */
async function readStoredSettings(): Promise<unknown> {
  const json = JSON.parse(await readFile(join(testApp.profile, 'settings.json'), 'utf8')) as {
    readonly settings: unknown;
  };
  return json.settings;
}
