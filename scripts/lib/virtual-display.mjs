import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './cli.mjs';

/** Xvfb starts in well under a second, except on a very busy machine. */
const START_TIMEOUT_MS = 20_000;

/**
 * @typedef {object} VirtualDisplay
 * @property {string} display the value of `DISPLAY`
 * @property {() => Promise<void>} close
 */

/**
 * Starts a virtual screen (Xvfb).
 *
 * @param {{ width?: number, height?: number, folder?: string }} [options] `folder` gets the screen's
 *   memory as the file `Xvfb_screen0`
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay({ width = 1280, height = 800, folder } = {}) {
  const args = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    `${width}x${height}x24`,
    '-nolisten',
    'tcp',
    '-noreset',
  ];
  if (folder !== undefined) args.push('-fbdir', folder);
  // Xvfb picks a free number and writes it to file descriptor 3.
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  const [chunk] = await Promise.race([
    once(/** @type {import('node:stream').Readable} */ (server.stdio[3]), 'data', { signal }),
    once(server, 'exit'),
  ]).catch((error) => [error]);
  const number = /^\d+/.exec(String(chunk))?.[0];
  if (number === undefined || server.exitCode !== null) {
    throw new SetupError(`The virtual display (Xvfb) did not start: ${chunk}`);
  }
  return {
    display: `:${number}`,
    async close() {
      process.off('exit', kill);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    },
  };
}
