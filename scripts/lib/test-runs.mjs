import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTool, runInForeground } from './cli.mjs';
import { hasDisplay } from './setup.mjs';
import { countCheck, countPlaywright, countVitest } from './test-counts.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/** The limit for a program that hangs. */
const TIMEOUT_MS = 15 * 60_000;

/**
 * Runs a tool that either passes or fails.
 *
 * @param {string} packageName
 * @param {string} command
 * @param {...string} args
 */
export async function runCheck(packageName, command, ...args) {
  return countCheck(await runTool([getTool(packageName, command), ...args]));
}

/** Runs the unit tests. */
export function runUnitTests() {
  return withReport(countVitest, (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    return runTool([getTool('vitest'), 'run', ...reporters]);
  });
}

/**
 * Runs the end-to-end tests, on Linux with their own session bus and, where there is no
 * display, with a virtual one.
 *
 * @param {string} electron the executable
 * @param {readonly string[]} [args] for Playwright
 */
export function runEndToEndTests(electron, args = []) {
  return withReport(countPlaywright, async (report) => {
    const screen = hasDisplay() ? undefined : await startVirtualDisplay();
    const command = [getTool('@playwright/test', 'playwright'), 'test', '--reporter=list,json'];
    try {
      return await runTool([...command, ...args], {
        ...(screen && { DISPLAY: screen.display }),
        ELECTRON_EXEC_PATH: electron,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      });
    } finally {
      await screen?.close();
    }
  });
}

/**
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] if given, the tool gets its own session bus
 */
function runTool(args, env) {
  const hasOwnBus = env !== undefined && process.platform === 'linux';
  const [program, first] = hasOwnBus
    ? ['dbus-run-session', ['--', process.execPath]]
    : [process.execPath, []];
  const options = { env: { ...process.env, ...env }, timeout: TIMEOUT_MS };
  return runInForeground(program, [...first, ...args], options);
}

/**
 * @template Report
 * @param {(report: Report, exitCode: number) => Counts} count
 * @param {(file: string) => Promise<number>} runTests writes the report; returns the exit code
 */
async function withReport(count, runTests) {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-report-'));
  const file = join(folder, 'report.json');
  try {
    const exitCode = await runTests(file);
    if (!existsSync(file)) return countCheck(exitCode === 0 ? 1 : exitCode);
    return count(JSON.parse(await readFile(file, 'utf8')), exitCode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
