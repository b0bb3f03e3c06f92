import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { INSTALL_FOLDER } from './debian-package';

const run = promisify(execFile);

/** A package of a later version on a local server. */
export interface Release {
  /** As the app shows it. */
  readonly version: string;
  /** Downloads the package; returns the file. */
  download(): Promise<string>;
  close(): Promise<void>;
}

/** Turns a package into one of the next version, and offers it on a local server. */
export async function publishNextRelease(file: string): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-release-'));
  const { version, newPackage } = await repackage(file, folder);
  const bytes = await readFile(newPackage);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/vnd.debian.binary-package' }).end(bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    version,
    async download() {
      const response = await fetch(`http://127.0.0.1:${port}/ringside.deb`);
      const downloaded = join(folder, 'downloaded.deb');
      await writeFile(downloaded, Buffer.from(await response.arrayBuffer()));
      return downloaded;
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

async function repackage(
  file: string,
  folder: string,
): Promise<{ version: string; newPackage: string }> {
  const contents = join(folder, 'contents');
  await run('dpkg-deb', ['--raw-extract', file, contents]);
  const controlFile = join(contents, 'DEBIAN', 'control');
  const control = await readFile(controlFile, 'utf8');
  const current = /^Version: (\d+\.\d+\.\d+)/m.exec(control)?.[1];
  if (current === undefined) throw new Error(`the package has no version:\n${control}`);
  const version = getNextVersion(current);
  await writeFile(controlFile, control.replace(`Version: ${current}`, `Version: ${version}`));
  // It has as many characters, so no offset in the archive changes.
  const archive = join(contents, INSTALL_FOLDER, 'resources', 'app.asar');
  const bytes = await readFile(archive);
  const match = new RegExp(`"version":\\s*"(?=${current}")`).exec(bytes.toString('latin1'));
  if (match === null) throw new Error(`version ${current} was not found in the archive`);
  bytes.write(version, match.index + match[0].length, 'latin1');
  await writeFile(archive, bytes);
  const newPackage = join(folder, 'next.deb');
  await run('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z1', '--build', contents, newPackage]);
  await rm(contents, { recursive: true });
  return { version, newPackage };
}

/** Increases the last digit that can grow, so the version keeps its length. */
function getNextVersion(version: string): string {
  const next = version.replace(/[0-8](?=[9.]*$)/, (digit) => String(Number(digit) + 1));
  if (next === version) throw new Error(`no later version is as long as ${version}`);
  return next;
}
