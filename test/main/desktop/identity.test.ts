import { describe, expect, test, vi } from 'vitest';
import config from '../../../electron-builder.config.js';

vi.mock('electron', () => ({ protocol: {} }));

const { APP_ID, identify } = await import('../../../src/main/desktop/identity');

/** What the system is told, in the order of telling. */
function toldOn(platform: NodeJS.Platform, isPackaged: boolean): readonly string[] {
  const told: string[] = [];
  identify(
    {
      isPackaged,
      setAppUserModelId: (id) => told.push(id),
      setAsDefaultProtocolClient: (scheme) => {
        told.push(`${scheme}:`);
        return true;
      },
    },
    platform,
  );
  return told;
}

describe('who this is', () => {
  test('is told to Windows by the name that the shortcut of the installer carries', () => {
    expect(APP_ID).toBe(config.appId);
    expect(toldOn('win32', true)).toEqual([APP_ID, 'ringside:']);
  });

  test('a checkout takes no links from what is installed', () => {
    expect(toldOn('win32', false)).toEqual([APP_ID]);
  });

  test.each(['linux', 'darwin'] as const)('on %s the package itself tells', (platform) => {
    expect(toldOn(platform, true)).toEqual([]);
  });
});
