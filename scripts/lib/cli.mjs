import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { projectFolder } from './paths.mjs';

/** How much of a program's output an error message shows. */
const MAX_OUTPUT_LENGTH = 20_000;
const FORWARDED_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** A problem that the user can solve. It is shown without a stack trace. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * Prints a line to standard error, since standard output belongs to the result of a command.
 *
 * @param {string} line
 */
export function log(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs the body of a script and turns what it returns or throws into an exit code.
 *
 * @param {() => Promise<number | void>} body
 */
export async function runCommand(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    log(error instanceof SetupError ? `\n${error.message}` : inspect(error));
    process.exitCode = 1;
  }
}

/**
 * Runs a program until it exits and collects its output. A program that can't start has code 127.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output` is the end of both
 *   streams
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output = (output + text).slice(-MAX_OUTPUT_LENGTH);
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-MAX_OUTPUT_LENGTH);
    });
    child.on('error', ({ message }) => resolve({ code: 127, stdout, output: output + message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}

/**
 * Runs a program in the terminal of this script and forwards signals to it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {(text: string) => void} [onOutput] gets what the program prints
 * @returns {Promise<number>} its exit code, or 128 plus the signal's number
 */
export function runInForeground(program, args, options = {}, onOutput) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(program, args, { cwd: projectFolder, stdio, ...options });
    if (onOutput) {
      child.stdout?.setEncoding('utf8').on('data', onOutput);
      child.stderr?.setEncoding('utf8').on('data', onOutput);
    }
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends Ctrl-C to the child as well. A second SIGINT would kill it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const name of FORWARDED_SIGNALS) process.off(name, forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs npm.
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function npm(args, options) {
  const self = process.env.npm_execpath;
  if (self?.endsWith('npm-cli.js')) return run(process.execPath, [self, ...args], options);
  // On Windows npm is a batch file, which only a shell can start.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Returns the script behind the command of an installed package. Node runs it directly, so it works
 * on every system and receives signals.
 *
 * @param {string} packageName
 * @param {string} [commandName] if the package has several
 * @returns {string}
 */
export function getTool(packageName, commandName = packageName) {
  const folder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[commandName]);
}
