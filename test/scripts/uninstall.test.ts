import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import config from '../../electron-builder.config.js';

it('the Windows uninstaller removes the link handler and the autostart entry, except in updates', async () => {
  const file = resolve(import.meta.dirname, '../..', String(config.nsis?.include));
  const macro = await readFile(file, 'utf8');
  const removed = [...macro.matchAll(/DeleteReg(?:Key|Value) HKCU (.+)$/gm)].map(([, key]) => key);
  const currentVersion = String.raw`Software\Microsoft\Windows\CurrentVersion`;
  const [protocol] = [config.protocols ?? []].flat();
  expect(removed).toEqual([
    `"Software\\Classes\\${String(protocol?.schemes[0])}"`,
    `"${currentVersion}\\Run" "${String(config.appId)}"`,
    String.raw`"${currentVersion}\Explorer\StartupApproved\Run" "${String(config.appId)}"`,
  ]);
  expect(macro).toContain('${ifNot} ${isUpdated}');
});
