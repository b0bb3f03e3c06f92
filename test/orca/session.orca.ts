/** What Orca says during a session in Ringside with real keys, apart from times. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { VirtualScreen } from '../e2e/packaged/virtual-screen';
import { ADA, ALAN, GRACE, TestApp } from '../e2e/support/test-app';
import { EXPECTED_SPEECH } from './expected-speech';
import { Orca } from './orca';

for (const language of ['en', 'de'] as const) {
  test(`a session with Orca in ${language}`, async () => {
    const testApp = await TestApp.create({ settings: { pollSeconds: 1, language } });
    const screen = await VirtualScreen.start();
    const orca = await Orca.start(screen.display, testApp.busAddress);
    try {
      expect(await runSession(testApp, screen, orca)).toEqual(EXPECTED_SPEECH[language]);
    } finally {
      await orca.close();
      await screen.close();
      await testApp.close();
    }
  });
}

/** Returns what was heard after each step. */
async function runSession(
  testApp: TestApp,
  screen: VirtualScreen,
  orca: Orca,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { server, tray } = testApp;
  const heard: Record<string, readonly string[]> = {};
  const listen = async (step: string, action: () => unknown): Promise<void> => {
    await action();
    heard[step] = (await orca.hearAll()).map(withoutTimes);
  };
  const press = (step: string, ...keys: readonly string[]): Promise<void> =>
    listen(step, () => screen.press(...keys));

  await testApp.launchSignedIn({
    debuggable: false,
    env: { ...orca.appEnv, DISPLAY: screen.display },
  });
  const grace = server.ring(GRACE);
  await tray.waitForTooltip(/Grace Hopper/);
  await listen('open the window', () => tray.activate());
  let ada = '';
  await listen('Ada calls', () => (ada = server.ring(ADA)));
  await listen('Maya answers', () => server.answer(ada, { by: 'Maya Kent' }));
  await listen('Ada is held', () => server.hold(ada));
  await press('open the details', 'Return');
  await press('go back', 'Escape');
  await listen('Grace hangs up', () => server.miss(grace));
  await press('open the keyboard shortcuts', 'question');
  let alan = '';
  await listen('Alan calls', () => (alan = server.ring(ALAN)));
  await press('close the keyboard shortcuts', 'Escape');
  await listen('the user answers', () => server.answer(alan));
  await press('go to the action of the row', 'Tab');
  await press('go to the tabs', 'Tab');
  await press('show Recent', 'Right');
  await press('go to the last button', 'shift+Tab');
  await press('go to the button before', 'shift+Tab');
  await press('show the calls', 'ctrl+1');
  await press('go to the toolbar', 'shift+Tab');
  await press('go to Do Not Disturb', 'Right');
  await press('open the menu', 'Return');
  await press('choose', 'Return');
  await listen('the server goes away', () => {
    for (const path of ['/sessions/my', '/sessions/active']) server.fault({ path, reset: true });
  });
  await listen('the server comes back', () => {
    server.clearFaults();
  });
  await screen.press('Escape');
  // A click right after hiding counts as the click that hid the window.
  await delay(1_000);
  await listen('open the window again', () => tray.activate());
  return heard;
}

function withoutTimes(text: string): string {
  return text.replaceAll(/\d{1,2}:\d{2}(\s[AP]M)?/g, '0:00').replaceAll(/\d+ (s|Sek\.)/g, '0 $1');
}
