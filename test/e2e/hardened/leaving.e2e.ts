/** Electron's security checklist on the ways out of the page: nothing leads anywhere. */
import { expect, test } from '@playwright/test';
import { GRACE, Stage } from '../stage';
import { startStranger, type Stranger } from './stranger';

let stage: Stage;
let stranger: Stranger;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  stranger = await startStranger();
  await stage.startSignedIn({ args: [] });
  await stage.app.window();
});

test.afterEach(async () => {
  // The page is where it was, works, and has told nobody.
  await stage.polled();
  expect(await inPage('location.href')).toBe('ringside://window/index.html');
  expect(await inPage('document.title')).toBe('Ringside');
  expect(await inPage(`ringside.request('log:get-day').then(({ hours }) => hours.length)`)).toBe(
    24,
  );
  expect(stranger.visits).toEqual([]);
});

test.afterAll(async () => {
  // That it can be reached, and would have noticed.
  await fetch(stranger.url);
  expect(stranger.visits).toHaveLength(1);
  await stage.strike();
  await stranger.close();
});

/** Runs script in the window's page. A test's own page waits for ever for a way that was refused. */
function inPage(script: string): Promise<unknown> {
  return stage.app.electron.evaluate(async ({ BrowserWindow }, code): Promise<unknown> => {
    const window = BrowserWindow.getAllWindows().find((open) => open.isVisible());
    return window?.webContents.executeJavaScript(code, true);
  }, script);
}

const windows = (): Promise<number> =>
  stage.app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

for (const [what, address] of [
  ['another site', undefined],
  ['a file', 'file:///etc/passwd'],
  ['a page made of text', 'data:text/html,<h1>Sign in</h1>'],
  ['a picture of the app', 'ringside://avatar/0'],
  ['a host that sounds like its own', 'ringside://window.example/index.html'],
] as const) {
  test(`13: the page does not go to ${what}`, async () => {
    const target = JSON.stringify(address ?? `${stranger.url}/page`);
    await inPage(`location.href = ${target}; null`);
    await stage.polled();
    await inPage(`{
      const link = document.body.appendChild(document.createElement('a'));
      link.href = ${target};
      link.click();
      link.remove();
    }`);
    await stage.polled();
    await inPage(`{
      const form = document.body.appendChild(document.createElement('form'));
      form.action = ${target};
      form.submit();
      form.remove();
    }`);
    await stage.polled();
    await inPage(`{
      const refresh = document.head.appendChild(document.createElement('meta'));
      refresh.httpEquiv = 'refresh';
      refresh.content = '0;url=' + ${target};
    }`);
  });
}

test('14: the page opens no windows, neither by script nor by link', async () => {
  const before = await windows();
  const opened = await inPage(`{
    const link = document.body.appendChild(document.createElement('a'));
    link.href = '${stranger.url}';
    link.target = '_blank';
    link.click();
    link.remove();
    ['${stranger.url}', 'about:blank', 'index.html']
      .map((address) => window.open(address))
      .filter((other) => other !== null).length;
  }`);
  expect(opened).toBe(0);
  await stage.polled();
  expect(await windows()).toBe(before);
});

test('14: the page downloads nothing', async () => {
  await stage.app.electron.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) => {
      process.env['DOWNLOAD'] = event.defaultPrevented ? 'refused' : 'begun';
      // Else it would ask where to, and nobody answers here.
      event.preventDefault();
    });
  });
  await inPage(`{
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['what a page wants on this disk']));
    link.download = 'attack.desktop';
    link.click();
  }`);
  await expect
    .poll(() => stage.app.electron.evaluate(() => process.env['DOWNLOAD']))
    .toBe('refused');
});

test('15: the system is handed numbers and https addresses, and nothing else', async () => {
  await stage.app.electron.evaluate(({ shell }) => {
    process.env['OPENED'] = '[]';
    shell.openExternal = (address) => {
      const before = JSON.parse(process.env['OPENED'] ?? '[]') as string[];
      process.env['OPENED'] = JSON.stringify([...before, address]);
      return Promise.resolve();
    };
  });
  const ask = (name: string, argument: unknown): Promise<unknown> =>
    inPage(`ringside.request(${JSON.stringify(name)}, ${JSON.stringify(argument)})`);
  const opened = async (): Promise<readonly string[]> =>
    JSON.parse(
      (await stage.app.electron.evaluate(() => process.env['OPENED'])) ?? '[]',
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
    expect(await ask('settings:update', { screenPopUrl }), screenPopUrl).toEqual({
      ok: false,
      refused: ['screenPopUrl'],
    });
  }
  await ask('settings:update', { screenPopUrl: 'https://crm.example/find?who={name}&at={number}' });

  const { server } = stage;
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
  await stage.settled();
  for (const id of ids) {
    await ask('session:call-back', id);
    await ask('session:screen-pop', id);
  }
  await ask('session:open-in-browser', ids[0]);
  await ask('session:call-back', 'javascript:alert(1)');
  await ask('session:screen-pop', 'https://example.invalid/');

  const addresses = await opened();
  expect(addresses.filter((address) => address.startsWith('https:'))).toHaveLength(ids.length);
  for (const address of addresses) {
    expect(address).toMatch(
      /^(tel:\+?[\d*#]+|https:\/\/crm\.example\/find\?who=[\w.~%()!*'-]*&at=[\w.~%()!*'-]*)$/,
    );
  }
});
