import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Lists the files in a folder that contain a text in UTF-8 or UTF-16. */
export async function findFilesContaining(
  folder: string,
  text: string,
): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const matches = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        // The app may remove a file while the folder is read.
        const bytes = await readFile(file).catch(() => Buffer.alloc(0));
        return needles.some((needle) => bytes.includes(needle)) ? [file] : [];
      }),
  );
  return matches.flat();
}
