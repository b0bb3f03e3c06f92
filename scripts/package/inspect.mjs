import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import { binaryIn, wrongFuses } from './fuses.mjs';

/** All that may be in the archive of the app. */
const allowed = [
  /^package\.json$/,
  /^out\/(main|preload|renderer)\/[\w./-]+\.(js|cjs|html|css|txt|woff2)$/,
  /^resources\/icons\/256x256\.png$/,
  /^resources\/tray\/(linux|macos|windows)\/[\w./@-]+\.(png|ico)$/,
];
/** What the app cannot do without. */
const needed = [
  'package.json',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  // Others' code ships with its licence or not at all.
  'out/renderer/licences.txt',
];

/** The parts of the archive's beginning, in bytes: four numbers, then the table of contents. */
const numberSize = 4;
const headSize = 4 * numberSize;

/**
 * Looks at an unpacked app as it will be shipped.
 *
 * @param {string} folder
 * @param {string} platform as in `process.platform`
 * @param {string} productName
 * @returns {Promise<string[]>} what is wrong with it, in words
 */
export async function inspectPackage(folder, platform, productName) {
  const resources =
    platform === 'darwin'
      ? join(folder, `${productName}.app`, 'Contents', 'Resources')
      : join(folder, 'resources');
  const binary = binaryIn(folder, platform, productName);
  const wire = await getCurrentFuseWire(binary);
  const table = await tableOf(join(resources, 'app.asar'));
  const carrier = integrityIn(binary, platform);
  return [
    ...wrongFuses(/** @type {Record<string, unknown>} */ (wire)),
    ...wrongContents(filesOf(JSON.parse(table.toString()), '')),
    ...(carrier === undefined ? [] : wrongIntegrity(table, await readFile(carrier))),
    ...(await readdir(resources))
      .filter((name) => name === 'app' || name === 'app.asar.unpacked')
      .map((name) => `${name} lies beside the archive`),
  ];
}

/**
 * What is in an archive and should not be, or the other way round.
 *
 * @param {readonly string[]} names of its files
 * @returns {string[]} in words
 */
export function wrongContents(names) {
  const present = new Set(names);
  return [
    ...names
      .filter((name) => !allowed.some((pattern) => pattern.test(name)))
      .map((name) => `${name} does not belong into the package`),
    ...needed.filter((name) => !present.has(name)).map((name) => `${name} is missing`),
  ];
}

/**
 * Whether the app will find its archive to be the one it was packaged with: the fuse alone does not
 * help, the checksum must be there too.
 *
 * @param {Buffer} table the archive's table of contents, which has the checksums of the files
 * @param {Buffer} carrier what is signed, and holds the checksum of the table
 * @returns {string[]} what is wrong, in words
 */
export function wrongIntegrity(table, carrier) {
  const sum = createHash('sha256').update(table).digest('hex');
  return carrier.includes(sum) ? [] : ['the checksum of the archive is not in the app'];
}

/**
 * The file that holds the archive's checksum.
 *
 * @param {string} binary
 * @param {string} platform
 * @returns {string | undefined} undefined on Linux, where Electron looks for none
 */
function integrityIn(binary, platform) {
  switch (platform) {
    case 'darwin':
      return join(binary, 'Contents', 'Info.plist');
    case 'win32':
      return binary;
    default:
      return undefined;
  }
}

/**
 * The table of contents of an asar archive.
 *
 * @param {string} archive
 */
async function tableOf(archive) {
  const file = await open(archive);
  try {
    const head = await file.read(Buffer.alloc(headSize), 0, headSize, 0);
    const length = head.buffer.readUInt32LE(3 * numberSize);
    const table = await file.read(Buffer.alloc(length), 0, length, headSize);
    return table.buffer;
  } finally {
    await file.close();
  }
}

/**
 * @typedef {{ files?: Record<string, Entry> }} Entry
 *
 * @param {Entry} entry
 * @param {string} path
 * @returns {string[]}
 */
function filesOf({ files }, path) {
  if (files === undefined) return [path];
  return Object.entries(files).flatMap(([name, entry]) =>
    filesOf(entry, path === '' ? name : `${path}/${name}`),
  );
}
