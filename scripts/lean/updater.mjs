import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const updaterFolder = dirname(
  createRequire(import.meta.url).resolve('electron-updater/package.json'),
);
const updaterRequire = createRequire(join(updaterFolder, 'package.json'));

/** The functions of semver that the updater calls; its index brings ranges, which nobody asks for. */
const semver = ['eq', 'gt', 'lt', 'lte', 'parse', 'prerelease', 'rcompare', 'valid'];

/**
 * What is put in the place of a package, by the name under which it is asked for.
 *
 * @type {Readonly<Record<string, string>>}
 */
const modules = {
  semver: `${semver
    .map((name) => `exports.${name} = require('semver/functions/${name}');`)
    .join('\n')}`,
  'lodash.isequal': "module.exports = require('node:util').isDeepStrictEqual;",
  // Nobody turns its messages on.
  debug: 'module.exports = { default: () => Object.assign(() => undefined, { enabled: false }) };',
};

/** Servers on which nothing of ours is published. */
const otherServers = /[\\/]providers[\\/](Bitbucket|GitLab|Keygen|PrivateGitHub)Provider\.js$/;

/**
 * Leaves out of the updater what it brings along and Ringside never calls.
 *
 * @param {string} folder this one: whoever bundles the configuration of a build moves its parts
 * @returns {import('vite').Plugin}
 */
export function leanUpdater(folder) {
  /** @type {Readonly<Record<string, string>>} */
  const files = {
    'fs-extra': join(folder, 'fs-extra.mjs'),
    'lazy-val': join(folder, 'lazy-val.mjs'),
    // What is published is only ever read.
    'js-yaml': join(dirname(updaterRequire.resolve('js-yaml')), 'lib', 'loader.js'),
  };
  return {
    name: 'lean-updater',
    enforce: 'pre',
    resolveId(id, importer) {
      const isUpdaters = /[\\/](electron-updater|builder-util-runtime)[\\/]/.test(importer ?? '');
      if (importer?.startsWith('\0lean-updater:')) {
        return id.startsWith('semver/') ? updaterRequire.resolve(id) : undefined;
      }
      if (!isUpdaters) return undefined;
      if (Object.hasOwn(modules, id)) return `\0lean-updater:${id}.cjs`;
      return files[id];
    },
    load(id) {
      const [, name] = /^\0lean-updater:(.+)\.cjs$/.exec(id) ?? [];
      if (name !== undefined) return modules[name];
      return otherServers.test(id) ? 'module.exports = {};' : undefined;
    },
  };
}
