import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageFile } from './messages';

const SRC = join(import.meta.dirname, '../../src');
/** The source folder that uses each message file. */
const SOURCE_FOLDER: Readonly<Record<MessageFile, string>> = {
  desktop: 'main',
  window: 'renderer',
};

const LITERAL = /'([A-Za-z][\w-]*(?:\.[\w-]+)+)'/g;
const TEMPLATE = /`([A-Za-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g;
/** A call of `t` or `say` up to the end of its first argument. */
const TRANSLATE_CALL = /\b(?:t|say)\(([^),{$]*(?:\$\{[^}]*\}[^),{$]*)*)/g;
/** A string or a property name, which can be part of a composed key. */
const WORD = /'([\w-]+)'|\b([\w-]+)\??:/g;

/** The message keys in the source code. */
export interface Sources {
  /** Complete keys. */
  readonly literals: ReadonlySet<string>;
  /** Composed keys such as `phase.${kind}`, with a group for each placeholder. */
  readonly patterns: readonly RegExp[];
  /** Strings and property names. */
  readonly words: ReadonlySet<string>;
  /** Keys in calls of `t` and `say`. */
  readonly usedKeys: ReadonlySet<string>;
  readonly usedPatterns: readonly RegExp[];
}

/** Finds the keys of a message file in the source code. */
export function getSources(file: MessageFile): Sources {
  const source = readFolder(SOURCE_FOLDER[file]);
  const calls = [...source.matchAll(TRANSLATE_CALL)].map(([, first = '']) => first).join('\n');
  const all = readFolder('.');
  return {
    literals: new Set(findAll(source, LITERAL)),
    patterns: findAll(source, TEMPLATE).map(toPattern),
    words: new Set(findAll(all, WORD)),
    usedKeys: new Set(findAll(calls, LITERAL)),
    usedPatterns: findAll(calls, TEMPLATE).map(toPattern),
  };
}

function readFolder(folder: string): string {
  const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:ts|svelte)$/.test(file),
  );
  return files.map((file) => readFileSync(join(SRC, folder, file), 'utf8')).join('\n');
}

function findAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? '');
}

function toPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('([\\w-]+)')}$`);
}
