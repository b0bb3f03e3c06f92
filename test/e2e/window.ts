import { expect, type Locator, type Page } from '@playwright/test';
import type { DemoServer } from '../../src/demo/server';
import type { Application } from './application';

/** The row of a session in the window's list. */
export const rowOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name }).or(page.getByRole('option', { name })).first();

/** Expects the window to show the details of the session with this party. */
export async function expectDetails(page: Page, party: string): Promise<void> {
  await expect(page.getByRole('heading', { name: party })).toBeVisible();
}

/** Whether Ringside shows a window. */
export const isWindowShown = ({ electron }: Application): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );

/** Closes the window as its frame or a key would, if it is open. */
export async function closeWindow(app: Application): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await expect.poll(() => isWindowShown(app)).toBe(false);
}

/** The sign-in form, as a person reads it. */
export const signInForm = (page: Page) => ({
  server: page.getByRole('textbox', { name: /server/i }),
  userName: page.getByRole('textbox', { name: /user|e-?mail/i }),
  password: page.getByLabel(/^password/i),
  /** Keeps the password although nothing guards it. */
  storeWithoutKeyring: page.getByRole('checkbox', { name: /stay signed in/i }),
  submit: page.getByRole('button', { name: /^sign in/i }),
});

/** Types who it is, and agrees to keep the password although nothing guards it. */
export async function signIn(page: Page, { url, userName, password }: DemoServer): Promise<void> {
  const form = signInForm(page);
  await form.server.fill(url);
  await form.userName.fill(userName);
  await form.password.fill(password);
  await form.storeWithoutKeyring.check();
  await form.submit.click();
}
