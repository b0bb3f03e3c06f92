import { expect, test, vi } from 'vitest';
import { DateFormat } from '../../../src/shared/date-format';

const { electronApp } = vi.hoisted(() => ({
  electronApp: {
    getVersion: () => '1.0.0',
    getPreferredSystemLanguages: () => ['en'],
    getLocaleCountryCode: () => '',
    getSystemLocale: vi.fn<() => string>(),
  },
}));
vi.mock('electron', () => ({
  app: electronApp,
  safeStorage: { isEncryptionAvailable: () => true, getSelectedStorageBackend: () => 'basic_text' },
  systemPreferences: { getUserDefault: () => undefined },
}));

const { getDesktopEnvironment, getPlatformInfo } =
  await import('../../../src/main/platform/platform-info');

test.each([
  ['GNOME', 'gnome'],
  ['ubuntu:GNOME', 'gnome'],
  ['GNOME-Classic:GNOME', 'gnome'],
  ['KDE', 'other'],
  ['XFCE', 'other'],
  ['X-Cinnamon', 'other'],
  ['gnome-like', 'other'],
  ['', 'other'],
  [undefined, 'other'],
] as const)('recognizes the desktop %s as %s', (name, desktop) => {
  expect(getDesktopEnvironment({ XDG_CURRENT_DESKTOP: name })).toBe(desktop);
});

test.each(['C', 'c.utf8', 'en-US-u-va-posix', 'en_US@posix', 'nonsense-locale-x-', ''])(
  "formats dates on a system with the locale '%s'",
  (systemLocale) => {
    vi.stubEnv('LC_ALL', 'C.UTF-8');
    electronApp.getSystemLocale.mockReturnValue(systemLocale);
    const { locale, hourCycle } = getPlatformInfo(false, true);
    expect(new DateFormat('en', { locale, hourCycle }).hour(14)).toMatch(/^(2.PM|14)$/);
    vi.unstubAllEnvs();
  },
);
