import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const repository = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Where the package installs the app. */
export const INSTALL_FOLDER = '/usr/lib/ringside';

/** Returns why the package can't be installed on this machine, or undefined if it can. */
export async function getSkipReason(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'a Debian package can be installed on Linux only';
  if (!existsSync('/usr/bin/apt-get')) return 'this Linux has no apt-get';
  if (process.getuid?.() !== 0) return 'only root can install a package';
  const version = await getInstalledVersion();
  if (version === undefined || version.includes('~test')) return undefined;
  return `a release of Ringside, ${version}, is installed on this machine`;
}

/** Returns the installed version of Ringside, or undefined. */
export async function getInstalledVersion(): Promise<string | undefined> {
  const query = ['--showformat=${db:Status-Status} ${Version}', '--show', 'ringside'];
  const { stdout } = await run('dpkg-query', query).catch(() => ({ stdout: '' }));
  return /^installed (.+)$/.exec(stdout)?.[1];
}

/** Makes the package that ships, quickly compressed; returns the file. */
export async function makePackage(): Promise<string> {
  const { stdout } = await run(process.execPath, ['scripts/package.mjs', 'deb', '--quick'], {
    cwd: repository,
    maxBuffer: 16 * 1024 * 1024,
  });
  const file = stdout.split('\n').findLast((line) => line.endsWith('.deb'));
  if (file === undefined) throw new Error(`no package was made:\n${stdout}`);
  return file;
}

export async function installPackage(file: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['install', '-y', '--no-install-recommends', file], { env });
}

export async function uninstallPackage(): Promise<void> {
  await run('dpkg', ['--purge', 'ringside']);
}

/** Lists everything the installed package put on the machine. */
export async function listInstalledFiles(): Promise<readonly string[]> {
  const { stdout } = await run('dpkg', ['--listfiles', 'ringside']);
  return stdout.split('\n').filter((line) => line.startsWith('/') && line !== '/.');
}
