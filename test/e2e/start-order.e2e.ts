/** At login, everything starts at the same time, and nothing may block Ringside. */
import { expect, test } from '@playwright/test';
import { startKeyring, type Keyring } from './security/keyring';
import { closeWindow, getSignInForm } from './support/main-window';
import { ADA, GRACE, TestApp } from './support/test-app';
import { connectNetwork } from './support/wrapped-app';

let testApp: TestApp;
let keyring: Keyring | undefined;

test.beforeEach(async () => {
  testApp = await TestApp.create();
});

test.afterEach(async () => {
  await testApp.close();
  await keyring?.close();
  keyring = undefined;
});

/** Signs in with the form and quits, so that the next start has a password in the keyring. */
async function signInWithKeyring(): Promise<Keyring> {
  keyring = await startKeyring(testApp.busAddress);
  const { url, userName, password } = testApp.server;
  const app = await testApp.launch({ signedIn: false, args: [keyring.switch] });
  const page = await app.mainPage();
  const form = getSignInForm(page);
  await form.fillServer(url);
  await form.userName.fill(userName);
  await form.password.fill(password);
  await form.submit.click();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  await app.quit();
  await testApp.tray.waitForRemoval();
  return keyring;
}

test('with a locked keyring, polls with the cookies immediately and waits only for the password', async () => {
  const { server, daemon, tray } = testApp;
  const secrets = await signInWithKeyring();
  await secrets.lock();

  await testApp.launch({ signedIn: false, args: [secrets.switch, '--hidden'] });
  await tray.waitForTooltip(/no calls/i);
  server.ring(GRACE);
  await daemon.waitForOpen({ title: /^Grace Hopper is calling/ });

  server.revoke();
  await tray.waitForTooltip(/waiting for the password keyring/i);
  await tray.activate();
  const page = await testApp.app.mainPage();
  await expect(page.getByText(/keyring is locked/i)).toBeVisible();
  await closeWindow(testApp.app);

  await secrets.unlock();
  await tray.waitForTooltip(/^Ringing: Grace Hopper/);
});

test('with a late server and a late keyring, connects once both are available', async () => {
  const secrets = await signInWithKeyring();
  const { server, daemon, tray } = testApp;
  await secrets.stop();
  server.revoke();
  server.fault({ reset: true });
  await testApp.launch({ signedIn: false, args: [secrets.switch, '--hidden'] });
  await tray.waitForTooltip(/offline/i);
  server.clearFaults();
  await tray.waitForTooltip(/waiting for the password keyring/i);
  await secrets.start();
  await tray.waitForTooltip(/no calls/i);
  server.ring(ADA);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
});

test('without a network, shows the tray immediately, and polls as soon as there is one', async () => {
  const { server, daemon, tray } = testApp;
  const app = await testApp.launchOffline();
  await tray.waitForTooltip(/offline/i);
  server.ring(ADA);
  expect(server.requests).toEqual([]);
  await connectNetwork(app);
  await daemon.waitForOpen({ title: /^Ada Byron is calling/ });
});

test('without a session bus, polls and opens the window', async () => {
  const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
  const app = await testApp.launch({ args: [], env });
  testApp.server.ring(ADA);
  await expect((await app.mainPage()).getByText('Ada Byron').first()).toBeVisible();
});

test('with a locked keyring, a sign-in from the environment needs no keyring', async () => {
  const secrets = await signInWithKeyring();
  await secrets.lock();
  await testApp.launch({ args: [secrets.switch, '--hidden'] });
  testApp.server.ring(ADA);
  await testApp.daemon.waitForOpen({ title: /^Ada Byron is calling/ });
});
