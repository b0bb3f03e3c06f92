/**
 * Whether an operation failed in a certain way.
 *
 * @param {unknown} error
 * @param {string} code as the system names it, e.g. `ENOENT`
 * @returns {boolean}
 */
export function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
