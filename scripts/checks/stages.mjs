import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../setup/errors.mjs';
import { foreground } from '../setup/foreground.mjs';
import { projectFolder } from '../setup/places.mjs';
import { hasDisplay } from '../setup/set-up.mjs';
import { tool } from '../setup/tool.mjs';
import { startVirtualDisplay } from '../setup/virtual-display.mjs';
import { countCheck, countPlaywright, countVitest } from './count.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** No stage may hang for ever. In milliseconds. */
const checkLimit = 5 * 60_000;
const testLimit = 15 * 60_000;

/**
 * Runs a tool whose exit code says whether all is well.
 *
 * @param {string} packageName
 * @param {string} commandName
 * @param {readonly string[]} args
 * @returns {Promise<Count>}
 */
export async function check(packageName, commandName, args) {
  const script = await tool(packageName, commandName);
  const code = await foreground(process.execPath, [script, ...args], {
    cwd: projectFolder,
    limit: checkLimit,
  });
  return countCheck(code);
}

/** The fast tests. */
export function vitest() {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await foreground(process.execPath, [await tool('vitest'), 'run', ...reporters], {
      cwd: projectFolder,
      limit: testLimit,
    });
    return countVitest(await readJson(report), code);
  });
}

/**
 * The tests on the real app: with a display and a session bus of their own on Linux.
 *
 * @param {string} electron the executable
 * @param {readonly string[]} [args] for Playwright
 */
export function endToEnd(electron, args = []) {
  return withReport(async (report) => {
    const screen = hasDisplay() ? undefined : await startVirtualDisplay();
    try {
      const [program, ...first] = [...ownSession(), process.execPath];
      const code = await foreground(
        program,
        [
          ...first,
          await tool('@playwright/test', 'playwright'),
          ...['test', '--reporter=list,json', ...args],
        ],
        {
          cwd: projectFolder,
          limit: testLimit,
          env: {
            ...process.env,
            ...(screen === undefined ? {} : { DISPLAY: screen.display }),
            ELECTRON_EXEC_PATH: electron,
            PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          },
        },
      );
      return countPlaywright(await readJson(report), code);
    } finally {
      await screen?.close();
    }
  });
}

/** Nothing a test does may reach the person's own desktop. */
function ownSession() {
  return process.platform === 'linux' ? ['dbus-run-session', '--'] : [];
}

/**
 * @param {(report: string) => Promise<Count>} stage is given a file to write its report to
 * @returns {Promise<Count>}
 */
async function withReport(stage) {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-report-'));
  try {
    return await stage(join(folder, 'report.json'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
