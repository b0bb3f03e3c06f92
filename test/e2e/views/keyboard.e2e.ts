import { expect, test } from '@playwright/test';
import { ADA, GRACE, TestApp } from '../support/test-app';

let testApp: TestApp;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
});

test.afterAll(async () => {
  await testApp.close();
});

test('opens a call, goes back, searches, and switches tabs by keyboard', async () => {
  const { server } = testApp;
  const page = await (await testApp.launchSignedIn({ args: [] })).mainPage();
  server.answer(server.ring(ADA));
  server.ring(GRACE);
  const grace = page.getByRole('button', { name: /Grace Hopper/ });
  const ada = page.getByRole('button', { name: /Ada Byron/ });
  await ada.waitFor();
  await grace.waitFor();

  await page.locator('body').press('Tab');
  for (let steps = 0; steps < 12; steps += 1) {
    if (await grace.evaluate((row) => row === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(grace).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(ada).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ada Byron' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ada).toBeFocused();

  await page.keyboard.press('/');
  await page.keyboard.type('grace');
  await expect(ada).toBeHidden();
  await expect(grace).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ada).toBeVisible();

  await page.getByRole('tab', { name: /^Calls/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Recent/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Today' })).toHaveAttribute('aria-selected', 'true');
});
