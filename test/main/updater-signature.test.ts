import childProcess from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import config from '../../electron-builder.config.js';
import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import { Updater } from '../../src/main/updater';

vi.mock('electron', () => ({ app: {} }));
vi.mock('../../src/main/logger', () => ({
  log: { info: () => undefined, error: () => undefined },
}));

const INSTALLER = Buffer.from('an installer of the next version');
const PUBLISHER = 'CN=Ringside Ltd, O=Ringside Ltd, L=Bristol, C=GB';

let folder: string;
let server: Server;
let scripts: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-publisher-'));
  scripts = [];
  server = createServer(({ url = '' }, response) => {
    response.end(url.includes('.yml') ? createReleaseInfo() : INSTALLER);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('an update on Windows', () => {
  test('is accepted if the configured publisher signed it', async () => {
    stubSignature({ subject: PUBLISHER });
    expect(await update()).toMatchObject({ kind: 'ready', version: '99.1.0' });
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain('Get-AuthenticodeSignature');
    expect(await listFiles()).toContain('ringside-99.1.0-win-x64-setup.exe');
  });

  test.each([
    ['is signed by another publisher', { subject: 'CN=Other, O=Other, C=GB' }],
    [
      'is signed by another publisher of the same name',
      { subject: 'CN=Ringside Ltd, O=Other Ltd, C=GB' },
    ],
    ['isn’t signed', { status: 2 }],
    ['was changed after it was signed', { subject: PUBLISHER, status: 3 }],
  ])('is rejected and deleted if it %s', async (_, signature) => {
    stubSignature(signature);
    const failed = { kind: 'failed', version: '99.1.0', problem: 'unsigned' };
    expect(await update()).toEqual(failed);
    expect((await listFiles()).filter((name) => name.endsWith('.exe'))).toEqual([]);
  });

  test('isn’t verified in a build without a publisher', async () => {
    expect(config.win).toMatchObject({ verifyUpdateCodeSignature: true });
    stubSignature({ status: 2 });
    expect(await update([])).toMatchObject({ kind: 'ready' });
    expect(scripts).toEqual([]);
  });
});

interface Signature {
  readonly subject?: string;
  /** As on Windows, 0 is valid, 2 is not signed, and 3 is a hash mismatch. */
  readonly status?: number;
}

/** Replaces PowerShell, which electron-updater asks about signatures. */
function stubSignature({ subject, status = 0 }: Signature): void {
  const run = (command: readonly string[]): string => {
    const script = command.at(-1) ?? '';
    scripts.push(script);
    const path = /-LiteralPath '([^']+)'/.exec(script)?.[1];
    return JSON.stringify({
      Path: path,
      Status: status,
      SignerCertificate: subject === undefined ? null : { Subject: subject },
    });
  };
  const exec = (
    _file: string,
    args: readonly string[],
    _options: object,
    done: (error: null, stdout: string, stderr: string) => void,
  ): void => {
    done(null, run(args), '');
  };
  vi.spyOn(childProcess, 'execFile').mockImplementation(exec as typeof childProcess.execFile);
}

/** Checks for an update, downloads it, and returns the resulting state. */
async function update(publishers: readonly string[] = [PUBLISHER]): Promise<Updater['state']> {
  const configPath = join(folder, 'app-update.yml');
  await writeFile(configPath, createConfig(publishers));
  const nsisUpdater = new NsisUpdater(null, {
    version: '1.0.0',
    name: 'ringside',
    isPackaged: true,
    appUpdateConfigPath: configPath,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  Object.assign(nsisUpdater, { httpExecutor });
  const updater = new Updater(
    { get: () => DEFAULT_SETTINGS },
    { isAllowed: true, canRestart: true },
    { method: 'install', configPath, config: '' },
    () => Promise.resolve(nsisUpdater),
  );
  await updater.check();
  await updater.download();
  return updater.state;
}

/** Replaces Electron's network stack. */
const httpExecutor = {
  async request({ protocol, hostname, port, path }: Record<string, string>): Promise<string> {
    return (await fetch(`${protocol}//${hostname}:${port}${path}`)).text();
  },
  async download(url: URL, destination: string): Promise<string> {
    const response = await fetch(url);
    await writeFile(destination, Buffer.from(await response.arrayBuffer()));
    return destination;
  },
};

/** Creates the configuration that electron-builder adds to a package. */
function createConfig(publishers: readonly string[]): string {
  const { port } = server.address() as AddressInfo;
  const lines = [
    'provider: generic',
    `url: http://127.0.0.1:${port}`,
    'updaterCacheDirName: ringside-updater',
    ...(publishers.length === 0 ? [] : ['publisherName:']),
    ...publishers.map((name) => `  - ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Creates the description of the latest version, as electron-builder publishes it. */
function createReleaseInfo(): string {
  const sha512 = createHash('sha512').update(INSTALLER).digest('base64');
  const files = ['x64', 'arm64'].flatMap((arch) => [
    `  - url: ringside-99.1.0-win-${arch}-setup.exe`,
    `    sha512: ${sha512}`,
    `    size: ${INSTALLER.length}`,
  ]);
  return ['version: 99.1.0', 'files:', ...files, ''].join('\n');
}

async function listFiles(): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.map((name) => name.split(/[\\/]/).at(-1) ?? '');
}
