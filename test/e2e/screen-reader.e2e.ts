import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { ADA, GRACE, TestApp } from './support/test-app';
import { closeWindow, openFromTray } from './support/main-window';

/** What a screen reader says during the session, apart from times of day: what gets the focus, and what is announced. */
const EXPECTED = {
  en: [
    'button: Ringing Incoming call for less than a minute Grace Hopper for Bright Dental +1 202-555-0147 Northside Group Called +1 202-555-0110 Front desk You with Grace Hopper, Caller, Ringing; You, Agent, Ringing',
    'Ada Byron is calling Harbor Legal.',
    'Maya Kent answered the call from Ada Byron.',
    'Ada Byron is on hold.',
    'heading: Grace Hopper',
    'button: Ringing Incoming call for less than a minute Grace Hopper for Bright Dental +1 202-555-0147 Northside Group Called +1 202-555-0110 Front desk You with Grace Hopper, Caller, Ringing; You, Agent, Ringing',
    'Missed call from Grace Hopper.',
    'tab: Recent, 1 to call back',
    'button: Call back Grace Hopper',
    'button: Do Not Disturb',
    'menuitem: For 30 minutes (until 0:00)',
    'button: Do Not Disturb until 0:00',
    'Offline. Ringside shows the last known calls.',
    'Back online.',
  ],
  de: [
    'button: Klingelt Eingehender Anruf seit weniger als einer Minute Grace Hopper für Bright Dental +1 202-555-0147 Northside Group Angerufene Nummer: +1 202-555-0110 Front desk Sie mit Grace Hopper, Anrufer, Klingelt; Sie, Agent, Klingelt',
    'Ada Byron ruft Harbor Legal an.',
    'Maya Kent hat den Anruf von Ada Byron angenommen.',
    'Ada Byron wird gehalten.',
    'heading: Grace Hopper',
    'button: Klingelt Eingehender Anruf seit weniger als einer Minute Grace Hopper für Bright Dental +1 202-555-0147 Northside Group Angerufene Nummer: +1 202-555-0110 Front desk Sie mit Grace Hopper, Anrufer, Klingelt; Sie, Agent, Klingelt',
    'Verpasster Anruf von Grace Hopper.',
    'tab: Verlauf, 1 Rückruf offen',
    'button: Grace Hopper zurückrufen',
    'button: Nicht stören',
    'menuitem: Für 30 Minuten (bis 0:00)',
    'button: Nicht stören bis 0:00',
    'Offline. Ringside zeigt die zuletzt bekannten Anrufe.',
    'Wieder online.',
  ],
} as const;

let testApp: TestApp;
let page: Page;
let accessibility: CDPSession;

test.beforeEach(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  const app = await testApp.launchSignedIn({ args: [] });
  page = await app.mainPage();
  accessibility = await page.context().newCDPSession(page);
  await accessibility.send('Accessibility.enable');
  await recordLiveRegions();
});

test.afterEach(async () => {
  await testApp.close();
});

for (const language of ['en', 'de'] as const) {
  test(`can be used with a screen reader in ${language}`, async () => {
    const { server, app } = testApp;
    await page.evaluate((changed) => window.ringside.request('settings:update', changed), {
      language,
    });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await closeWindow(app);
    const grace = server.ring(GRACE);
    await testApp.settle();
    await openFromTray(testApp);
    await page.getByRole('tab').first().click();
    await page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await hear();
    const said: string[] = [];
    const focus = async (action: () => Promise<unknown>): Promise<void> => {
      const before = await getFocused();
      await action();
      await expect.poll(getFocused).not.toBe(before);
      said.push(await getFocused());
    };
    const listen = async (action: () => unknown): Promise<void> => {
      await action();
      await expect
        .poll(async () => {
          const heard = await hear();
          said.push(...heard);
          return heard.length;
        })
        .toBe(1);
    };
    const press = (key: string) => () => page.keyboard.press(key);

    // Playwright keeps pages focused, so the event of a window that is opened is missing.
    await focus(() => page.evaluate(() => dispatchEvent(new Event('focus'))));
    let ada = '';
    await listen(() => (ada = server.ring(ADA)));
    await listen(() => server.answer(ada, { by: 'Maya Kent' }));
    await listen(() => server.hold(ada));
    await focus(press('Enter'));
    await focus(press('Escape'));
    await listen(() => server.miss(grace));
    await page.getByRole('tab').first().focus();
    await focus(press('ArrowRight'));
    await page.getByRole('radio').nth(1).click();
    const callBack = page.getByRole('button', {
      name: language === 'en' ? 'Call back Grace Hopper' : 'Grace Hopper zurückrufen',
    });
    await focus(() => callBack.first().focus());
    await focus(() => page.getByRole('toolbar').locator('[aria-haspopup="menu"]').focus());
    await focus(press('Enter'));
    await focus(press('Enter'));
    for (const path of ['/sessions/my', '/sessions/active']) server.fault({ path, reset: true });
    await listen(() => undefined);
    server.clearFaults();
    await listen(() => page.evaluate(() => window.ringside.request('poll:now')));
    await page.evaluate(() => window.ringside.request('do-not-disturb:set', 'off'));
    expect(said).toEqual(EXPECTED[language]);
  });
}

/** The role and the name of what has the focus, as Chromium tells assistive technology. */
async function getFocused(): Promise<string> {
  const { nodes } = await accessibility.send('Accessibility.getFullAXTree');
  const focused = nodes.findLast(({ properties = [] }) =>
    properties.some(({ name, value }) => name === 'focused' && value.value === true),
  );
  const name = String(focused?.name?.value ?? '');
  return `${String(focused?.role?.value)}: ${name.replaceAll(/\d{1,2}:\d{2}(\s[AP]M)?/g, '0:00')}`;
}

/** Records the texts that appear in live regions. */
async function recordLiveRegions(): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const observer = new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        if (!element?.closest('[aria-live="polite"], [role="status"], [role="alert"]')) continue;
        for (const node of addedNodes) heard.push(node.textContent?.trim() ?? '');
      }
    });
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

/** Returns what live regions said since the last call. */
function hear(): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { heard } = window as unknown as { heard: string[] };
    return heard.splice(0).filter((text) => text !== '');
  });
}
