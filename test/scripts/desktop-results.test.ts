import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatDesktopResults } from '../../scripts/lib/desktop-results.mjs';

test('the table of desktops shows a desktop that didn’t start as failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-desktops-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const add = async (name: string, content?: unknown): Promise<void> => {
    await mkdir(join(folder, name));
    if (content === undefined) return;
    await writeFile(join(folder, name, 'results.json'), JSON.stringify(content));
  };
  await add('lxqt');
  await add('sway', { desktop: 'sway, Wayland', results: { ring: 'no card', menu: '–' } });
  await add('xfce', { desktop: 'Xfce', results: { ring: 'OK' } });
  expect(await formatDesktopResults(folder)).toBe(
    [
      '|  | lxqt | sway, Wayland | Xfce |',
      '| --- | --- | --- | --- |',
      '| ring | **failed** | **failed** | OK |',
      '| menu | **failed** | – |  |',
    ].join('\n'),
  );
});
