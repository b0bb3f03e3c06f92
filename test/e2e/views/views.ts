import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ADA, ALAN, GRACE, type TestApp } from '../support/test-app';

/** Screenshots to look at. */
const SCREENSHOTS = resolve(import.meta.dirname, '../../../artifacts/views');

/** A note about the customer of a ringing call. */
export const NOTE = 'Their appointments are with Dr. Lovelace.';

/** A view of the window and how to open it from any other. */
export interface ViewUnderTest {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}

/** The views of a signed-in user, found by role and order because labels depend on the language. */
export const VIEWS: readonly ViewUnderTest[] = [
  { name: 'calls', open: (page) => openTab(page, 0) },
  {
    name: 'details',
    open: async (page) => {
      await openTab(page, 0);
      await page.getByRole('list').getByRole('button').first().click();
      await page.locator('[data-collapsible-trigger]').first().waitFor();
      for (const trigger of await page.locator('[data-collapsible-trigger]').all())
        await trigger.click();
    },
  },
  {
    name: 'chat',
    open: async (page) => {
      await openTab(page, 0);
      await page.getByRole('button', { name: /^Cathy/ }).click();
      await page.getByRole('log').getByRole('button').first().waitFor();
    },
  },
  {
    name: 'recent',
    open: async (page) => {
      await openTab(page, 1);
      await page.getByRole('radio').first().click();
    },
  },
  {
    name: 'voicemail',
    open: async (page) => {
      await openTab(page, 1);
      await page.getByRole('radio').last().click();
      await page.getByRole('article').first().waitFor();
    },
  },
  { name: 'today', open: (page) => openTab(page, 2) },
  {
    name: 'settings',
    open: async (page) => {
      await openTab(page, 0);
      await page.keyboard.press('Control+,');
    },
  },
  {
    name: 'search',
    open: async (page) => {
      await openTab(page, 0);
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('a');
      await page.getByRole('list').waitFor();
    },
  },
  {
    name: 'dialog',
    open: async (page) => {
      await openTab(page, 0);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog').getByRole('heading')).toBeInViewport();
    },
  },
];

/** Leaves voice messages, one from a caller that {@link createCalls} creates. Call this before the sign-in. */
export function leaveVoicemails({ server }: TestApp): void {
  server.leaveVoicemail(
    { fromAddress: ADA.fromAddress, customerName: 'Bright Dental' },
    { transcription: 'Please call me back before noon. '.repeat(8) },
  );
  server.leaveVoicemail({ fromAddress: 'anonymous' });
}

/** Creates calls in several phases and a call log. */
export async function createCalls(testApp: TestApp): Promise<void> {
  const { server } = testApp;
  const missed = server.ring({ ...ADA, fromName: 'Barbara Liskov' });
  const taken = server.ring({ ...ALAN, fromName: 'Katherine Johnson' });
  await testApp.settle();
  server.miss(missed);
  server.vanish(taken, { by: 'Maya Kent' });
  await testApp.settle();
  server.answer(server.ring(ADA));
  const held = server.ring(ALAN);
  server.answer(held);
  server.hold(held);
  const chat = server.ring({ channel: 'Chat', callState: 'Disconnected', fromName: 'Cathy' });
  server.setMessages(chat, [
    { date: new Date().toISOString(), from: 'Cathy', body: 'Hi, are you open this Saturday?' },
    { date: 'yesterday', from: 'Jamie Ives', body: 'Yes: https://example.com/hours' },
    { from: 'Cathy', mediaUri: 'https://example.com/a.jpg', mediaContentType: 'image/jpeg' },
  ]);
  server.ring({ ...GRACE, fromName: 'غريس هوبر', fromAddress: '+97142345678' });
  server.answer(
    server.ring({ ...GRACE, fromName: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(8) }),
  );
  server.ring(GRACE);
  await testApp.settle();
  const page = await testApp.app.mainPage();
  await page.evaluate(
    (note) => window.ringside.request('notes:put', { numbers: [], customers: [note] }),
    { customer: GRACE.customerName, text: NOTE, priority: 'normal' } as const,
  );
}

export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}

async function openTab(page: Page, index: number): Promise<void> {
  // Closes a page, a search, or a dialog. Without one, Escape would hide the window.
  const open = page.locator('[inert], dialog[open]').or(page.getByRole('searchbox'));
  while ((await open.count()) > 0) await page.keyboard.press('Escape');
  const tabs = page.getByRole('tab');
  await tabs.nth(index).waitFor();
  await tabs.nth(index).click();
}
