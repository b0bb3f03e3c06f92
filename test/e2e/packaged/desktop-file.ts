import { readFile } from 'node:fs/promises';

/** A menu or autostart entry, as a desktop reads it. */
export interface DesktopFile {
  get(key: string): string | undefined;
  /** The command line without the placeholders for files and links. */
  getCommand(): readonly string[];
}

/** Reads a .desktop file. */
export async function readDesktopFile(file: string): Promise<DesktopFile> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  if (lines[0] !== '[Desktop Entry]') throw new Error(`${file} is not a .desktop file`);
  const entries = new Map(
    lines.flatMap((line): [string, string][] => {
      const index = line.indexOf('=');
      return index < 0 ? [] : [[line.slice(0, index), line.slice(index + 1)]];
    }),
  );
  return {
    get: (key) => entries.get(key),
    getCommand: () =>
      [...(entries.get('Exec') ?? '').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)]
        .map(([, quoted, plain]) => plain ?? quoted?.replace(/\\(.)/g, '$1') ?? '')
        .filter((argument) => !/^%[a-zA-Z]$/.test(argument)),
  };
}
