import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasPhoneApp } from '../../../src/main/platform/phone-app';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-path-'));
  vi.stubEnv('PATH', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Installs a command that prints the default app for links, as the one of the desktop does. */
function installCommand(script: string): void {
  writeFileSync(join(folder, 'xdg-mime'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

test.runIf(process.platform !== 'win32').each([
  [
    'an app',
    '[ "$*" = "query default x-scheme-handler/tel" ] && echo org.gnome.Calls.desktop',
    true,
  ],
  ['no app', '', false],
  ['only an empty line', 'echo', false],
  ['an error', 'exit 4', true],
  ['several apps', 'echo "linphone.desktop;org.gnome.Calls.desktop"', true],
  ['an app and a warning', 'echo "qtpaths: not found" >&2; echo kdeconnect.desktop', true],
  ['only a warning', 'echo "qtpaths: not found" >&2', false],
  ['only spaces', 'printf "  \\t\\n"', false],
  ['a crash', 'kill -9 $$', true],
])('on Linux with %s for phone numbers', async (_, script, expected) => {
  installCommand(script);
  expect(await hasPhoneApp('linux')).toBe(expected);
});

test('finds no app on Linux if xdg-mime is missing', async () => {
  expect(await hasPhoneApp('linux')).toBe(false);
});

test.each(['win32', 'darwin'] as const)(
  'lets Electron report a missing phone app on %s',
  async (platform) => {
    expect(await hasPhoneApp(platform)).toBe(true);
  },
);
