import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PLACE } from './package';

const run = promisify(execFile);

/** A package of a later version, on a server as a release is. */
export interface Release {
  /** As the app tells it. */
  readonly version: string;
  /** Fetches the package as a person would; gives the file. */
  fetch(): Promise<string>;
  close(): Promise<void>;
}

/** Makes of a package one of the next version, with the same in it, and offers it on loopback. */
export async function releaseNext(file: string): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-release-'));
  const { next, newer } = await repacked(file, folder);
  const bytes = await readFile(newer);
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'Content-Type': 'application/vnd.debian.binary-package' }).end(bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    version: next,
    async fetch() {
      const answer = await fetch(`http://127.0.0.1:${port}/ringside.deb`);
      const fetched = join(folder, 'fetched.deb');
      await writeFile(fetched, Buffer.from(await answer.arrayBuffer()));
      return fetched;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function repacked(file: string, folder: string): Promise<{ next: string; newer: string }> {
  const stage = join(folder, 'stage');
  await run('dpkg-deb', ['--raw-extract', file, stage]);
  const control = join(stage, 'DEBIAN', 'control');
  const description = await readFile(control, 'utf8');
  const version = /^Version: (\d+\.\d+\.\d+)/m.exec(description)?.[1];
  if (version === undefined) throw new Error(`the package has no version:\n${description}`);
  const next = later(version);
  await writeFile(control, description.replace(`Version: ${version}`, `Version: ${next}`));
  // As long as before, so that nothing in the archive moves.
  const archive = join(stage, PLACE, 'resources', 'app.asar');
  const bytes = await readFile(archive);
  const about = /"version":\s*"/.exec(bytes.toString('latin1'));
  const at = about === null ? -1 : about.index + about[0].length;
  if (bytes.toString('latin1', at, at + version.length) !== version) {
    throw new Error('the archive does not say its version where it was looked for');
  }
  bytes.write(next, at, 'latin1');
  await writeFile(archive, bytes);
  const newer = join(folder, 'newer.deb');
  await run('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z1', '--build', stage, newer]);
  await rm(stage, { recursive: true });
  return { next, newer };
}

/** A later version of as many letters: the last digit that can grow does. */
function later(version: string): string {
  const next = version.replace(/[0-8](?=[9.]*$)/, (digit) => String(Number(digit) + 1));
  if (next === version) throw new Error(`no later version is as long as ${version}`);
  return next;
}
