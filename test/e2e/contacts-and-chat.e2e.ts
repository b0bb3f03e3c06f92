/** What else a login may read about a caller: the contacts, and the messages of a chat. */
import { expect, test } from '@playwright/test';
import type { SessionFields } from '../../src/demo/api-types';
import { TestApp } from './support/test-app';

/** A caller that only the contacts name. */
const UNNAMED = {
  fromName: null,
  displayName: null,
  fromAddress: '+12025550104',
  customerName: 'Bright Dental',
  endpointName: 'Front desk',
  members: [],
} as const satisfies SessionFields;

let testApp: TestApp;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  await testApp.launchSignedIn({ args: [] });
});

test.beforeEach(async () => {
  await testApp.reset();
});

test.afterAll(async () => {
  await testApp.close();
});

test('names a caller by the contacts, and finds contacts in the search', async () => {
  const { daemon, server, tray } = testApp;
  const page = await testApp.app.mainPage();
  server.ring(UNNAMED);
  const alert = await daemon.waitForOpen({ title: 'Riverside Couriers is calling Bright Dental' });
  expect(alert.body).toContain('+1 202-555-0104 · name from contacts · Front desk');
  await tray.waitForTooltip(/Riverside Couriers \(contact\)/);
  await page.getByRole('button', { name: /Riverside Couriers/ }).click();
  await expect(
    page.getByRole('main').getByText('Name from contacts', { exact: true }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('couriers');
  await expect(page.getByRole('heading', { name: 'Contacts' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Call back Riverside Couriers' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('asks once for contacts that the server refuses, and not at all while they are off', async () => {
  const { app, daemon, server } = testApp;
  const countRequests = () => server.requests.filter(({ path }) => path === '/app/contacts').length;
  const page = await app.mainPage();
  server.contacts('refused');
  let before = countRequests();
  server.revoke();
  await testApp.settle();
  expect(countRequests() - before).toBe(1);
  server.ring(UNNAMED);
  await daemon.waitForOpen({ title: '+1 202-555-0104 is calling Bright Dental' });
  await page.keyboard.press('Control+,');
  await expect(page.getByText('Contacts aren’t available for this account.')).toBeVisible();

  server.contacts('ok');
  before = countRequests();
  await page.getByRole('switch', { name: 'Names from contacts' }).click();
  server.revoke();
  await testApp.settle();
  expect(countRequests()).toBe(before);
  await page.getByRole('switch', { name: 'Names from contacts' }).click();
  await daemon.waitForOpen({ title: 'Riverside Couriers is calling Bright Dental' });
  expect(daemon.open).toHaveLength(1);
  await page.keyboard.press('Escape');
});
