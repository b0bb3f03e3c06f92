import { spawn } from 'node:child_process';

/** A program that was asked to end and did not is ended after so many milliseconds. */
const patience = 10_000;
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in our place: it has our terminal, and gets the signals meant for us.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limit?: number, stdout?: 'inherit' | 'stderr' }}
 *   [options] `limit` in milliseconds, after which the program is asked to end, then ended;
 *   `stdout: 'stderr'` keeps our standard output clean
 * @returns {Promise<number>} its exit code; as shells do, 128 and the signal's number for a signal
 */
export function foreground(program, args, { cwd, env, limit, stdout = 'inherit' } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
    });
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    const end = () => {
      child.kill('SIGINT');
      timers.push(setTimeout(() => child.kill('SIGKILL'), patience));
    };
    if (limit !== undefined) timers.push(setTimeout(end, limit));
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal's Ctrl-C reaches the child by itself; a second one would mean: at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const settle = () => {
      timers.forEach(clearTimeout);
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', (error) => {
      settle();
      failed(error);
    });
    child.on('exit', (code, signal) => {
      settle();
      done(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15));
    });
  });
}
