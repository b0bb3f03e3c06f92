import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { getTool, runInForeground } from './cli.mjs';
import { hasDisplay, setUp } from './setup.mjs';
import { countCheck, countPlaywright, countVitest } from './test-counts.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/** The limit for a program that hangs. */
const TIMEOUT_MS = 15 * 60_000;

/**
 * Runs a tool that either passes or fails. Returns what it printed, so that it doesn't mix with the
 * output of the tests that run at the same time.
 *
 * @param {string} packageName
 * @param {string} command
 * @param {...string} args
 */
export async function runCheck(packageName, command, ...args) {
  let output = '';
  const exitCode = await runTool([getTool(packageName, command), ...args], {
    onOutput: (text) => (output += text),
  });
  return { ...countCheck(exitCode), output };
}

/** Runs the unit tests. */
export function runUnitTests() {
  return withReport(countVitest, (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    // With its output piped, Vitest doesn't move the cursor over the output of the checks.
    return runTool([getTool('vitest'), 'run', ...reporters], {
      onOutput: (text) => process.stdout.write(text),
    });
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
        hasOwnBus: process.platform === 'linux',
        env: {
          ...(screen && { DISPLAY: screen.display }),
          ELECTRON_EXEC_PATH: electron,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        },
      });
    } finally {
      await screen?.close();
    }
  });
}

/**
 * Runs the tests of a folder that has its own Playwright configuration, with the arguments of the
 * script.
 *
 * @param {'desktops' | 'orca'} name of the folder, and of what to install
 * @param {number} timeout in milliseconds
 */
export async function runTestsOnDemand(name, timeout) {
  const electron = await setUp({ display: true, tests: true, [name]: true });
  await ensureBuilt(electron);
  const playwright = getTool('@playwright/test', 'playwright');
  const config = join('test', name, 'playwright.config.ts');
  return runInForeground(
    process.execPath,
    [playwright, 'test', '-c', config, ...process.argv.slice(2)],
    { env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable }, timeout },
  );
}

/**
 * @param {readonly string[]} args
 * @param {object} options
 * @param {Record<string, string>} [options.env]
 * @param {boolean} [options.hasOwnBus]
 * @param {(text: string) => void} [options.onOutput]
 */
function runTool(args, { env, hasOwnBus = false, onOutput }) {
  const [program, first] = hasOwnBus
    ? ['dbus-run-session', ['--', process.execPath]]
    : [process.execPath, []];
  const color = onOutput && process.stdout.hasColors?.() ? { FORCE_COLOR: '1' } : {};
  const options = { env: { ...process.env, ...color, ...env }, timeout: TIMEOUT_MS };
  return runInForeground(program, [...first, ...args], options, onOutput);
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
