import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../src/shared/i18n');

/** The files of messages: what the window says, and what is said outside of it. */
export const FILES = ['desktop', 'window'] as const;
/** One of the files of messages. */
export type File = (typeof FILES)[number];

/** The languages that have messages, English apart. */
export const TRANSLATIONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'en')
  .map((entry) => entry.name);

/** The messages of a file by their full key: `tray.calls_one`. */
export function getMessages(language: string, file: File): Readonly<Record<string, string>> {
  const tree: unknown = JSON.parse(readFileSync(join(FOLDER, language, `${file}.json`), 'utf8'));
  return Object.fromEntries(leaves(tree, []));
}

function leaves(tree: unknown, path: readonly string[]): [string, string][] {
  if (typeof tree === 'string') return [[path.join('.'), tree]];
  if (typeof tree !== 'object' || tree === null)
    throw new TypeError(`${path.join('.')} is no text`);
  return Object.entries(tree).flatMap(([key, below]) => leaves(below, [...path, key]));
}

/** The forms of the plural that a language has. */
export function categories(language: string): readonly Intl.LDMLPluralRule[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories;
}

/** The key without its form of the plural: `tray.calls` of `tray.calls_one`. */
export function pluralBase(key: string, messages: Readonly<Record<string, string>>): string {
  const base = /^(.+)_(?:zero|one|two|few|many|other)$/.exec(key)?.[1];
  return base !== undefined && `${base}_other` in messages ? base : key;
}

/** The whole numbers below a thousand that take a form of the plural. */
export function getNumbers(language: string, form: string): readonly number[] {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 1_000 }, (_, count) => count).filter(
    (count) => rules.select(count) === form,
  );
}

/** The gaps of a message, with the way they are written: `count, number`. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, gap = '']) => gap).toSorted();
}
