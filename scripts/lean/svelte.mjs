/** Where Svelte keeps whether it is taking over markup that a server has written. */
const file = /[\\/]svelte[\\/]src[\\/]internal[\\/]client[\\/]dom[\\/]hydration\.js$/;

/** @type {readonly (readonly [string, string])[]} what stands there, and what is put in its place */
const changes = [
  ['export let hydrating = false;', 'export const hydrating = false;'],
  ['\thydrating = value;', ''],
];

/**
 * Leaves out of the window what takes over markup that a server has written: no server writes ours.
 * Svelte means it to fall away by itself, but a variable that is set nowhere in use is no constant
 * to the bundler.
 *
 * @returns {import('vite').Plugin}
 */
export function leanSvelte() {
  return {
    name: 'lean-svelte',
    apply: 'build',
    transform(code, id) {
      if (!file.test(id)) return undefined;
      return changes.reduce((lean, [from, to]) => {
        if (!lean.includes(from)) this.error(`Svelte no longer says “${from.trim()}”`);
        return lean.replace(from, to);
      }, code);
    },
  };
}
