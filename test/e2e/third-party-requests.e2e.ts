/** Checks what Ringside and Chromium request, with a logging proxy and Chromium's network log. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { advanceClock } from './support/clock';
import { startLoggingProxy } from './support/logging-proxy';
import { closeWindow, signIn } from './support/main-window';
import { TestApp } from './support/test-app';
import { createCalls, leaveVoicemails, VIEWS } from './views/views';

const HOUR_MS = 60 * 60_000;

test('contacts only the configured server during a start, all views, a day, and a restart', async () => {
  test.setTimeout(120_000);
  const testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  const proxy = await startLoggingProxy();
  const folder = await mkdtemp(join(tmpdir(), 'ringside-net-'));
  try {
    const { server } = testApp;
    const logs = ['first', 'second'].map((name) => join(folder, `${name}.json`));
    const [first = '', second = ''] = logs.map((path) => `--log-net-log=${path}`);
    leaveVoicemails(testApp);
    // Spelling dictionaries depend on the language.
    const env = { LANGUAGE: 'de:en', LANG: 'de_DE.UTF-8' };
    const app = await testApp.launch({ signedIn: false, args: [...proxy.switches, first], env });
    const page = await app.mainPage();
    await page.evaluate(() => window.ringside.request('settings:update', { language: 'en' }));
    await signIn(page, server);
    await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
    await createCalls(testApp);
    for (const { open } of VIEWS) await open(page);
    for (let hour = 0; hour < 24; hour += 1) {
      await advanceClock(app, HOUR_MS);
      await testApp.waitForPoll();
    }
    await closeWindow(app);
    await testApp.settle();
    await app.quit();
    await testApp.launchSignedIn({
      signedIn: false,
      args: [...proxy.switches, second, '--hidden'],
      env,
    });
    await testApp.app.quit();

    expect([...proxy.hosts.keys()]).toEqual([new URL(server.url).host]);
    // The log also has requests that bypass proxies or whose host is unknown.
    for (const path of logs) expect(await readContactedHosts(path)).toEqual(['127.0.0.1']);
  } finally {
    await testApp.close();
    await proxy.close();
    await rm(folder, { recursive: true });
  }
});

/** Returns the hosts of requests, connections, and DNS lookups in Chromium's network log. */
async function readContactedHosts(path: string): Promise<readonly string[]> {
  const log = await readFile(path, 'utf8');
  const urls = [...log.matchAll(/"(?:url|host|origin)":"((?:https?|wss?):[^"]+)"/g)];
  const names = [...log.matchAll(/"host(?:_port)?":"([^"/]+)"/g)];
  const hosts = [
    ...urls.map(([, url = '']) => new URL(url).hostname),
    ...names.map(([, name = '']) => name.replace(/:\d+$/, '')),
  ];
  return [...new Set(hosts)].sort();
}
