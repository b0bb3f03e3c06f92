import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './places.mjs';

/**
 * The script behind a command of an installed package. Node runs it directly: that is the same on
 * every platform, and a signal reaches the tool itself.
 *
 * @param {string} packageName
 * @param {string} [commandName] when the package has several
 * @returns {Promise<string>}
 */
export async function tool(packageName, commandName = packageName) {
  const folder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin?.[commandName];
  if (script === undefined) throw new Error(`${packageName} has no command ${commandName}`);
  return join(folder, script);
}
