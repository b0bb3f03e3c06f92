import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/settings/settings';
import {
  getPluralForms,
  FILES,
  getMessages,
  getNumbers,
  getPlaceholders,
  getBaseKey,
  TRANSLATIONS,
} from './messages';
import { getSources } from './sources';

/** Messages that can be the same as in English: product names and shared words. */
const SAME_IN_EVERY_LANGUAGE = ['Ringside', 'Ringside: {{status}}', 'Marimba', 'VIP'];
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Voicemail',
    'Agent',
    'Beta',
    'Live',
    'Name',
    'Normal',
    'Server',
    'Server: {{server}}',
    'Standard',
    'Updates',
    'Version {{version}}',
    'Zoom',
  ],
  fr: [
    'Actions',
    'Agent',
    'Contacts',
    'Diagnostics',
    'Messages',
    'Notes',
    'Stable',
    'Standard',
    'Version {{version}}',
    'Volume',
    'Zoom',
    '{{name}} (contact)',
  ],
  es: ['Beta', 'General', 'Normal', 'Roles: {{roles}}', 'Zoom'],
  'pt-BR': ['Beta', 'Normal', 'Volume', 'Zoom'],
  it: ['Account', 'Beta', 'Password', 'Server', 'Server: {{server}}', 'Volume', 'Zoom'],
  nl: [
    'Voicemail',
    'Account',
    'Accounts',
    'Compact',
    'Contrast',
    'Later',
    'Open',
    'open',
    'Recent',
    'Server',
    'Server: {{server}}',
    'Updates',
    'Volume',
    '{{name}} (contact)',
  ],
};

describe.each(FILES)('%s.json', (file) => {
  const english = getMessages('en', file);
  const bases = new Set(Object.keys(english).map((key) => getBaseKey(key, english)));

  test('has no unused message', () => {
    const { literals, patterns, words } = getSources(file);
    const isUsed = (key: string): boolean =>
      literals.has(key) ||
      patterns.some((pattern) => {
        const parts = pattern.exec(key)?.slice(1);
        return parts?.every((part) => words.has(part)) ?? false;
      });
    expect([...bases].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('has every message that the sources use', () => {
    const { usedKeys, usedPatterns } = getSources(file);
    expect([...usedKeys].filter((key) => !bases.has(key))).toEqual([]);
    const hasMatch = (pattern: RegExp): boolean => [...bases].some((key) => pattern.test(key));
    expect(usedPatterns.filter((pattern) => !hasMatch(pattern))).toEqual([]);
  });

  describe.each(TRANSLATIONS)('in %s', (language) => {
    const messages = getMessages(language, file);

    test('has exactly the English messages in every plural form', () => {
      const expected = Object.keys(english).flatMap((key) => {
        const base = getBaseKey(key, english);
        return base === key ? [key] : getPluralForms(language).map((form) => `${base}_${form}`);
      });
      expect(Object.keys(messages).toSorted()).toEqual([...new Set(expected)].toSorted());
    });

    test('has the same placeholders as English', () => {
      const wrong = Object.entries(messages).filter(([key, text]) => {
        const base = getBaseKey(key, messages);
        const englishPlaceholders = getPlaceholders(
          english[base] ?? english[`${base}_other`] ?? '',
        );
        // A plural form for a single number can spell it out: "One call".
        const form = base === key ? '' : key.slice(base.length + 1);
        const canSpellOut = getNumbers(language, form).length === 1;
        const own = getPlaceholders(text);
        const isMissing = (placeholder: string): boolean => !own.includes(placeholder);
        return (
          own.some((placeholder) => !englishPlaceholders.includes(placeholder)) ||
          englishPlaceholders.some(
            (placeholder) =>
              isMissing(placeholder) && !(canSpellOut && placeholder.startsWith('count')),
          )
        );
      });
      expect(wrong).toEqual([]);
    });

    test('has no empty message, straight quotes, three dots, or exclamation points', () => {
      const texts = Object.entries(messages);
      expect(texts.filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
      expect(texts.filter(([, text]) => /['"]|\.\.\.|[!！]/.test(text))).toEqual([]);
    });

    test('has no untranslated message except for the listed ones', () => {
      const allowed = [...SAME_IN_EVERY_LANGUAGE, ...(SAME_AS_ENGLISH[language] ?? [])];
      const untranslated = Object.entries(messages).filter(
        ([key, text]) =>
          english[key] === text && /\p{L}/u.test(text.replaceAll(/\{\{.*?\}\}/g, '')),
      );
      expect(untranslated.filter(([, text]) => !allowed.includes(text))).toEqual([]);
    });
  });
});

test('every language with messages can be selected', () => {
  expect(TRANSLATIONS.filter((tag) => !LANGUAGES.some((language) => language === tag))).toEqual([]);
});

test.each(Object.entries(SAME_AS_ENGLISH))(
  'every message listed as the same in %s and English still exists',
  (language, texts) => {
    const all = FILES.flatMap((file) => Object.values(getMessages(language, file)));
    expect(texts.filter((text) => !all.includes(text))).toEqual([]);
  },
);
