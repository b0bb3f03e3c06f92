import { expect, type Locator, type Page } from '@playwright/test';

/** The row of a session in the window's list. */
export const rowOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name }).or(page.getByRole('option', { name })).first();

/** Expects the window to show the details of the session with this party. */
export async function expectDetails(page: Page, party: string): Promise<void> {
  await expect(page.getByRole('heading', { name: party })).toBeVisible();
}

/** The sign-in form, as a person reads it. */
export const signInForm = (page: Page) => ({
  server: page.getByRole('textbox', { name: /server/i }),
  userName: page.getByRole('textbox', { name: /user|e-?mail/i }),
  password: page.getByLabel(/^password/i),
  /** Keeps the password although nothing guards it. */
  withoutKeyring: page.getByRole('checkbox', { name: /stay signed in/i }),
  submit: page.getByRole('button', { name: /^sign in/i }),
});
