import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './say.mjs';

/** Xvfb is up in well under a second; on a machine out of breath it may take longer. */
const startLimit = 20_000;

/**
 * @typedef {{ display: string, close: () => Promise<void> }} VirtualDisplay `display` is what goes
 *   into the variable DISPLAY
 */

/**
 * Starts a screen that nobody sees.
 *
 * @param {{ width?: number, height?: number, folder?: string }} [options] in pixels; `folder`
 *   keeps the screen's memory as the file `Xvfb_screen0`
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay({ width = 1280, height = 800, folder } = {}) {
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'];
  if (folder !== undefined) args.push('-fbdir', folder);
  // It finds a free number by itself, and says it on the fourth stream.
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let complaint = '';
  server.stderr?.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const number = await new Promise((found, failed) => {
    const fail = (/** @type {unknown} */ cause) => {
      failed(new SetupError(`The virtual display (Xvfb) did not start: ${cause}\n${complaint}`));
    };
    server.once('error', fail);
    server.once('exit', () => fail('it ended'));
    setTimeout(fail, startLimit, 'no answer').unref();
    let text = '';
    server.stdio[3]?.on('data', (chunk) => {
      text += String(chunk);
      if (text.endsWith('\n')) found(text.trim());
    });
  });
  return {
    display: `:${number}`,
    async close() {
      process.off('exit', end);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
