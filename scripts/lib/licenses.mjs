import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string} text of the license, and of a notice if there is one
 */

/** Licenses of code that may ship. They require no more than attribution. */
const ALLOWED_LICENSES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unicode-3.0',
  'Zlib',
]);

const LICENSE_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;

/**
 * Lists the licenses of everything that ends up in the bundles as `licenses.txt`, and fails the build
 * if something may not ship.
 *
 * @returns {{ collect: import('vite').Plugin, write: import('vite').Plugin }} `write` is for the last
 *   build, `collect` for the others
 */
export function listLicenses() {
  /** @type {Map<string, Promise<ShippedPackage>>} */
  const packages = new Map();
  /** @param {import('vite').Rolldown.OutputBundle} bundle */
  const collect = async (bundle) => {
    const ids = Object.values(bundle).flatMap((part) =>
      part.type === 'chunk' ? part.moduleIds : [],
    );
    for (const folder of ids.map(getPackageFolder)) {
      if (folder !== undefined && !packages.has(folder)) packages.set(folder, readPackage(folder));
    }
    return Promise.all(packages.values());
  };
  return {
    collect: {
      name: 'licenses:collect',
      apply: 'build',
      generateBundle: async (_options, bundle) => void (await collect(bundle)),
    },
    write: {
      name: 'licenses:write',
      apply: 'build',
      async generateBundle(_options, bundle) {
        const source = formatLicenses(await collect(bundle));
        this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
      },
    },
  };
}

/**
 * Whether code under a license may ship. Of alternatives (`OR`) one is enough.
 *
 * @param {unknown} license an SPDX expression, as in package.json
 */
export function isAllowedLicense(license) {
  if (typeof license !== 'string') return false;
  const expression = license.trim().replace(/^\(([^()]*)\)$/, '$1');
  return expression
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((name) => ALLOWED_LICENSES.has(name)));
}

/**
 * Returns the folder of the package that a module belongs to, or undefined for our own code.
 *
 * @param {string} moduleId
 */
export function getPackageFolder(moduleId) {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/**
 * Reads the license of a package. Rejects if the package may not ship.
 *
 * @param {string} folder
 * @returns {Promise<ShippedPackage>}
 */
export async function readPackage(folder) {
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => LICENSE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const text = texts.map((part) => part.replaceAll('\r\n', '\n').trim()).join('\n\n');
  // Some packages have the text only, some only the name.
  const {
    name,
    version,
    author,
    license = text.startsWith('MIT License') ? 'MIT' : undefined,
  } = about;
  if (!isAllowedLicense(license)) {
    throw new Error(`The license of ${name}, ${JSON.stringify(license)}, is not on the list`);
  }
  if (text !== '') return { name, version, license, text };
  if (license !== 'MIT' || !author) {
    throw new Error(`${name} comes without the text of its license`);
  }
  return { name, version, license, text: getMitText(author.name ?? author) };
}

/** @param {readonly ShippedPackage[]} packages */
export function formatLicenses(packages) {
  const sorted = packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [
    'Ringside includes the following open-source software. The licenses of Electron and Chromium,',
    'which it runs on, are in LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
    '',
    ...sorted.flatMap(({ name, version, license, text }) => [
      '─'.repeat(80),
      `${name} ${version} (${license})`,
      '',
      text,
      '',
    ]),
  ].join('\n');
}

/** @param {string} author */
function getMitText(author) {
  return `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
