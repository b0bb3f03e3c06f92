import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getTool, log, runCommand, runInForeground } from './lib/cli.mjs';
import { formatDesktopResults } from './lib/desktop-results.mjs';
import { projectFolder } from './lib/paths.mjs';
import { runTestsOnDemand } from './lib/test-runs.mjs';

const ARTIFACTS = join(projectFolder, 'artifacts', 'desktops');
const DOCUMENT = join(projectFolder, 'docs', 'desktops.md');
const TIMEOUT_MS = 40 * 60_000;
const [START, END] = ['<!-- results -->', '<!-- end of results -->'];

// Installs real Linux desktops, tries Ringside on each, and writes the table in docs/desktops.md.
// Arguments are passed to Playwright: `-g Xfce` tries one desktop and leaves the table alone.
await runCommand(async () => {
  const args = process.argv.slice(2);
  if (args.length === 0) await rm(ARTIFACTS, { recursive: true, force: true });
  const code = await runTestsOnDemand('desktops', TIMEOUT_MS);
  if (args.length === 0 && existsSync(ARTIFACTS)) await writeTable();
  log(`Pictures and results are in ${ARTIFACTS}.`);
  return code;
});

async function writeTable() {
  const table = await formatDesktopResults(ARTIFACTS);
  const text = await readFile(DOCUMENT, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.split(END)[1] ?? '';
  await writeFile(DOCUMENT, `${before}${START}\n\n${table}\n\n${END}${after}`);
  const prettier = getTool('prettier');
  await runInForeground(process.execPath, [prettier, '--write', '--log-level=warn', DOCUMENT]);
}
