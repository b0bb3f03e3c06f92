import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { log, runCommand, SetupError } from './lib/cli.mjs';
import { projectFolder } from './lib/paths.mjs';
import { getSandboxSwitches } from './lib/setup.mjs';

/** Virtual machines are slow right after their start. */
const TIMEOUT_MS = 90_000;
/** Where electron-builder puts the unpacked app, by system. */
const EXECUTABLES = {
  win32: ['win-unpacked/Ringside.exe'],
  darwin: ['mac-universal', 'mac-arm64', 'mac'].map(
    (folder) => `${folder}/Ringside.app/Contents/MacOS/Ringside`,
  ),
  linux: ['linux-unpacked/ringside'],
};

// Starts the packaged app against the mock server, waits until a ring has raised a notification,
// and quits it. An argument names another executable, such as that of the installed app.
await runCommand(async () => {
  const executable = process.argv[2] ?? findExecutable();
  const profile = await mkdtemp(join(tmpdir(), 'ringside-smoke-'));
  const server = spawn(process.execPath, ['out/main/demo-server.js', '--no-scenario'], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(server.stdout), 'line');
  const { url, userName, password } = JSON.parse(line);
  const args = ['--hidden', `--user-data-dir=${profile}`, ...getSandboxSwitches()];
  const app = spawn(executable, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      RINGSIDE_SERVER: url,
      RINGSIDE_USERNAME: userName,
      RINGSIDE_PASSWORD: password,
    },
  });
  const exited = once(app, 'exit');
  try {
    await waitForLog(profile, 'connection: live');
    log('Signed in.');
    const call = { fromName: 'Grace Hopper', fromAddress: '+12025550147' };
    const { ok } = await fetch(`${url}/demo/calls`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(call),
    });
    if (!ok) throw new SetupError('The mock server refused the call.');
    await waitForLog(profile, 'notification shown: ringing');
    log('The ring raised a notification.');
    // Windows has no signals: this ends the app immediately there.
    app.kill();
    if ((await Promise.race([exited, delay(TIMEOUT_MS)])) === undefined) {
      throw new SetupError('Ringside did not quit.');
    }
    log('Ringside quit.');
    return 0;
  } finally {
    app.kill('SIGKILL');
    server.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
});

function findExecutable() {
  const candidates = EXECUTABLES[/** @type {keyof typeof EXECUTABLES} */ (process.platform)] ?? [];
  const found = candidates.map((path) => join(projectFolder, 'dist', path)).find(existsSync);
  if (found === undefined) throw new SetupError('There is no packaged app: run npm run package.');
  return found;
}

/**
 * @param {string} profile
 * @param {string} text
 */
async function waitForLog(profile, text) {
  const file = join(profile, 'logs', 'main.log');
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await delay(250)) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.includes(text)) return;
  }
  const content = await readFile(file, 'utf8').catch(() => 'there is no log');
  throw new SetupError(`The log never said "${text}":\n${content}`);
}
