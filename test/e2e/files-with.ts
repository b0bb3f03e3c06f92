import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder that hold a text as it is, in one of the usual encodings. */
export async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const holding = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        // What the app removes meanwhile holds nothing any more.
        const bytes = await readFile(file).catch(() => Buffer.alloc(0));
        return forms.some((form) => bytes.includes(form)) ? [file] : [];
      }),
  );
  return holding.flat();
}
