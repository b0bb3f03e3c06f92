import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { File } from './messages';

const SRC = join(import.meta.dirname, '../../src');
/** Which part of the sources says the messages of a file. */
const SPEAKER: Readonly<Record<File, string>> = { desktop: 'main', window: 'renderer' };

const LITERAL = /'([A-Za-z][\w-]*(?:\.[\w-]+)+)'/g;
const TEMPLATE = /`([A-Za-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g;
/** A call that says a message, up to the end of its first argument. */
const SAYING = /\b(?:t|say)\(([^),{$]*(?:\$\{[^}]*\}[^),{$]*)*)/g;
/** A text, or a name of a property: what can come to stand in the gap of a key. */
const WORD = /'([\w-]+)'|\b([\w-]+)\??:/g;

/** How sources name messages. */
export interface Sources {
  /** Keys that stand in the sources as they are. */
  readonly literals: ReadonlySet<string>;
  /** Keys put together: `phase.${kind}`, with a group for each gap. */
  readonly patterns: readonly RegExp[];
  /** Texts and names of properties. */
  readonly words: ReadonlySet<string>;
  /** The keys that calls of `t` and `say` are given, and those they put together. */
  readonly said: ReadonlySet<string>;
  readonly saidPatterns: readonly RegExp[];
}

/** What the sources that say the messages of a file name. */
export function getSources(file: File): Sources {
  const speaker = read(SPEAKER[file]);
  const sayings = [...speaker.matchAll(SAYING)].map(([, first = '']) => first).join('\n');
  const all = read('.');
  return {
    literals: new Set(found(speaker, LITERAL)),
    patterns: found(speaker, TEMPLATE).map(pattern),
    words: new Set(found(all, WORD)),
    said: new Set(found(sayings, LITERAL)),
    saidPatterns: found(sayings, TEMPLATE).map(pattern),
  };
}

function read(folder: string): string {
  const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:ts|svelte)$/.test(file),
  );
  return files.map((file) => readFileSync(join(SRC, folder, file), 'utf8')).join('\n');
}

function found(text: string, what: RegExp): string[] {
  return [...text.matchAll(what)].map(([, first, second]) => first ?? second ?? '');
}

function pattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('([\\w-]+)')}$`);
}
