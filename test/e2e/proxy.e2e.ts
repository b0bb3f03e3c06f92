import { expect, test } from '@playwright/test';
import { startLoggingProxy } from './support/logging-proxy';
import { TestApp } from './support/test-app';

const CREDENTIALS = 'maya:a@b';
/** Never contacted: the proxy refuses the tunnel to it. */
const SECURE_SERVER = 'https://phone.example';

let testApp: TestApp;
let proxy: Awaited<ReturnType<typeof startLoggingProxy>>;

test.beforeEach(async () => {
  testApp = await TestApp.create();
  proxy = await startLoggingProxy(CREDENTIALS);
});

test.afterEach(async () => {
  await testApp.close();
  await proxy.close();
});

test('signs in to a proxy with the credentials in the environment', async () => {
  const { server, tray } = testApp;
  const https_proxy = `http://maya:a%40b@127.0.0.1:${proxy.port}`;
  await testApp.launch({ args: [...proxy.switches, '--hidden'], env: { https_proxy } });
  await tray.waitForTooltip(/no calls/i);
  expect([...proxy.hosts.keys()]).toEqual([new URL(server.url).host]);
});

test('reports that the proxy requires a password, even for a tunnel', async () => {
  const app = await testApp.launch({
    args: [...proxy.switches],
    env: { RINGSIDE_SERVER: SECURE_SERVER, https_proxy: 'http://maya:x@other.example:8080' },
  });
  const page = await app.mainPage();
  await expect(page.getByText(/proxy requires a username and password/i)).toBeVisible();
  expect(proxy.hosts.size).toBe(0);
});

test('asks the proxy script of the system which proxy to use', async () => {
  const script = `function FindProxyForURL(url, host) {
    return host === 'phone.example' ? 'PROXY 127.0.0.1:${proxy.port}' : 'DIRECT';
  }`;
  const address = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`;
  await testApp.launch({
    args: [`--proxy-pac-url=${address}`, '--hidden'],
    env: {
      RINGSIDE_SERVER: SECURE_SERVER,
      https_proxy: `http://maya:a%40b@127.0.0.1:${proxy.port}`,
    },
  });
  await expect.poll(() => [...proxy.hosts.keys()]).toContain('phone.example:443');
});
