import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Where the package puts the app. */
export const PLACE = '/opt/Ringside';

/** Why nothing can be installed on this machine; undefined when it can. */
export async function whyNotHere(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'a Debian package is installed on Linux only';
  if (!existsSync('/usr/bin/dpkg')) return 'this Linux has no dpkg';
  if (process.getuid?.() !== 0) return 'only root may install a package';
  const version = await installedVersion();
  if (version === undefined || version.includes('~test')) return undefined;
  return `Ringside ${version} is installed on this machine, and not for tests`;
}

/** Which Ringside is installed; undefined when none is. */
export async function installedVersion(): Promise<string | undefined> {
  const query = ['--showformat=${db:Status-Status} ${Version}', '--show', 'ringside'];
  const answer = await run('dpkg-query', query).catch(() => ({ stdout: '' }));
  return /^installed (.+)$/.exec(answer.stdout)?.[1];
}

/** Makes the package of what was built; gives the file. */
export async function makePackage(): Promise<string> {
  const { stdout } = await run(process.execPath, ['scripts/package.mjs', 'deb', '--quick'], {
    cwd: REPOSITORY,
    maxBuffer: 16 * 1024 * 1024,
  });
  const file = stdout.split('\n').findLast((line) => line.endsWith('.deb'));
  if (file === undefined) throw new Error(`no package was made:\n${stdout}`);
  return file;
}

/** Installs the package, as a person's desktop does. */
export async function install(file: string): Promise<void> {
  await run('dpkg', ['--install', file]);
}

/** Removes the package with everything that is the package's. */
export async function uninstall(): Promise<void> {
  await run('dpkg', ['--purge', 'ringside']);
}

/** Everything that the installed package put on the machine. */
export async function installedFiles(): Promise<readonly string[]> {
  const { stdout } = await run('dpkg', ['--listfiles', 'ringside']);
  return stdout.split('\n').filter((line) => line.startsWith('/') && line !== '/.');
}
