import { inspect } from 'node:util';

/**
 * Words for the person at the terminal. They all go to standard error: standard output belongs to
 * the answer of a command.
 */

/** Something the person can do something about: its message says what. Shown without a stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * Says one line.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs the body of a command, and turns what it throws into words and an exit code.
 *
 * @param {() => Promise<number | void>} body its number becomes the exit code
 */
export async function command(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    say(error instanceof SetupError ? `\n${error.message}` : inspect(error));
    process.exitCode = 1;
  }
}
