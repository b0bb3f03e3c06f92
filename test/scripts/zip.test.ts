import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from '../../scripts/setup/zip.mjs';

interface Member {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  readonly stored?: boolean;
  /** Put in place of the right one. */
  readonly crc?: number;
}

/** A zip archive as the usual tools write it. */
function zipOf(members: readonly Member[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', mode = 0o100644, stored = false, crc } of members) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    table.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const contents = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, contents, end, Buffer.from(comment)]);
}

describe('the zip reader', () => {
  let folder: string;
  let archive: string;
  const out = (...path: string[]): string => join(folder, 'out', ...path);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-zip-'));
    archive = join(folder, 'archive.zip');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function unpack(zip: Buffer, wanted?: (name: string) => boolean): Promise<void> {
    await writeFile(archive, zip);
    await unzip(archive, out(), wanted);
  }

  it('writes what was packed and what was stored, in folders, empty files too', async () => {
    const large = 'a line that repeats\n'.repeat(100_000);
    await unpack(
      zipOf([
        { name: 'a/' },
        { name: 'a/large.txt', content: large },
        { name: 'a/b/stored.bin', content: Buffer.of(0, 1, 255), stored: true },
        { name: 'empty', stored: true },
        { name: 'grüße.txt', content: 'hallo' },
      ]),
    );
    expect(await readFile(out('a/large.txt'), 'utf8')).toBe(large);
    expect([...(await readFile(out('a/b/stored.bin')))]).toEqual([0, 1, 255]);
    expect((await stat(out('empty'))).size).toBe(0);
    expect(await readFile(out('grüße.txt'), 'utf8')).toBe('hallo');
  });

  it('keeps permissions and symbolic links', async () => {
    await unpack(
      zipOf([
        { name: 'program', content: '#!', mode: 0o100755 },
        { name: 'secret', content: 'x', mode: 0o100600 },
        { name: 'link', content: 'program', mode: 0o120777 },
      ]),
    );
    expect((await stat(out('program'))).mode & 0o777).toBe(0o755);
    expect((await stat(out('secret'))).mode & 0o777).toBe(0o600);
    expect(await readlink(out('link'))).toBe('program');
  });

  it('leaves out what is not wanted', async () => {
    await unpack(zipOf([{ name: 'app/a' }, { name: 'kept', content: 'x' }]), (name) => {
      return !name.startsWith('app/');
    });
    await expect(stat(out('app'))).rejects.toThrow('ENOENT');
    expect(await readFile(out('kept'), 'utf8')).toBe('x');
  });

  it('finds the table of contents before a comment', async () => {
    await unpack(zipOf([{ name: 'a', content: 'x' }], 'made by hand'));
    expect(await readFile(out('a'), 'utf8')).toBe('x');
  });

  it('refuses what is damaged, cut short or no archive at all', async () => {
    await expect(unpack(zipOf([{ name: 'a', content: 'x', crc: 1 }]))).rejects.toThrow(
      'a is damaged',
    );
    const whole = zipOf([{ name: 'a', content: 'some text' }]);
    await expect(unpack(whole.subarray(0, -10))).rejects.toThrow('cut short');
    await expect(unpack(whole.subarray(5))).rejects.toThrow('damaged');
    await expect(unpack(Buffer.alloc(0))).rejects.toThrow('no zip archive');
  });

  it.each(['../outside', '/etc/outside', 'a/../../outside', 'c:\\outside', '..\\outside'])(
    'never writes outside the folder: %s',
    async (name) => {
      await expect(unpack(zipOf([{ name, content: 'x' }]))).rejects.toThrow('outside the folder');
    },
  );
});
