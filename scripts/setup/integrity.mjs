import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './say.mjs';

/**
 * Refuses a file that is not, byte for byte, the pinned one.
 *
 * @param {string} file
 * @param {string} expected subresource integrity, e.g. `sha512-…`
 */
export async function verifyIntegrity(file, expected) {
  const [algorithm = ''] = expected.split('-', 1);
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const actual = `${algorithm}-${hash.digest('base64')}`;
  if (actual === expected) return;
  throw new SetupError(
    `The download is not what was pinned, so it is not used:\n  expected ${expected}\n` +
      `  received ${actual}\nRun the command again; if it stays so, distrust the registry in use.`,
  );
}
