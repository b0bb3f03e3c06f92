import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {{ desktop: string, results?: Record<string, string> }} Results */

/**
 * Returns a Markdown table of what each desktop's `results.json` says.
 *
 * @param {string} artifacts a folder with a folder per desktop
 */
export async function formatDesktopResults(artifacts) {
  const folders = (await readdir(artifacts)).sort();
  const all = await Promise.all(folders.map((name) => readResults(artifacts, name)));
  const steps = [...new Set(all.flatMap(({ results = {} }) => Object.keys(results)))];
  const rows = [
    ['', ...all.map(({ desktop }) => desktop)],
    ['---', ...all.map(() => '---')],
    ...steps.map((step) => [step, ...all.map(({ results }) => formatCell(results, step))]),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/**
 * @param {string} artifacts
 * @param {string} name of the desktop's folder
 * @returns {Promise<Results>} without results if the desktop didn't start
 */
async function readResults(artifacts, name) {
  const file = join(artifacts, name, 'results.json');
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : { desktop: name };
}

/**
 * @param {Results['results']} results
 * @param {string} step
 */
function formatCell(results, step) {
  if (results === undefined) return '**failed**';
  const result = results[step];
  if (result === undefined || result === 'OK' || result === '–') return result ?? '';
  // The message is in results.json.
  return '**failed**';
}
