import { SetupError } from './say.mjs';

/** The oldest Node the tools of this project run on. */
const oldest = [20, 19];

/**
 * Whether a Node can run the project's tools.
 *
 * @param {string} version as in `process.versions.node`, e.g. `20.19.0`
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Refuses an older Node in words, before something deeper does so in riddles. */
export function checkNode() {
  if (isNodeNewEnough(process.versions.node)) return;
  throw new SetupError(
    `Ringside needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Install a newer Node (any release from 20.19 on will do) and run the command again.',
  );
}
