import { open } from 'node:fs/promises';

/** Marks the place in Electron's binary where the fuses follow. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const wireVersion = 1;
const on = 0x31;
const off = 0x30;
const removed = 0x72;
const window = 1024 * 1024;

/** The fuses of wire version 1, in the order of the wire. */
const fuses = /** @type {const} */ ([
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
]);

/** @typedef {(typeof fuses)[number]} Fuse */

/**
 * Turns fuses on or off in an Electron binary, in place.
 *
 * @param {string} binary
 * @param {Partial<Record<Fuse, boolean>>} wanted
 */
export async function setFuses(binary, wanted) {
  const file = await open(binary, 'r+');
  try {
    const wire = await findWire(file);
    for (const [fuse, value] of Object.entries(wanted)) {
      const place = fuses.indexOf(/** @type {Fuse} */ (fuse));
      if (place < 0 || place >= wire.states.length || wire.states[place] === removed) {
        throw new Error(`this Electron has no fuse ${fuse}`);
      }
      await file.write(Buffer.of(value ? on : off), 0, 1, wire.start + place);
    }
  } finally {
    await file.close();
  }
}

/**
 * Finds the fuses, reading the binary piece by piece.
 *
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<{ start: number, states: Buffer }>} `start` in bytes from the file's beginning
 */
async function findWire(file) {
  const { size } = await file.stat();
  const chunk = Buffer.alloc(window);
  for (let at = 0; at < size; at += window - sentinel.length) {
    const { bytesRead } = await file.read(chunk, 0, window, at);
    const found = chunk.subarray(0, bytesRead).indexOf(sentinel);
    if (found < 0) continue;
    const head = at + found + sentinel.length;
    const [version, length = 0] = await readAt(file, head, 2);
    if (version !== wireVersion) throw new Error(`fuses of version ${version} are not known`);
    return { start: head + 2, states: await readAt(file, head + 2, length) };
  }
  throw new Error(`the binary has no fuses: it is no Electron`);
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} at
 * @param {number} length
 */
async function readAt(file, at, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
