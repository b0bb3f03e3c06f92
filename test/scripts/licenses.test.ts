import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  formatLicenses,
  getPackageFolder,
  isAllowedLicense,
  readPackage,
} from '../../scripts/lib/licenses.mjs';

describe('isAllowedLicense', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND BSD-3-Clause'])(
    'accepts %s',
    (license) => {
      expect(isAllowedLicense(license)).toBe(true);
    },
  );

  it.each(['GPL-3.0-only', 'MIT AND GPL-2.0', 'SEE LICENSE IN LICENSE.md', '', undefined])(
    'rejects %j',
    (license) => {
      expect(isAllowedLicense(license)).toBe(false);
    },
  );
});

describe('getPackageFolder', () => {
  it.each([
    ['/p/node_modules/svelte/src/index.js', '/p/node_modules/svelte'],
    ['/p/node_modules/@lucide/svelte/dist/x.svelte', '/p/node_modules/@lucide/svelte'],
    ['/p/node_modules/conf/node_modules/ajv/a.js?v=1', '/p/node_modules/conf/node_modules/ajv'],
    ['\0/p/node_modules/debug/src/a.js?commonjs', '/p/node_modules/debug'],
    ['C:\\p\\node_modules\\valibot\\dist\\index.js', 'C:/p/node_modules/valibot'],
    ['/p/src/main/index.ts', undefined],
    ['\0vite/preload-helper.js', undefined],
  ])('finds the package of %j', (moduleId, folder) => {
    expect(getPackageFolder(moduleId)).toBe(folder);
  });
});

describe('readPackage', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-license-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(
    license: string | undefined,
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    const about = { name: 'thing', version: '1.2.3', license, author: 'Ada Byron' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(about));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  }

  it('returns the text of the license and of the notice', async () => {
    await write('Apache-2.0', { 'LICENSE.md': 'Terms.\r\n', NOTICE: 'By us.', 'README.md': 'No.' });
    expect(await readPackage(folder)).toEqual({
      name: 'thing',
      version: '1.2.3',
      license: 'Apache-2.0',
      text: 'Terms.\n\nBy us.',
    });
  });

  it('adds the text of the MIT license to packages that only name it', async () => {
    await write('MIT', {});
    expect((await readPackage(folder)).text).toMatch(/^MIT License\n\nCopyright \(c\) Ada Byron\n/);
  });

  it('recognizes the text of the MIT license in packages that do not name it', async () => {
    await write(undefined, { LICENSE: 'MIT License\n\nCopyright' });
    expect((await readPackage(folder)).license).toBe('MIT');
  });

  it('rejects a license that is not on the list', async () => {
    await write('GPL-3.0-only', { LICENSE: 'Share alike.' });
    await expect(readPackage(folder)).rejects.toThrow('The license of thing, "GPL-3.0-only"');
  });

  it('rejects a package without the text of its license', async () => {
    await write('Apache-2.0', {});
    await expect(readPackage(folder)).rejects.toThrow('without the text of its license');
  });
});

it('the license list is sorted by name', () => {
  const createPackage = (name: string) => ({
    name,
    version: '1.0.0',
    license: 'MIT',
    text: `Text of ${name}`,
  });
  const list = formatLicenses([createPackage('virtua'), createPackage('@lucide/svelte')]);
  expect(list.indexOf('@lucide/svelte 1.0.0 (MIT)')).toBeGreaterThan(0);
  expect(list.indexOf('@lucide/svelte')).toBeLessThan(list.indexOf('Text of virtua'));
});
