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

/** A chat that rings. */
const CHAT = {
  channel: 'Chat',
  fromName: 'Cathy',
  customerName: 'Bright Dental',
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
  const { app, daemon, server, tray } = testApp;
  const countRequests = () => server.requests.filter(({ path }) => path === '/app/contacts').length;
  const page = await app.mainPage();
  server.setMode('contacts', 'refused');
  let before = countRequests();
  server.revoke();
  await testApp.settle();
  expect(countRequests() - before).toBe(1);
  server.ring(UNNAMED);
  await daemon.waitForOpen({ title: '+1 202-555-0104 is calling Bright Dental' });
  await page.keyboard.press('Control+,');
  await expect(page.getByText('Contacts aren’t available for this account.')).toBeVisible();

  server.setMode('contacts', 'ok');
  before = countRequests();
  await page.getByRole('switch', { name: 'Names from contacts' }).click();
  server.revoke();
  await testApp.settle();
  expect(countRequests()).toBe(before);
  await page.getByRole('switch', { name: 'Names from contacts' }).click();
  await tray.waitForTooltip(/Riverside Couriers \(contact\)/);
  expect(daemon.open).toHaveLength(1);
  await page.keyboard.press('Escape');
});

test('shows the first message of a chat that rings, and its messages with their links', async () => {
  const { app, daemon, server } = testApp;
  const page = await app.mainPage();
  const id = server.ring({ ...CHAT, id: 'chat-1' });
  const date = new Date().toISOString();
  server.setMessages(id, [
    { date, from: 'Cathy', body: 'Hi, <b>hello</b>?' },
    { date, from: 'Jamie Ives', body: 'https://example.com/' },
  ]);
  const alert = await daemon.waitForOpen({
    title: 'New chat from Cathy for Bright Dental',
    body: /^Hi, .*hello.*\?/,
  });
  expect(alert.body).not.toContain('<b>');
  const card = page.getByRole('button', { name: /Incoming chat/ });
  await expect(card.getByText('Hi, <b>hello</b>?')).toBeVisible();
  server.answer(id);
  await card
    .or(page.getByRole('button', { name: /Cathy/ }))
    .first()
    .click();
  const log = page.getByRole('log', { name: 'Messages' });
  await expect(log.getByText('Hi, <b>hello</b>?')).toBeVisible();
  await expect(log.getByRole('listitem').filter({ hasText: 'You' })).toBeVisible();
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
  });
  await log.getByRole('button', { name: 'https://example.com/' }).click();
  const getOpened = () => app.evaluate(() => (globalThis as { opened?: readonly string[] }).opened);
  await expect.poll(getOpened).toEqual(['https://example.com/']);
  await page.evaluate(() =>
    window.ringside.request('chat:open-link', { id: 'chat-1', url: 'https://evil.example/' }),
  );
  expect(await getOpened()).toEqual(['https://example.com/']);
  await page.keyboard.press('Escape');
});

test('asks once for messages that the server refuses, and not at all while they are off', async () => {
  const { app, daemon, server } = testApp;
  const countRequests = () =>
    server.requests.filter(({ path }) => path.endsWith('/transcript')).length;
  const page = await app.mainPage();
  server.setMode('transcripts', 'refused');
  let before = countRequests();
  server.ring(CHAT);
  await daemon.waitForOpen({ title: 'New chat from Cathy for Bright Dental' });
  await expect.poll(countRequests).toBe(before + 1);
  await page.getByRole('button', { name: /Cathy/ }).click();
  const text = 'Chat messages aren’t available for this account.';
  await expect(page.getByText(text)).toBeVisible();
  await testApp.settle();
  expect(countRequests()).toBe(before + 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await expect(page.getByText(text)).toBeVisible();

  await page.getByRole('switch', { name: 'Chat messages' }).click();
  server.setMode('transcripts', 'ok');
  server.revoke();
  await testApp.settle();
  before = countRequests();
  server.ring(CHAT);
  await testApp.settle();
  expect(countRequests()).toBe(before);
});
