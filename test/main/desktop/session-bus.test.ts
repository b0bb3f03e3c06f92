import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { desktopAbilities, notificationService } from '../../../src/main/desktop/session-bus';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-bus-'));
  vi.stubEnv('PATH', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('what a Linux desktop can do', () => {
  test.each<[string, string, string, boolean]>([
    [
      'dbus-send',
      'a daemon that reads markup',
      capabilitiesOf('body', 'actions', 'body-markup'),
      true,
    ],
    [
      'dbus-send',
      'a daemon that does not',
      capabilitiesOf('body', 'actions', 'body-images'),
      false,
    ],
    ['dbus-send', 'a daemon that can do nothing', capabilitiesOf(), false],
    ['gdbus', 'a daemon that reads markup', "(['body', 'body-markup', 'actions'],)", true],
    ['gdbus', 'a daemon that does not', "(['body', 'body-hyperlinks'],)", false],
    ['gdbus', 'a daemon that can do nothing', '(@as [],)', false],
  ])('is asked by %s: %s', async (command, _, answer, readsMarkup) => {
    install(command, { capabilities: answer });
    expect((await desktopAbilities('linux')).readsMarkup).toBe(readsMarkup);
  });

  test.each<[string, string, boolean]>([
    ['dbus-send', '   boolean true', true],
    ['dbus-send', '   boolean false', false],
    ['gdbus', '(true,)', true],
    ['gdbus', '(false,)', false],
  ])('is asked by %s for a tray: %s', async (command, answer, tray) => {
    install(command, { tray: answer });
    expect((await desktopAbilities('linux')).tray).toBe(tray);
  });

  test('is told of its notifications word by word', async () => {
    install('dbus-send', { capabilities: capabilitiesOf('body', 'actions') });
    expect((await desktopAbilities('linux')).notifications).toEqual(['body', 'actions']);
  });

  test('is thought to be everything where nobody answers', async () => {
    expect(await desktopAbilities('linux')).toEqual({ readsMarkup: true, tray: true });
    install('dbus-send', { fails: true });
    install('gdbus', { fails: true });
    expect(await desktopAbilities('linux')).toEqual({ readsMarkup: true, tray: true });
  });

  test('is asked of the other command where the first one fails', async () => {
    install('dbus-send', { fails: true });
    install('gdbus', { capabilities: "(['body'],)", tray: '(false,)' });
    const abilities = { readsMarkup: false, notifications: ['body'], tray: false };
    expect(await desktopAbilities('linux')).toEqual(abilities);
  });
});

test.each(['win32', 'darwin'] as const)('on %s it is known without asking', async (platform) => {
  install('dbus-send', { capabilities: capabilitiesOf('body-markup'), tray: '   boolean false' });
  expect(await desktopAbilities(platform)).toEqual({ readsMarkup: false, tray: true });
});

describe('who shows notifications', () => {
  test.each<[string, string]>([
    [
      'dbus-send',
      'method return time=1.5 sender=org.freedesktop.DBus -> destination=:1.9\n   string ":1.23"',
    ],
    ['gdbus', "(':1.23',)"],
  ])('is asked by %s', async (command, owner) => {
    install(command, { owner });
    expect(await notificationService('linux')).toBe(':1.23');
  });

  test('is nobody where the name is nobody’s', async () => {
    install('dbus-send', { notifications: '   boolean false' });
    expect(await notificationService('linux')).toBe('');
  });

  test('is not known where nobody says so', async () => {
    expect(await notificationService('linux')).toBeUndefined();
    install('dbus-send', { notifications: '   boolean true' });
    expect(await notificationService('linux')).toBeUndefined();
    install('dbus-send', { owner: 'nothing that names anybody' });
    expect(await notificationService('linux')).toBeUndefined();
  });

  test.each(['win32', 'darwin'] as const)('is not asked on %s', async (platform) => {
    install('dbus-send', { owner: '   string ":1.23"' });
    expect(await notificationService(platform)).toBeUndefined();
  });
});

/** The answer as `dbus-send --print-reply` writes it. */
function capabilitiesOf(...names: readonly string[]): string {
  const lines = names.map((name) => `      string "${name}"`);
  return [
    'method return time=1700000000.123456 sender=:1.5 -> destination=:1.9 serial=7 reply_serial=2',
    '   array [',
    ...lines,
    '   ]',
  ].join('\n');
}

interface Bus {
  readonly capabilities?: string;
  readonly tray?: string;
  /** Who has the name of the notifications, and whether anybody has it. */
  readonly owner?: string;
  readonly notifications?: string;
  readonly fails?: boolean;
}

/** Puts a command in place that answers like one that speaks to a session bus. */
function install(command: string, bus: Bus): void {
  const { capabilities = '', tray = '', owner, notifications, fails = false } = bus;
  const path = join(folder, command);
  const script = [
    '#!/bin/sh',
    fails ? 'echo "Failed to open connection" >&2; exit 1' : '',
    'case "$*" in',
    `  *GetCapabilities*) printf '%s\\n' '${quoted(capabilities)}' ;;`,
    `  *NameHasOwner*org.kde.StatusNotifierWatcher*) printf '%s\\n' '${tray}' ;;`,
    owner === undefined ? '' : `  *GetNameOwner*) printf '%s\\n' '${quoted(owner)}' ;;`,
    notifications === undefined
      ? ''
      : `  *NameHasOwner*org.freedesktop.Notifications*) printf '%s\\n' '${notifications}' ;;`,
    '  *) exit 1 ;;',
    'esac',
  ];
  writeFileSync(path, script.join('\n'));
  chmodSync(path, 0o755);
}

/** What stands between single quotes of the shell. */
function quoted(text: string): string {
  return text.replaceAll("'", `'\\''`);
}
