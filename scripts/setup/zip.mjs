import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/**
 * @typedef {{ name: string, mode: number, method: number, crc: number, packed: number,
 *   size: number, offset: number }} ZipEntry a line of the table of contents; `mode` as in stat(2),
 *   0 when the archive does not say; `packed` and `size` in bytes
 */

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;
const entrySize = 46;
const localSize = 30;
/** The end record carries a comment of up to this many bytes. */
const longestComment = 0xffff;
/** In these fields the value of zip64 archives stands elsewhere. */
const elsewhere = 0xffffffff;

const typeMask = 0o170000;
const symlinkType = 0o120000;
const permissionMask = 0o777;

/**
 * Unpacks a zip archive, entry by entry, streaming: memory does not grow with the archive.
 *
 * @param {string} archive
 * @param {string} folder where to; made when missing
 * @param {(name: string) => boolean} [wanted] by an entry's name in the archive, e.g. `a/b.txt`
 */
export async function unzip(archive, folder, wanted = () => true) {
  const file = await open(archive);
  try {
    const made = new Set();
    for (const entry of await readEntries(file)) {
      if (!wanted(entry.name)) continue;
      const target = join(folder, safeName(entry.name));
      const parent = entry.name.endsWith('/') ? target : dirname(target);
      if (!made.has(parent)) await mkdir(parent, { recursive: true });
      made.add(parent);
      if (!entry.name.endsWith('/')) await extract(archive, file, entry, target);
    }
  } finally {
    await file.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<ZipEntry[]>}
 */
async function readEntries(file) {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - endSize - longestComment), size);
  const end = lastEndRecord(tail);
  const count = end.readUInt16LE(10);
  const length = end.readUInt32LE(12);
  const start = end.readUInt32LE(16);
  if (start === elsewhere || count === 0xffff) throw new Error('zip64 archives are not supported');
  const table = await read(file, start, start + length);
  const entries = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + entrySize > table.length || table.readUInt32LE(at) !== entrySignature) {
      throw new Error('the archive is damaged: its table of contents is cut short');
    }
    const nameLength = table.readUInt16LE(at + 28);
    entries.push({
      method: table.readUInt16LE(at + 10),
      crc: table.readUInt32LE(at + 16),
      packed: table.readUInt32LE(at + 20),
      size: table.readUInt32LE(at + 24),
      mode: table.readUInt32LE(at + 38) >>> 16,
      offset: table.readUInt32LE(at + 42),
      name: table.toString('utf8', at + entrySize, at + entrySize + nameLength),
    });
    at += entrySize + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {Buffer} tail */
function lastEndRecord(tail) {
  for (let at = tail.length - endSize; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === endSignature) return tail.subarray(at);
  }
  throw new Error('this is no zip archive, or it is cut short');
}

/**
 * @param {string} archive
 * @param {import('node:fs/promises').FileHandle} file the same, open
 * @param {ZipEntry} entry
 * @param {string} target
 */
async function extract(archive, file, entry, target) {
  const header = await read(file, entry.offset, entry.offset + localSize);
  if (header.length < localSize || header.readUInt32LE(0) !== localSignature) {
    throw new Error(`the archive is damaged at ${entry.name}`);
  }
  const start = entry.offset + localSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const source =
    entry.packed === 0
      ? Readable.from([])
      : createReadStream(archive, { start, end: start + entry.packed - 1 });
  const steps = [source, ...inflater(entry), checker(entry)];
  if ((entry.mode & typeMask) === symlinkType) {
    /** @type {Buffer[]} */
    const chunks = [];
    await pipeline([...steps, collector(chunks)]);
    await symlink(Buffer.concat(chunks).toString(), target);
    return;
  }
  await pipeline([...steps, createWriteStream(target)]);
  const permissions = entry.mode & permissionMask;
  if (permissions !== 0) await chmod(target, permissions);
}

/** @param {ZipEntry} entry */
function inflater({ method, name }) {
  if (method === 0) return [];
  if (method === 8) return [createInflateRaw()];
  throw new Error(`${name} is packed by method ${method}, which is not supported`);
}

/**
 * Lets bytes through and compares them with what the table of contents promised.
 *
 * @param {ZipEntry} entry
 */
function checker({ name, crc, size }) {
  let sum = 0;
  let length = 0;
  return new Transform({
    transform(chunk, _encoding, next) {
      sum = crc32(chunk, sum);
      length += chunk.length;
      next(null, chunk);
    },
    flush(next) {
      next(sum === crc && length === size ? null : new Error(`${name} is damaged in the archive`));
    },
  });
}

/** @param {Buffer[]} chunks */
function collector(chunks) {
  return new Writable({
    write(chunk, _encoding, next) {
      chunks.push(chunk);
      next();
    },
  });
}

/** @param {string} name */
function safeName(name) {
  const parts = name.split(/[/\\]/);
  if (name.startsWith('/') || parts.includes('..') || /^[a-z]:/i.test(name)) {
    throw new Error(`${name} would be written outside the folder`);
  }
  return parts.join('/');
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} start
 * @param {number} end exclusive
 */
async function read(file, start, end) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}
