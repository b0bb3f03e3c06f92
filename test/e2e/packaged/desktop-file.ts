import { readFile } from 'node:fs/promises';

/** An entry of a menu or of the autostart folder, as a desktop reads it. */
export interface DesktopFile {
  get(key: string): string | undefined;
  /** What a click on it runs, without the place for files and links. */
  command(): readonly string[];
}

/** Reads a desktop file. */
export async function readEntry(file: string): Promise<DesktopFile> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  if (lines[0] !== '[Desktop Entry]') throw new Error(`${file} is no desktop file`);
  const keys = new Map(
    lines.flatMap((line): [string, string][] => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
  return {
    get: (key) => keys.get(key),
    command: () =>
      [...(keys.get('Exec') ?? '').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)]
        .map(([, quoted, plain]) => plain ?? quoted?.replace(/\\(.)/g, '$1') ?? '')
        .filter((argument) => !/^%[a-zA-Z]$/.test(argument)),
  };
}
