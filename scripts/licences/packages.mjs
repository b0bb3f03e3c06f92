import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mayShip } from './allowed.mjs';

/**
 * @typedef {{ name: string, version: string, licence: string, text: string }} ShippedPackage
 *   `text`: the licence itself, as the package brings it
 */

const licenceFile = /^(licen[cs]e|copying)(\.(md|txt))?$/i;
const noticeFile = /^notice(\.(md|txt))?$/i;

/**
 * The folder of the package that a module is part of.
 *
 * @param {string} id of the module, as the bundler names it
 * @returns {string | undefined} undefined for code of our own and of the bundler's
 */
export function packageFolder(id) {
  const path = id.replaceAll('\\', '/').replace(/^\0/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/**
 * Reads what a package says of its licence.
 *
 * @param {string} folder
 * @returns {Promise<ShippedPackage>} rejects when it may not ship, or brings no text
 */
export async function readPackage(folder) {
  const {
    name,
    version,
    license: declared,
  } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = await readdir(folder);
  const own = files.filter((file) => licenceFile.test(file)).sort();
  // A notice has to go wherever the code goes.
  const wanted = [...own, ...files.filter((file) => noticeFile.test(file))];
  const texts = await Promise.all(wanted.map((file) => readFile(join(folder, file), 'utf8')));
  // Some packages only declare the MIT license in its text.
  const license =
    declared ?? (texts.some((text) => /^(The )?MIT License\b/.test(text)) ? 'MIT' : undefined);
  if (!mayShip(license)) {
    throw new Error(
      `${name} is under the licence ${JSON.stringify(license)}, which is not among the allowed ones`,
    );
  }
  if (own.length === 0) throw new Error(`${name} brings no text of its licence`);
  return {
    name,
    version,
    licence: license,
    text: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}

/**
 * The list of everything that ships, for people to read.
 *
 * @param {readonly ShippedPackage[]} packages
 * @returns {string}
 */
export function licenceList(packages) {
  const sorted = packages.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return [
    'Ringside contains the following software of others. Electron and Chromium, on which it runs,',
    'bring their own lists: LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
    '',
    ...sorted.flatMap(({ name, version, licence, text }) => [
      '─'.repeat(80),
      `${name} ${version} (${licence})`,
      '',
      text,
      '',
    ]),
  ].join('\n');
}
