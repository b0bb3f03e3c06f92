import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setFuses } from '../../scripts/setup/fuses.mjs';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const piece = 1024 * 1024;

/** A binary with fuses somewhere in the middle. */
function binaryWith(states: string, { before = 100, version = 1 } = {}): Buffer {
  const head = Buffer.from(sentinel);
  const wire = Buffer.from([version, states.length]);
  return Buffer.concat([
    Buffer.alloc(before, 7),
    head,
    wire,
    Buffer.from(states),
    Buffer.alloc(50),
  ]);
}

describe('fuses', () => {
  let folder: string;
  let binary: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-fuses-'));
    binary = join(folder, 'electron');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are turned on and off in place, and nothing else changes', async () => {
    await writeFile(binary, binaryWith('10000010'));
    await setFuses(binary, {
      EnableNodeCliInspectArguments: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
    });
    expect(await readFile(binary)).toEqual(binaryWith('10010000'));
  });

  it.each([piece - 40, piece - 32, piece - 16, piece - 1, piece, 2 * piece + 3])(
    'are found wherever they are: after %i bytes',
    async (before) => {
      await writeFile(binary, binaryWith('0000', { before }));
      await setFuses(binary, { RunAsNode: true });
      expect((await readFile(binary)).equals(binaryWith('1000', { before }))).toBe(true);
    },
  );

  it('are refused when the binary has no such fuse, or one that was taken out', async () => {
    await writeFile(binary, binaryWith('0r'));
    await expect(setFuses(binary, { OnlyLoadAppFromAsar: true })).rejects.toThrow('no fuse');
    await expect(setFuses(binary, { EnableCookieEncryption: true })).rejects.toThrow('no fuse');
    expect(await readFile(binary)).toEqual(binaryWith('0r'));
  });

  it('are refused when the binary is no Electron, or of a kind nobody knows', async () => {
    await writeFile(binary, 'something else');
    await expect(setFuses(binary, { RunAsNode: true })).rejects.toThrow('no Electron');
    await writeFile(binary, binaryWith('0000', { version: 2 }));
    await expect(setFuses(binary, { RunAsNode: true })).rejects.toThrow('version 2');
  });
});
