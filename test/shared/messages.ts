import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../src/shared/i18n');

/** The message files: `desktop` for the tray and notifications, `window` for the window. */
export const FILES = ['desktop', 'window'] as const;
/** A message file without its extension. */
export type MessageFile = (typeof FILES)[number];

/** The languages with messages, except for English. */
export const TRANSLATIONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'en')
  .map((entry) => entry.name);

/** Returns the messages of a file by their full keys, such as `tray.calls_one`. */
export function getMessages(language: string, file: MessageFile): Readonly<Record<string, string>> {
  const tree: unknown = JSON.parse(readFileSync(join(FOLDER, language, `${file}.json`), 'utf8'));
  return Object.fromEntries(flatten(tree, []));
}

function flatten(tree: unknown, path: readonly string[]): [string, string][] {
  if (typeof tree === 'string') return [[path.join('.'), tree]];
  if (typeof tree !== 'object' || tree === null)
    throw new TypeError(`${path.join('.')} is not a string`);
  return Object.entries(tree).flatMap(([key, value]) => flatten(value, [...path, key]));
}

/** Returns the plural forms of a language. */
export function getPluralForms(language: string): readonly Intl.LDMLPluralRule[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}

/** Returns a key without its plural form: `tray.calls` for `tray.calls_one`. */
export function getBaseKey(key: string, messages: Readonly<Record<string, string>>): string {
  const base = /^(.+)_(?:zero|one|two|few|many|other)$/.exec(key)?.[1];
  return base !== undefined && `${base}_other` in messages ? base : key;
}

/** Returns the integers below 1,000 that use a plural form. */
export function getNumbers(language: string, form: string): readonly number[] {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 1_000 }, (_, count) => count).filter(
    (count) => rules.select(count) === form,
  );
}

/** Returns the placeholders of a message with their formats, such as `count, number`. */
export function getPlaceholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, placeholder = '']) => placeholder).toSorted();
}
