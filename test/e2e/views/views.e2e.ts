import { expect, test, type Page } from '@playwright/test';
import type { ElectronApp } from '../support/electron-app';
import { TestApp } from '../support/test-app';
import { findAxeViolations } from './axe';
import { createCalls, leaveVoicemails, takeScreenshot, VIEWS } from './views';

const LOOKS = [
  { theme: 'light', contrast: 'normal', language: 'en' },
  { theme: 'dark', contrast: 'normal', language: 'en' },
  { theme: 'light', contrast: 'high', language: 'en' },
  { theme: 'dark', contrast: 'high', language: 'en' },
  { theme: 'light', contrast: 'normal', language: 'de' },
  { theme: 'dark', contrast: 'normal', language: 'ar' },
  { theme: 'light', contrast: 'normal', language: 'ja' },
  { theme: 'light', contrast: 'forced', language: 'en' },
  { theme: 'dark', contrast: 'forced', language: 'en' },
] as const;

let testApp: TestApp;
let app: ElectronApp;
let page: Page;

test.beforeAll(async () => {
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true } });
  leaveVoicemails(testApp);
  app = await testApp.launchSignedIn({ args: [] });
  page = await app.mainPage();
  await createCalls(testApp);
});

test.afterAll(async () => {
  await testApp.close();
});

for (const { theme, contrast, language } of LOOKS) {
  const look = { normal: theme, high: `${theme}-contrast`, forced: `${theme}-forced` }[contrast];
  test(`every view fits${contrast === 'forced' ? '' : ' and passes axe'} in ${look} and ${language}`, async () => {
    // The system forces its colors, and says whether they are light or dark.
    const isForced = contrast === 'forced';
    await page.emulateMedia(
      isForced
        ? { forcedColors: 'active', colorScheme: theme }
        : { forcedColors: null, colorScheme: null },
    );
    await changeSettings(page, {
      theme: isForced ? 'system' : theme,
      contrast: isForced ? 'normal' : contrast,
      language,
      zoom: 100,
    });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
    for (const { name, open } of VIEWS) {
      await open(page);
      await expectToFit(page, name);
      await takeScreenshot(page, `${name}-${look}-${language}`);
      // Computed colors aren't the forced ones.
      if (isForced) continue;
      // Also checks what is scrolled out of view.
      await page.setViewportSize({ width: 384, height: 4000 });
      expect(await findAxeViolations(page), name).toEqual([]);
      await page.setViewportSize({ width: 384, height: 620 });
    }
  });
}

test('every view fits at 200% zoom', async () => {
  await changeSettings(page, { theme: 'light', contrast: 'normal', language: 'en', zoom: 200 });
  for (const { name, open } of VIEWS) {
    await open(page);
    await expectToFit(page, name);
    await takeScreenshot(page, `${name}-zoomed`);
  }
});

async function changeSettings(
  target: Page,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await target.evaluate(
    (changed) => window.ringside.request('settings:update', changed),
    settings,
  );
  expect(answer).toEqual({ ok: true });
}

/** Expects a view to be no wider than the window, once its transition has ended. */
async function expectToFit(target: Page, name: string): Promise<void> {
  const scrolled = await target.evaluate(() =>
    [...document.querySelectorAll('html, body, body *')]
      .filter(({ scrollTop }) => scrollTop > 0)
      .filter((element) => !/auto|scroll/.test(getComputedStyle(element).overflowY))
      .map((element) => element.outerHTML.slice(0, 160)),
  );
  expect(scrolled, `${name}: scrolled without a scrollbar`).toEqual([]);
  await expect.poll(() => findOverflow(target), { message: name }).toEqual([]);
  expect(await findTruncatedBarText(target), `${name}: truncated in the bar`).toEqual([]);
}

/** Finds truncated texts in the top bar. */
function findTruncatedBarText(target: Page): Promise<readonly string[]> {
  return target.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header *')]
      .filter((element) => element.textContent.trim() !== '')
      .filter((element) => getComputedStyle(element).overflowX !== 'visible')
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((element) => element.outerHTML.slice(0, 160)),
  );
}

/** Finds elements that are wider than the window. */
function findOverflow(target: Page): Promise<readonly string[]> {
  return target.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect();
        const isVisuallyHidden = element.closest('.visually-hidden, [aria-live]') !== null;
        return (
          own > 0 && !isVisuallyHidden && (left < -1 || right > width + 1) && isVisible(element)
        );
      })
      .map((element) => element.outerHTML.slice(0, 160));

    function isVisible(element: Element): boolean {
      return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    }
  });
}
