import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { ADA, ALAN, GRACE, type Stage } from '../stage';

/** Where the pictures of the views are left. */
const PICTURES = resolve(import.meta.dirname, '../../../artifacts/views');

/** A view of the window and how to get there from the list of calls. */
export interface ViewOf {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
}

/** Every view that a signed-in person can get to. Views are found by what does not depend on the
 * language: roles, and the order of things. */
export const VIEWS: readonly ViewOf[] = [
  { name: 'calls', go: (page) => tab(page, 0) },
  {
    name: 'details',
    go: async (page) => {
      await tab(page, 0);
      await page.getByRole('list').getByRole('button').first().click();
      await page.locator('details').first().click();
    },
  },
  { name: 'recent', go: (page) => tab(page, 1) },
  { name: 'today', go: (page) => tab(page, 2) },
  {
    name: 'settings',
    go: async (page) => {
      await tab(page, 0);
      await page.keyboard.press('Control+,');
    },
  },
];

/** A day with something in each view: calls in several phases, and a log. */
export async function fillTheDay(stage: Stage): Promise<void> {
  const { server } = stage;
  const missed = server.ring({ ...ADA, fromName: 'Barbara Liskov' });
  const taken = server.ring({ ...ALAN, fromName: 'Katherine Johnson' });
  await stage.settled();
  server.miss(missed);
  server.vanish(taken, { by: 'Maya Kent' });
  await stage.settled();
  server.answer(server.ring(ADA));
  const held = server.ring(ALAN);
  server.answer(held);
  server.hold(held);
  server.ring({ channel: 'Chat', callState: 'Disconnected', fromName: 'Cathy' });
  server.ring({ ...GRACE, fromName: 'غريس هوبر', fromAddress: '+97142345678' });
  server.answer(
    server.ring({ ...GRACE, fromName: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(8) }),
  );
  server.ring(GRACE);
  await stage.settled();
}

/** Takes the picture of a view. */
export async function picture(page: Page, name: string): Promise<Buffer> {
  await mkdir(PICTURES, { recursive: true });
  return page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

async function tab(page: Page, at: number): Promise<void> {
  // Escape leaves a sheet; without one it would hide the window.
  if ((await page.locator('[inert]').count()) > 0) await page.keyboard.press('Escape');
  const tabs = page.getByRole('tab');
  await tabs.nth(at).waitFor();
  await tabs.nth(at).click();
}
