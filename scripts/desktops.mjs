import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { getTool, log, runCommand, runInForeground } from './lib/cli.mjs';
import { projectFolder } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

const ARTIFACTS = join(projectFolder, 'artifacts', 'desktops');
const DOCUMENT = join(projectFolder, 'docs', 'desktops.md');
const TIMEOUT_MS = 40 * 60_000;
const [START, END] = ['<!-- results -->', '<!-- end of results -->'];

/** @typedef {{ desktop: string, results: Record<string, string> }} Results */

// Installs real Linux desktops, tries Ringside on each, and writes the table in docs/desktops.md.
// Arguments are passed to Playwright: `-g Xfce` tries one desktop and leaves the table alone.
await runCommand(async () => {
  const electron = await setUp({ display: true, tests: true, desktops: true });
  await ensureBuilt(electron);
  const args = process.argv.slice(2);
  if (args.length === 0) await rm(ARTIFACTS, { recursive: true, force: true });
  const playwright = getTool('@playwright/test', 'playwright');
  const config = join(projectFolder, 'test', 'desktops', 'playwright.config.ts');
  const code = await runInForeground(
    process.execPath,
    [playwright, 'test', '-c', config, ...args],
    { env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable }, timeout: TIMEOUT_MS },
  );
  if (args.length === 0) await writeTable();
  log(`Pictures and results are in ${ARTIFACTS}.`);
  return code;
});

async function writeTable() {
  const folders = await readdir(ARTIFACTS);
  /** @type {Results[]} */
  const all = await Promise.all(
    folders.map(async (folder) =>
      JSON.parse(await readFile(join(ARTIFACTS, folder, 'results.json'), 'utf8')),
    ),
  );
  const steps = [...new Set(all.flatMap(({ results }) => Object.keys(results)))];
  const rows = [
    ['', ...all.map(({ desktop }) => desktop)],
    ['---', ...all.map(() => '---')],
    // The message of a failure is in results.json.
    ...steps.map((step) => [step, ...all.map(({ results }) => toCell(results[step]))]),
  ];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const text = await readFile(DOCUMENT, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.split(END)[1] ?? '';
  await writeFile(DOCUMENT, `${before}${START}\n\n${table}\n\n${END}${after}`);
  const prettier = getTool('prettier');
  await runInForeground(process.execPath, [prettier, '--write', '--log-level=warn', DOCUMENT]);
}

/** @param {string | undefined} result */
function toCell(result) {
  if (result === undefined) return '';
  return result === 'OK' || result === '–' ? result : '**failed**';
}
