/** @typedef {import('./plan.mjs').Package} Package */

const systems = /** @type {const} */ ([
  ['linux', 'linux'],
  ['win', 'windows'],
  ['mac', 'macos'],
]);

/**
 * Everything that is released, as the configuration of electron-builder lists it.
 *
 * @param {import('electron-builder').Configuration} config
 * @returns {Package[]}
 */
export function wantedPackages(config) {
  return systems.flatMap(([key, system]) =>
    listOf(config[key]?.target).flatMap((entry) => {
      if (typeof entry !== 'object') throw new Error(`${key}: give each target its architectures`);
      return listOf(entry.arch).map((arch) => ({
        system,
        format: /** @type {import('./plan.mjs').Format} */ (entry.target),
        arch,
      }));
    }),
  );
}

/**
 * @template T
 * @param {T | readonly T[] | null | undefined} value
 * @returns {readonly T[]}
 */
function listOf(value) {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [/** @type {T} */ (value)];
}
