import { expect, type Locator, type Page } from '@playwright/test';
import type { DemoServer } from '../../../src/demo/server';
import type { ElectronApp } from './electron-app';
import type { TestApp } from './test-app';

/** The row of a session in the list. */
export const findRow = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name }).or(page.getByRole('option', { name })).first();

/** Expects the window to show the details of the session with this party. */
export async function expectDetails(page: Page, party: string): Promise<void> {
  await expect(page.getByRole('heading', { name: party })).toBeVisible();
}

/** Whether a window is visible. */
export const isWindowVisible = (app: ElectronApp): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );

/** Closes the window if it is open, and waits until it is hidden. */
export async function closeWindow(app: ElectronApp): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await expect.poll(() => isWindowVisible(app)).toBe(false);
}

/**
 * Opens the window with the tray icon. A click right after hiding counts as the click that hid the
 * window, so it clicks again, but not while the window may still be opening.
 */
export async function openFromTray({ app, tray }: Pick<TestApp, 'app' | 'tray'>): Promise<void> {
  await expect(async () => {
    if (!(await isWindowVisible(app))) await tray.activate();
    await expect.poll(() => isWindowVisible(app), { timeout: 3_000 }).toBe(true);
  }).toPass({ timeout: 30_000 });
}

/** The fields of the sign-in form. */
export const getSignInForm = (page: Page) => ({
  server: page.getByRole('textbox', { name: /server/i }),
  /** Unfolds the field of the server and fills it in. */
  fillServer: async (url: string) => {
    const server = page.getByRole('textbox', { name: /server/i });
    const change = page.getByRole('button', { name: 'Change server' });
    await server.or(change).waitFor();
    if (await change.isVisible()) await change.click();
    await server.fill(url);
  },
  userName: page.getByRole('textbox', { name: /user|e-?mail/i }),
  password: page.getByLabel(/^password/i),
  /** Stores the password without encryption; only present without a keyring. */
  storeWithoutKeyring: page.getByRole('checkbox', { name: /stay signed in/i }),
  submit: page.locator('form').getByRole('button', { name: /^sign in/i }),
});

/** Signs in with the form and agrees to store the password without a keyring. */
export async function signIn(page: Page, { url, userName, password }: DemoServer): Promise<void> {
  const form = getSignInForm(page);
  await form.fillServer(url);
  await form.userName.fill(userName);
  await form.password.fill(password);
  await form.storeWithoutKeyring.check();
  await form.submit.click();
}
