import { expect, test, type Page } from '@playwright/test';
import type { Application } from '../application';
import { Stage } from '../stage';
import { faultsOfPage } from './axe';
import { fillTheDay, picture, VIEWS } from './gallery';

const LOOKS = [
  { theme: 'light', contrast: 'normal', language: 'en' },
  { theme: 'dark', contrast: 'normal', language: 'en' },
  { theme: 'light', contrast: 'high', language: 'en' },
  { theme: 'dark', contrast: 'high', language: 'en' },
  { theme: 'light', contrast: 'normal', language: 'de' },
  { theme: 'dark', contrast: 'normal', language: 'ar' },
  { theme: 'light', contrast: 'normal', language: 'ja' },
] as const;

let stage: Stage;
let app: Application;
let page: Page;

test.beforeAll(async () => {
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true } });
  app = await stage.startSignedIn({ args: [] });
  page = await app.window();
  await fillTheDay(stage);
});

test.afterAll(async () => {
  await stage.strike();
});

for (const { theme, contrast, language } of LOOKS) {
  const look = contrast === 'high' ? `${theme}-contrast` : theme;
  test(`every view stands in ${look}, in ${language}: axe finds nothing, nothing sticks out`, async () => {
    await change(page, { theme, contrast, language, zoom: 100 });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
    for (const { name, go } of VIEWS) {
      await go(page);
      await fits(page, name);
      await looksAsEver(page, `${name}-${look}-${language}`);
      expect(await faultsOfPage(page), name).toEqual([]);
    }
  });
}

test('at 200 % everything is still there, and nothing sticks out', async () => {
  await change(page, { theme: 'light', contrast: 'normal', language: 'en', zoom: 200 });
  for (const { name, go } of VIEWS) {
    await go(page);
    await fits(page, name);
    await looksAsEver(page, `${name}-zoomed`);
  }
});

/** Changes settings as the settings view does. */
async function change(target: Page, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await target.evaluate(
    (changed) => window.ringside.request('settings:change', changed),
    settings,
  );
  expect(answer).toEqual({ ok: true });
}

/**
 * Expects a view to look as it did when somebody last looked at its picture. Clocks, dates and fonts
 * differ from machine to machine; what is missing, bare or in the wrong place differs far more.
 */
async function looksAsEver(target: Page, name: string): Promise<void> {
  const taken = await picture(target, name);
  // The pictures were taken on Linux; each platform has its own font and controls.
  if (process.platform !== 'linux') return;
  expect(taken).toMatchSnapshot(`${name}.png`, { maxDiffPixelRatio: 0.15, threshold: 0.3 });
}

/** Expects a view to be no wider than the window once it has slid into its place. */
async function fits(target: Page, name: string): Promise<void> {
  const strayed = await target.evaluate(() =>
    [...document.querySelectorAll('html, body, body *')]
      .filter(({ scrollTop }) => scrollTop > 0)
      .filter((element) => !/auto|scroll/.test(getComputedStyle(element).overflowY))
      .map((element) => element.outerHTML.slice(0, 160)),
  );
  expect(strayed, `${name}: scrolled where nobody can scroll it back`).toEqual([]);
  await expect.poll(() => sticksOut(target), { message: name }).toEqual([]);
  expect(await cutOffInBar(target), `${name}: cut off in the bar`).toEqual([]);
}

/** Words of the bar of which only a part can be seen: they are few, and have no other place. */
function cutOffInBar(target: Page): Promise<readonly string[]> {
  return target.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header *')]
      .filter((element) => element.textContent.trim() !== '')
      .filter((element) => getComputedStyle(element).overflowX !== 'visible')
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((element) => element.outerHTML.slice(0, 160)),
  );
}

/** What is wider than the window, where nothing may be scrolled sideways. */
function sticksOut(target: Page): Promise<readonly string[]> {
  return target.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect();
        const spoken = element.closest('.visually-hidden, [aria-live]') !== null;
        return own > 0 && !spoken && (left < -1 || right > width + 1) && isShown(element);
      })
      .map((element) => element.outerHTML.slice(0, 160));

    function isShown(element: Element): boolean {
      return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    }
  });
}
