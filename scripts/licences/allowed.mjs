/** Licences under which others' code may ship: none asks for more than being named. */
const allowed = new Set([
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

/**
 * Whether code under a licence may ship.
 *
 * @param {unknown} licence an SPDX expression, as in package.json; with `OR` the choice is ours
 * @returns {boolean} also false for what is no such expression
 */
export function mayShip(licence) {
  if (typeof licence !== 'string') return false;
  const plain = licence.trim().replace(/^\(([^()]*)\)$/, '$1');
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => allowed.has(one)));
}
