import { expect, test, vi } from 'vitest';
import config from '../../../electron-builder.config.js';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));

const { APP_ID, registerAppIdentity, TOAST_ACTIVATOR_CLSID } =
  await import('../../../src/main/platform/app-identity');

test('registers the installer’s app id and the link scheme on Windows', () => {
  expect(APP_ID).toBe(config.appId);
  expect(getRegistrations('win32', true)).toEqual([APP_ID, TOAST_ACTIVATOR_CLSID, 'ringside:']);
});

test('registers no links while running from a checkout', () => {
  expect(getRegistrations('win32', false)).toEqual([APP_ID, TOAST_ACTIVATOR_CLSID]);
});

test.each(['linux', 'darwin'] as const)('registers nothing on %s', (platform) => {
  expect(getRegistrations(platform, true)).toEqual([]);
});

function getRegistrations(platform: NodeJS.Platform, isPackaged: boolean): readonly string[] {
  const registrations: string[] = [];
  registerAppIdentity(platform, {
    isPackaged,
    setAppUserModelId: (id) => registrations.push(id),
    setToastActivatorCLSID: (id) => registrations.push(id),
    setAsDefaultProtocolClient: (scheme) => {
      registrations.push(`${scheme}:`);
      return true;
    },
  });
  return registrations;
}
