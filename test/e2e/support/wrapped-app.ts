import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, type ElectronApp } from './electron-app';

/** Advances the clock of the main process at launch. */
export const advanceClock = (ms: number): string =>
  `const now = Date.now; Date.now = () => now() + ${ms};`;

/**
 * Makes every request of the main process fail until {@link connectNetwork}: Electron's network
 * emulation is only for pages.
 */
export const START_OFFLINE = `
  import { app, net } from 'electron';
  const sessions = [];
  let isOnline = false;
  net.isOnline = () => isOnline;
  app.on('session-created', (session) => {
    sessions.push(session);
    session.setProxy({ proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' });
  });
  globalThis.connectNetwork = () => {
    isOnline = true;
    for (const session of sessions) session.setProxy({ mode: 'direct' });
  };`;

/** Connects an app that was started offline to the network. */
export async function connectNetwork(app: ElectronApp): Promise<void> {
  await app.evaluate(() => {
    (globalThis as unknown as { connectNetwork: () => void }).connectNetwork();
  });
}

/** Wraps the built Ringside in an app that runs a module first; returns its folder. */
export async function createWrappedApp(parent: string, module: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'app-'));
  for (const name of ['out', 'resources', 'node_modules']) {
    await symlink(join(REPOSITORY, name), join(folder, name));
  }
  const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as object;
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, main: './wrapper.js' }),
  );
  await writeFile(join(folder, 'wrapper.js'), `${module}\nawait import('./out/main/index.js');\n`);
  return folder;
}
