import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { ElectronApp } from '../support/electron-app';
import { TestApp } from '../support/test-app';
import { findAxeViolations } from './axe';
import { createCalls, leaveVoicemails, NOTE, takeScreenshot, VIEWS } from './views';

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

for (const [language, width, height] of [
  ['en', 384, 620],
  ['de', 340, 420],
  ['ar', 340, 420],
] as const) {
  test(`every view can be read and operated at 200% zoom in ${language}`, async () => {
    await changeSettings(page, {
      ...{ theme: 'light', contrast: 'normal', language, zoom: 200 },
      screenPopUrl: 'https://crm.example.com/?phone={number}',
    });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await page.setViewportSize({ width, height });
    await setDoNotDisturb('1-hour');
    const words = await loadWords(language);
    for (const { name, open } of VIEWS) {
      await open(page);
      await expectToFit(page, name);
      await takeScreenshot(page, `${name}-zoomed-${language}`);
      expect(await findBrokenTexts(page, words), `${name}: broken texts`).toEqual([]);
      expect(await findUnreachable(page), `${name}: out of reach`).toEqual([]);
      await expectToFit(page, `${name}, scrolled`);
    }
    await setDoNotDisturb('off');
    await page.setViewportSize({ width: 384, height: 620 });
  });
}

test('shows the notes in details that are longer than the window', async () => {
  await changeSettings(page, { language: 'en', zoom: 100 });
  await VIEWS.find(({ name }) => name === 'details')?.open(page);
  const note = page.getByRole('main').getByText(NOTE, { exact: true });
  await expect.poll(async () => (await note.boundingBox())?.height).toBeGreaterThan(12);
});

async function setDoNotDisturb(choice: '1-hour' | 'off'): Promise<void> {
  await page.evaluate((chosen) => window.ringside.request('do-not-disturb:set', chosen), choice);
}

/** The words of the interface in a language. */
async function loadWords(language: string): Promise<readonly string[]> {
  const file = resolve(import.meta.dirname, `../../../src/shared/i18n/${language}/window.json`);
  return [...new Set((await readFile(file, 'utf8')).match(/[\p{L}\p{M}]{2,}/gu))];
}

/**
 * Finds words of the interface and phone numbers that continue on another line, labels that are wider
 * than their element, and notes that are taller than their field.
 */
function findBrokenTexts(target: Page, words: readonly string[]): Promise<readonly string[]> {
  return target.evaluate((known) => {
    const interfaceWords = new Set(known);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken: string[] = [];
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      if (/:\/\/|@/.test(text)) continue;
      if (!parent?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (parent.closest('.visually-hidden, [aria-live], [inert], option')) continue;
      for (const match of text.matchAll(/\+\d+[\s-][\d\s-]+\d|[\p{L}\p{M}]+/gu)) {
        const [part] = match;
        if (!part.startsWith('+') && !interfaceWords.has(part)) continue;
        range.setStart(node, match.index);
        range.setEnd(node, match.index + part.length);
        const lines = new Set(
          [...range.getClientRects()]
            .filter(({ width }) => width > 0)
            .map(({ top }) => Math.round(top / 8)),
        );
        if (lines.size > 1) broken.push(part);
      }
    }
    const labels = [
      ...document.querySelectorAll(':is(button, label, h1, h2, h3):not(.visually-hidden)'),
    ];
    const notes = [...document.querySelectorAll('textarea')];
    const cut = [
      ...labels.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1),
      ...notes.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1),
    ];
    return [...broken, ...cut.map((element) => element.outerHTML.slice(0, 160))];
  }, words);
}

/** Finds controls that can't be scrolled into view, or are covered then. */
function findUnreachable(target: Page): Promise<readonly string[]> {
  return target.evaluate(() => {
    const controls = 'a[href], button, input, select, textarea, [tabindex="0"]';
    const root = document.querySelector('dialog[open]') ?? document.body;
    return [...root.querySelectorAll<HTMLElement>(controls)]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => !control.matches(':disabled') && !control.closest('[inert]'))
      .filter((control) => {
        control.scrollIntoView({ block: 'center', inline: 'center' });
        const { left, top, width, height } = control.getBoundingClientRect();
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return !found || !(control.contains(found) || found.contains(control));
      })
      .map((control) => control.outerHTML.slice(0, 160));
  });
}

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
