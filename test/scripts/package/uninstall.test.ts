import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../../electron-builder.config.js';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

test('what Ringside writes into the registry of Windows goes with it, by the names it uses', async () => {
  const macro = await readFile(resolve(REPOSITORY, String(config.nsis?.include)), 'utf8');
  const deleted = macro
    .split('\n')
    .map((line) => /^\s*DeleteReg(?:Key|Value) HKCU (.+)$/.exec(line)?.[1])
    .filter((found) => found !== undefined);
  const startsWith = String.raw`Software\Microsoft\Windows\CurrentVersion`;
  const [protocol] = [config.protocols ?? []].flat();
  expect(deleted).toEqual([
    `"Software\\Classes\\${String(protocol?.schemes[0])}"`,
    `"${startsWith}\\Run" "${String(config.appId)}"`,
    String.raw`"${startsWith}\Explorer\StartupApproved\Run" "${String(config.appId)}"`,
  ]);
  // An update uninstalls too, and must take nothing away.
  expect(macro).toContain('${ifNot} ${isUpdated}');
});
