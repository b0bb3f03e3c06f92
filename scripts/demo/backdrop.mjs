import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError } from '../setup/say.mjs';

/**
 * Containers and the like often give nobody the means for Chromium's sandbox. What plays without
 * a display shows but our own pages.
 */
export const noSandbox = '--no-sandbox';

/**
 * @typedef {{ width: number, height: number, argb: string }} Icon `argb`: base64, 4 bytes a pixel
 * @typedef {{ tooltip: string, icon: Icon | undefined,
 *   notifications: readonly { title: string, body: string }[] }} Scene
 */

/**
 * Puts something behind the app's window that a desktop would show: a panel with the tray icon,
 * and the notifications.
 *
 * @param {string} electron the executable
 * @param {{ folder: string, env: Record<string, string> }} options `folder` for its profile
 * @returns {Promise<{ show: (scene: Scene) => void, close: () => Promise<void> }>}
 */
export async function startBackdrop(electron, { folder, env }) {
  const app = join(import.meta.dirname, 'backdrop');
  const profile = `--user-data-dir=${join(folder, 'backdrop')}`;
  const stage = spawn(electron, [app, profile, noSandbox], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(stage, 'exit');
  const end = () => stage.kill('SIGKILL');
  process.once('exit', end);
  const ready = once(createInterface(stage.stdout), 'line');
  await Promise.race([
    ready,
    ended.then(([code]) => {
      throw new SetupError(
        `Electron ended with ${code} at once. Does it start by itself?\n  ${electron} --version`,
      );
    }),
  ]);
  return {
    show(scene) {
      if (stage.exitCode === null) stage.stdin.write(`${JSON.stringify(scene)}\n`);
    },
    async close() {
      process.off('exit', end);
      stage.kill('SIGTERM');
      await ended;
    },
  };
}
