import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bounded, type Figure } from '../desk/figure';

const OUT = resolve(import.meta.dirname, '../../../out');
/** What only `--demo` loads: the embedded stand-in, which is no part of main. */
const STAND_IN = /(?:^|\/)(?:demo-server|server-[\w-]+)\.js$/;
/** The messages of a language. */
const MESSAGES = /(?:^|\/)(?:window|desktop)-[\w-]+\.js$/;

/** Kilobytes (1,000 bytes) of what ships, before compression. */
export async function sizes(): Promise<readonly Figure[]> {
  const main = await scripts('main');
  const renderer = await scripts('renderer');
  const sum = (files: readonly File[]): number[] => [
    files.reduce((bytes, file) => bytes + file.bytes, 0) / 1_000,
  ];
  const without = (files: readonly File[], pattern: RegExp): readonly File[] =>
    files.filter(({ path }) => !pattern.test(path));
  const [mine, theirs] = [without(without(main, MESSAGES), STAND_IN), without(renderer, MESSAGES)];
  return [
    bounded({ what: 'main, without messages', unit: 'KB', values: sum(mine) }, 250),
    bounded({
      what: 'the embedded stand-in, for --demo alone',
      unit: 'KB',
      values: sum(main.filter(({ path }) => STAND_IN.test(path))),
    }),
    bounded({ what: 'preload', unit: 'KB', values: sum(await scripts('preload')) }, 5),
    bounded({ what: 'renderer, without messages', unit: 'KB', values: sum(theirs) }, 250),
  ];
}

interface File {
  readonly path: string;
  readonly bytes: number;
}

async function scripts(part: string): Promise<readonly File[]> {
  const names = await readdir(join(OUT, part), { recursive: true });
  const files = names.filter((name) => /\.(?:c?js|css)$/.test(name));
  return Promise.all(
    files.map(async (path) => ({ path, bytes: (await stat(join(OUT, part, path))).size })),
  );
}
