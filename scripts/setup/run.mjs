import { spawn } from 'node:child_process';

/** How much of a failed command's output is worth showing: the end of it. */
const keptOutput = 20_000;

/**
 * Runs a program to its end and keeps what it prints.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, limit?: number }} [options]
 *   `limit` in milliseconds: when it passes, the program is ended and `timedOut` is true
 * @returns {Promise<{ code: number, stdout: string, output: string, timedOut: boolean }>}
 *   `output` is the end of both streams; a program that cannot be started has code 127
 */
export function run(program, args, { cwd, env, shell = false, limit } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    let timedOut = false;
    const timer =
      limit === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, limit);
    const note = (/** @type {string} */ text) => {
      output = (output + text).slice(-keptOutput);
    };
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text;
      note(text);
    });
    child.stderr.setEncoding('utf8').on('data', note);
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ code: 127, stdout, output: `${output}${error.message}\n`, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code: code ?? 1, stdout, output, timedOut });
    });
  });
}

/**
 * Runs the npm that runs us, or the one on the path.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, limit?: number }} options `limit` in milliseconds
 */
export function npm(args, options) {
  const self = process.env.npm_execpath;
  if (self?.endsWith('npm-cli.js')) return run(process.execPath, [self, ...args], options);
  // On Windows npm is a batch file, which only a shell can start.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
