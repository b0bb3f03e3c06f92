import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyIntegrity } from '../../scripts/setup/integrity.mjs';

describe('a download', () => {
  const content = 'an Electron, say';
  const pinned = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-integrity-'));
    file = join(folder, 'download');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is accepted when it is what was pinned', async () => {
    await writeFile(file, content);
    await expect(verifyIntegrity(file, pinned)).resolves.toBeUndefined();
  });

  it('is refused when one byte differs', async () => {
    await writeFile(file, content.replace('say', 'sax'));
    await expect(verifyIntegrity(file, pinned)).rejects.toThrow('not what was pinned');
  });
});
