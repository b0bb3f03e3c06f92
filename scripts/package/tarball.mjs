import { basename, dirname } from 'node:path';
import { run } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';

const packLimit = 5 * 60_000;

/**
 * Packs a folder so that it unpacks into one of a given name and belongs to nobody in particular.
 *
 * @param {string} folder
 * @param {string} file the archive to write, `.tar.gz`
 */
export async function makeTarball(folder, file) {
  const name = basename(file, '.tar.gz');
  const { code, output } = await run(
    'tar',
    [
      ...['--create', '--gzip', `--file=${file}`, `--directory=${dirname(folder)}`],
      ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'],
      `--transform=flags=r;s,^${basename(folder)},${name},`,
      basename(folder),
    ],
    { limit: packLimit },
  );
  if (code !== 0) throw new SetupError(`${output}\ntar could not make ${file}.`);
}
