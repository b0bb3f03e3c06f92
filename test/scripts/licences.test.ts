import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayShip } from '../../scripts/licences/allowed.mjs';
import { licenceList, packageFolder, readPackage } from '../../scripts/licences/packages.mjs';

describe('code of others', () => {
  it.each(['MIT', 'ISC', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND BSD-3-Clause'])(
    'may ship under %s',
    (licence) => {
      expect(mayShip(licence)).toBe(true);
    },
  );

  it.each([
    'GPL-3.0-only',
    'LGPL-2.1',
    'AGPL-3.0',
    'MIT AND GPL-2.0',
    'SEE LICENSE IN LICENSE.md',
    'UNLICENSED',
    '',
    undefined,
    { type: 'MIT' },
  ])('may not ship under %j', (licence) => {
    expect(mayShip(licence)).toBe(false);
  });
});

describe('the package that a module is part of', () => {
  it.each([
    ['/p/node_modules/svelte/src/index.js', '/p/node_modules/svelte'],
    ['/p/node_modules/@lucide/svelte/dist/x.svelte', '/p/node_modules/@lucide/svelte'],
    ['/p/node_modules/conf/node_modules/ajv/a.js?v=1', '/p/node_modules/conf/node_modules/ajv'],
    ['\0/p/node_modules/debug/src/a.js?commonjs', '/p/node_modules/debug'],
    ['C:\\p\\node_modules\\valibot\\dist\\index.js', 'C:/p/node_modules/valibot'],
  ])('of %j', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it.each(['/p/src/main/index.ts', '\0vite/preload-helper.js', '\0never-called:ajv-formats'])(
    'of %j is none',
    (id) => {
      expect(packageFolder(id)).toBeUndefined();
    },
  );
});

describe('what a package says of its licence', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-package-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = async (licence: unknown, files: Readonly<Record<string, string>>) => {
    const about = { name: 'thing', version: '1.2.3', license: licence };
    await writeFile(join(folder, 'package.json'), JSON.stringify(about));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  };

  it('is its name and its text, and a notice where there is one', async () => {
    await write('Apache-2.0', { 'LICENSE.md': 'Do this.\r\n', NOTICE: 'By us.', 'README.md': '' });
    expect(await readPackage(folder)).toEqual({
      name: 'thing',
      version: '1.2.3',
      licence: 'Apache-2.0',
      text: 'Do this.\n\nBy us.',
    });
  });

  it('ends the build where it may not ship', async () => {
    await write('GPL-3.0-only', { LICENSE: 'Share alike.' });
    await expect(readPackage(folder)).rejects.toThrow('thing is under the licence "GPL-3.0-only"');
  });

  it('ends the build where there is no text to hand on', async () => {
    await write('MIT', {});
    await mkdir(join(folder, 'src'));
    await expect(readPackage(folder)).rejects.toThrow('thing brings no text of its licence');
  });

  it('is listed by name', () => {
    const one = (name: string) => ({ name, version: '1', licence: 'MIT', text: `Text of ${name}` });
    const list = licenceList([one('virtua'), one('@lucide/svelte')]);
    expect(list.indexOf('@lucide/svelte 1 (MIT)')).toBeGreaterThan(0);
    expect(list.indexOf('@lucide/svelte')).toBeLessThan(list.indexOf('virtua'));
    expect(list).toContain('Text of virtua');
  });
});
