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
import config from '../../../electron-builder.config.js';
import { engineOf } from '../../../src/main/update/engine';
import { Updates } from '../../../src/main/update/updates';

vi.mock('electron', () => ({ app: {} }));
// The real one asks Electron too, by a way of its own.
vi.mock('../../../src/main/log', () => ({
  log: { info: () => undefined, error: () => undefined },
}));

const INSTALLER = Buffer.from('an installer of the next version');
const PUBLISHER = 'CN=Ringside Ltd, O=Ringside Ltd, L=Bristol, C=GB';

let folder: string;
let server: Server;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-publisher-'));
  asked = [];
  server = createServer(({ url = '' }, answer) => {
    answer.end(url.includes('.yml') ? theList() : INSTALLER);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('on Windows a newer version', () => {
  test('is accepted from the publisher that this one is noted to be of', async () => {
    windowsFinds({ subject: PUBLISHER });
    expect(await fetched()).toMatchObject({ kind: 'ready', version: '99.1.0' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('Get-AuthenticodeSignature');
    expect(await left()).toContain('ringside-99.1.0-win-x64-setup.exe');
  });

  test.each([
    ['is signed by somebody else', { subject: 'CN=Somebody Else, O=Somebody Else, C=GB' }],
    ['is signed by one of the same name', { subject: 'CN=Ringside Ltd, O=Other Ltd, C=GB' }],
    ['is not signed at all', { status: 2 }],
    ['was changed after it was signed', { subject: PUBLISHER, status: 3 }],
  ])('that %s is refused, thrown away and told as such', async (_, found) => {
    windowsFinds(found);
    const failed = { kind: 'failed', version: '99.1.0', problem: 'unsigned' };
    expect(await fetched()).toEqual(failed);
    expect((await left()).filter((name) => name.endsWith('.exe'))).toEqual([]);
  });

  test('is looked at where a package is signed, and nowhere without a publisher', async () => {
    expect(config.win).toMatchObject({ verifyUpdateCodeSignature: true });
    windowsFinds({ status: 2 });
    expect(await fetched([])).toMatchObject({ kind: 'ready' });
    expect(asked).toEqual([]);
  });
});

interface Found {
  readonly subject?: string;
  /** As Windows counts them: 0 is valid, 2 not signed, 3 another hash. */
  readonly status?: number;
}

/** Lets the system say what it finds of a signature. */
function windowsFinds({ subject, status = 0 }: Found): void {
  const answer = (command: readonly string[]): string => {
    const script = command.at(-1) ?? '';
    asked.push(script);
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
    done: (error: null, output: string, complaint: string) => void,
  ): void => {
    done(null, answer(args), '');
  };
  vi.spyOn(childProcess, 'execFile').mockImplementation(exec as typeof childProcess.execFile);
}

/** What the person is told once a newer version was looked for and fetched. */
async function fetched(publishers: readonly string[] = [PUBLISHER]): Promise<Updates['state']> {
  const feed = join(folder, 'app-update.yml');
  await writeFile(feed, noteOf(publishers));
  const updater = new NsisUpdater(null, {
    version: '1.0.0',
    name: 'ringside',
    isPackaged: true,
    appUpdateConfigPath: feed,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  Object.assign(updater, { httpExecutor: network });
  const updates = new Updates({
    way: 'installs',
    allowed: true,
    engine: () => Promise.resolve(engineOf(updater, feed)),
    settings: () => ({ automaticUpdates: true, updateChannel: 'stable' }),
    pageOf: () => undefined,
    canRestart: true,
    after: () => undefined,
    random: () => 0.5,
    now: () => 0,
    onChange: () => undefined,
    report: () => undefined,
  });
  await updates.check();
  await updates.download();
  return updates.state;
}

/** In the place of Electron's own way to the network, which is not there outside of it. */
const network = {
  async request({ protocol, hostname, port, path }: Record<string, string>): Promise<string> {
    return (await fetch(`${protocol}//${hostname}:${port}${path}`)).text();
  },
  async download(url: URL, destination: string): Promise<string> {
    const answer = await fetch(url);
    await writeFile(destination, Buffer.from(await answer.arrayBuffer()));
    return destination;
  },
};

/** As the packager notes it in a package. */
function noteOf(publishers: readonly string[]): string {
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

/** The list of the newest version, as the packager writes it. */
function theList(): string {
  const sha512 = createHash('sha512').update(INSTALLER).digest('base64');
  const files = ['x64', 'arm64'].flatMap((arch) => [
    `  - url: ringside-99.1.0-win-${arch}-setup.exe`,
    `    sha512: ${sha512}`,
    `    size: ${INSTALLER.length}`,
  ]);
  return ['version: 99.1.0', 'files:', ...files, ''].join('\n');
}

async function left(): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.map((name) => name.split(/[\\/]/).at(-1) ?? '');
}
