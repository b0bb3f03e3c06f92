import { licenceList, packageFolder, readPackage } from './packages.mjs';

/** The name of the list among the window's files. */
const licencesFile = 'licences.txt';

/**
 * Lists the licences of everything that is bundled, and fails the build over one that may not ship.
 * What counts is what the bundles hold, not what was installed.
 *
 * @returns {{ collect: import('vite').Plugin, write: import('vite').Plugin }} `collect` goes into
 *   every build, `write` into the last one, whose files the list joins
 */
export function shippedLicences() {
  /** @type {Map<string, Promise<import('./packages.mjs').ShippedPackage>>} */
  const packages = new Map();
  /** @param {import('vite').Rolldown.OutputBundle} bundle */
  const note = (bundle) => {
    for (const part of Object.values(bundle)) {
      for (const id of part.type === 'chunk' ? part.moduleIds : []) {
        const folder = packageFolder(id);
        if (folder !== undefined && !packages.has(folder))
          packages.set(folder, readPackage(folder));
      }
    }
    return Promise.all(packages.values());
  };
  return {
    collect: {
      name: 'licences-collect',
      apply: 'build',
      generateBundle: async (_options, bundle) => {
        await note(bundle);
      },
    },
    write: {
      name: 'licences-write',
      apply: 'build',
      async generateBundle(_options, bundle) {
        const source = licenceList(await note(bundle));
        this.emitFile({ type: 'asset', fileName: licencesFile, source });
      },
    },
  };
}
