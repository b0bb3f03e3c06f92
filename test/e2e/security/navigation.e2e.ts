/** Points 13 to 15 of Electron's security checklist: navigation, windows, and external links. */
import { expect, test } from '@playwright/test';
import { GRACE, TestApp } from '../support/test-app';
import { startExternalServer, type ExternalServer } from './external-server';

let testApp: TestApp;
let external: ExternalServer;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  external = await startExternalServer();
  await testApp.launchSignedIn({ args: [] });
  await testApp.app.mainPage();
});

test.afterEach(async () => {
  // The page is still there, works, and has sent nothing.
  await testApp.waitForPoll();
  expect(await runInPage('location.href')).toBe('ringside://window/index.html');
  expect(await runInPage('document.title')).toMatch(/Ringside$/);
  expect(
    await runInPage(`ringside.request('log:get-day', 0).then(({ hours }) => hours.length)`),
  ).toBe(24);
  expect(external.requests).toEqual([]);
});

test.afterAll(async () => {
  // Proves that the external server records requests.
  await fetch(external.url);
  expect(external.requests).toHaveLength(1);
  await testApp.close();
  await external.close();
});

/** Runs a script in the page. Playwright would wait for navigations that are refused. */
function runInPage(script: string): Promise<unknown> {
  return testApp.app.evaluate(async ({ BrowserWindow }, code): Promise<unknown> => {
    const window = BrowserWindow.getAllWindows().find((open) => open.isVisible());
    return window?.webContents.executeJavaScript(code, true);
  }, script);
}

const getWindowCount = (): Promise<number> =>
  testApp.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('13: replaces an empty page with its own', async () => {
  await runInPage(`location.href = 'about:blank'; null`);
  await expect
    .poll(() => runInPage('location.href').catch(() => ''))
    .toBe('ringside://window/index.html');
  await testApp.app.mainPage();
});

for (const [what, address] of [
  ['another site', undefined],
  ['a file', 'file:///etc/passwd'],
  ['a data URL', 'data:text/html,<h1>Sign in</h1>'],
  ['an avatar', 'ringside://avatar/0'],
  ['a host similar to its own', 'ringside://window.example/index.html'],
] as const) {
  test(`13: never navigates to ${what}`, async () => {
    const target = JSON.stringify(address ?? `${external.url}/page`);
    await runInPage(`location.href = ${target}; null`);
    await testApp.waitForPoll();
    await runInPage(`{
      const link = document.body.appendChild(document.createElement('a'));
      link.href = ${target};
      link.click();
      link.remove();
    }`);
    await testApp.waitForPoll();
    await runInPage(`{
      const form = document.body.appendChild(document.createElement('form'));
      form.action = ${target};
      form.submit();
      form.remove();
    }`);
    await testApp.waitForPoll();
    await runInPage(`{
      const refresh = document.head.appendChild(document.createElement('meta'));
      refresh.httpEquiv = 'refresh';
      refresh.content = '0;url=' + ${target};
    }`);
  });
}

test('14: opens no windows by script or link', async () => {
  const before = await getWindowCount();
  const opened = await runInPage(`{
    const link = document.body.appendChild(document.createElement('a'));
    link.href = '${external.url}';
    link.target = '_blank';
    link.click();
    link.remove();
    ['${external.url}', 'about:blank', 'index.html']
      .map((address) => window.open(address))
      .filter((other) => other !== null).length;
  }`);
  expect(opened).toBe(0);
  await testApp.waitForPoll();
  expect(await getWindowCount()).toBe(before);
});

test('14: downloads nothing', async () => {
  await testApp.app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) => {
      process.env['DOWNLOAD'] = event.defaultPrevented ? 'refused' : 'begun';
      // Otherwise a file dialog would open.
      event.preventDefault();
    });
  });
  await runInPage(`{
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['content']));
    link.download = 'attack.desktop';
    link.click();
  }`);
  await testApp.settle();
  // The page's sandbox stops it before the session does.
  expect(await testApp.app.evaluate(() => process.env['DOWNLOAD'])).toBeUndefined();
  await testApp.app.evaluate(({ session }) => {
    session.defaultSession.downloadURL('data:text/plain,content');
  });
  await expect.poll(() => testApp.app.evaluate(() => process.env['DOWNLOAD'])).toBe('refused');
});

test('15: opens only phone numbers and https addresses externally', async () => {
  await testApp.app.evaluate(({ dialog, shell }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    process.env['OPENED'] = '[]';
    shell.openExternal = (address) => {
      const before = JSON.parse(process.env['OPENED'] ?? '[]') as string[];
      process.env['OPENED'] = JSON.stringify([...before, address]);
      return Promise.resolve();
    };
  });
  const request = (name: string, argument: unknown): Promise<unknown> =>
    runInPage(`ringside.request(${JSON.stringify(name)}, ${JSON.stringify(argument)})`);
  const opened = async (): Promise<readonly string[]> =>
    JSON.parse(
      (await testApp.app.evaluate(() => process.env['OPENED'])) ?? '[]',
    ) as readonly string[];

  for (const screenPopUrl of [
    'javascript:alert({number})',
    'file:///{name}',
    'http://crm.example/{number}',
    '{name}://crm.example/',
    'https://{customer}/',
    'smb://crm.example/{number}',
    'ringside://session/{number}',
  ]) {
    expect(await request('settings:update', { screenPopUrl }), screenPopUrl).toEqual({
      ok: false,
      error: ['screenPopUrl'],
    });
  }
  await request('settings:update', {
    screenPopUrl: 'https://crm.example/find?who={name}&at={number}',
  });

  const { server } = testApp;
  const ids = [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'tel:+12025550147?subject=x',
    'sip:mallory@example.invalid',
    '+12025550147;phone-context=example',
    '+1202555\n0147',
    '--help',
    'anonymous',
  ].map((fromAddress) => server.ring({ ...GRACE, fromName: '"><script>&?#/../\\', fromAddress }));
  await testApp.settle();
  for (const id of ids) {
    await request('session:call-back', id);
    await request('session:screen-pop', id);
  }
  await request('session:open-in-browser', ids[0]);
  await request('session:call-back', 'javascript:alert(1)');
  await request('session:screen-pop', 'https://example.invalid/');

  const addresses = await opened();
  expect(addresses.filter((address) => address.startsWith('https:'))).toHaveLength(ids.length);
  for (const address of addresses) {
    expect(address).toMatch(
      /^(tel:\+?[\d*#]+|https:\/\/crm\.example\/find\?who=[\w.~%()!*'-]*&at=[\w.~%()!*'-]*)$/,
    );
  }
});
