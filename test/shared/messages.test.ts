import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/settings/settings';
import {
  categories,
  FILES,
  getMessages,
  getNumbers,
  placeholders,
  pluralBase,
  TRANSLATIONS,
} from './messages';
import { getSources } from './sources';

/** What a language may say just as English does: names, and words that both of them have. */
const SAME_EVERYWHERE = ['Ringside', 'Marimba'];
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Agent',
    'Beta',
    'Live',
    'Name',
    'Server',
    'Standard',
    'Updates',
    'Version {{version}}',
    'Zoom',
  ],
  fr: [
    'Actions',
    'Agent',
    'Diagnostics',
    'Stable',
    'Standard',
    'Version {{version}}',
    'Volume',
    'Zoom',
  ],
  es: ['Beta', 'General', 'Roles: {{roles}}', 'Zoom'],
  'pt-BR': ['Beta', 'Volume', 'Zoom'],
  it: ['Account', 'Beta', 'Password', 'Server', 'Volume', 'Zoom'],
  nl: [
    'Account',
    'Accounts',
    'Compact',
    'Contrast',
    'Later',
    'Open',
    'open',
    'Recent',
    'Server',
    'Updates',
    'Volume',
  ],
};

describe.each(FILES)('the messages of the %s', (file) => {
  const english = getMessages('en', file);
  const bases = new Set(Object.keys(english).map((key) => pluralBase(key, english)));

  test('are said somewhere, every one', () => {
    const { literals, patterns, words } = getSources(file);
    const isUsed = (key: string): boolean =>
      literals.has(key) ||
      patterns.some((pattern) => {
        const holes = pattern.exec(key)?.slice(1);
        return holes?.every((hole) => words.has(hole)) ?? false;
      });
    expect([...bases].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('are there, every one that is said', () => {
    const { said, saidPatterns } = getSources(file);
    expect([...said].filter((key) => !bases.has(key))).toEqual([]);
    const meant = (pattern: RegExp): boolean => [...bases].some((key) => pattern.test(key));
    expect(saidPatterns.filter((pattern) => !meant(pattern))).toEqual([]);
  });

  describe.each(TRANSLATIONS)('in %s', (language) => {
    const messages = getMessages(language, file);

    test('are all there, in every form of the plural, and no more', () => {
      const wanted = Object.keys(english).flatMap((key) => {
        const base = pluralBase(key, english);
        return base === key ? [key] : categories(language).map((form) => `${base}_${form}`);
      });
      expect(Object.keys(messages).toSorted()).toEqual([...new Set(wanted)].toSorted());
    });

    test('have the gaps that the English ones have', () => {
      const wrong = Object.entries(messages).filter(([key, text]) => {
        const base = pluralBase(key, messages);
        const model = placeholders(english[base] ?? english[`${base}_other`] ?? '');
        // "One call", "two calls": a form that means one number may say it in words.
        const form = base === key ? '' : key.slice(base.length + 1);
        const inWords = getNumbers(language, form).length === 1;
        const gaps = placeholders(text);
        const isLeft = (gap: string): boolean => !gaps.includes(gap);
        return (
          gaps.some((gap) => !model.includes(gap)) ||
          model.some((gap) => isLeft(gap) && !(inWords && gap.startsWith('count')))
        );
      });
      expect(wrong).toEqual([]);
    });

    test('say something, and it is set as type is', () => {
      const texts = Object.entries(messages);
      expect(texts.filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
      expect(texts.filter(([, text]) => /['"]|\.\.\.|[!！]/.test(text))).toEqual([]);
    });

    test('are not English, but for what both languages say alike', () => {
      const alike = [...SAME_EVERYWHERE, ...(SAME[language] ?? [])];
      const left = Object.entries(messages).filter(
        ([key, text]) =>
          english[key] === text && /\p{L}/u.test(text.replaceAll(/\{\{.*?\}\}/g, '')),
      );
      expect(left.filter(([, text]) => !alike.includes(text))).toEqual([]);
    });
  });
});

test('every language with messages can be selected', () => {
  expect(TRANSLATIONS.filter((tag) => !LANGUAGES.some((language) => language === tag))).toEqual([]);
});

test.each(Object.entries(SAME))(
  'what %s has in common with English is still said',
  (language, texts) => {
    const all = FILES.flatMap((file) => Object.values(getMessages(language, file)));
    expect(texts.filter((text) => !all.includes(text))).toEqual([]);
  },
);
