import { SetupError } from './say.mjs';

/** The oldest Node the tools of this project run on. */
const oldest = { major: 20, minor: 19 };

/**
 * Whether a Node can run the project's tools.
 *
 * @param {string} version as in `process.versions.node`, e.g. `20.19.0`
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** Refuses an older Node in words, before something deeper does so in riddles. */
export function checkNode() {
  if (isNodeNewEnough(process.versions.node)) return;
  throw new SetupError(
    `Ringside needs Node ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}.\n` +
      'Install a newer Node and run the command again.',
  );
}
