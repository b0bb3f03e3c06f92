import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings/settings';
import type { SystemNotice } from '../../../src/shared/state';
import { CAN_LIMIT_FILE_SIZE, withFileSizeLimit } from './file-size-limit';
import { SettingsStore } from '../../../src/main/storage/settings-store';

const ACCOUNT = {
  server: 'https://evovoice.io',
  userName: 'maya',
  password: 'c2VjcmV0',
  color: 1,
  paused: false,
};
const OTHER_ACCOUNT = { ...ACCOUNT, userName: 'priya', color: 2, paused: true };

let profile: string;
let path: string;
let notices: SystemNotice[];

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'ringside-settings-'));
  path = join(profile, 'settings.json');
  notices = [];
});

afterEach(() => {
  rmSync(profile, { recursive: true });
});

describe('SettingsStore', () => {
  test('starts with the defaults', () => {
    const store = openStore();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(store.doNotDisturb).toBeNull();
    expect(store.accounts).toEqual([]);
    expect(notices).toEqual([]);
    expect(readdirSync(profile)).toEqual([]);
  });

  test.each([
    ['a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['two byte order marks', (text: string) => Buffer.from(`\uFEFF\uFEFF${text}`)],
    [
      'one and Windows line ends',
      (text: string) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
    ],
    ['the one of UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    [
      'the one of big-endian UTF-16',
      (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    ],
  ])('reads a file with %s', (_, encode) => {
    openStore().update({ pollSeconds: 7 });
    openStore().accounts = [ACCOUNT];
    writeFileSync(path, encode(readFileSync(path, 'utf8')));
    const store = openStore();
    expect(store.get().pollSeconds).toBe(7);
    expect(store.accounts).toEqual([ACCOUNT]);
    expect(notices).toEqual([]);
    expect(store.update({ pollSeconds: 8 })).toEqual([]);
    expect(openStore().get().pollSeconds).toBe(8);
  });

  describe('for 30 minutes', () => {
    const MINUTE_MS = 60_000;
    const START = Date.UTC(2026, 2, 3, 9, 30);

    beforeEach(() => {
      vi.useFakeTimers({ now: START });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    test.each([
      ['set back by an hour', -60],
      ['set ahead by an hour', 60],
      ['set ahead by a day', 1_440],
      ['set back by a year', -525_600],
      ['set back by ten minutes, to when it was turned on', -10],
      ['set ahead by 45 minutes, past the end', 45],
      ['set ahead to the very end', 20],
      ['left alone', 0],
    ])('Do Not Disturb lasts as long if the clock is %s', (_, minutes) => {
      const store = openStore();
      store.setDoNotDisturb('30-minutes');
      vi.advanceTimersByTime(10 * MINUTE_MS);
      vi.setSystemTime(Date.now() + minutes * MINUTE_MS);
      expect(store.doNotDisturb?.until).toBe(Date.now() + 20 * MINUTE_MS);
      vi.advanceTimersByTime(20 * MINUTE_MS - 1);
      expect(store.isDoNotDisturbActive).toBe(true);
      vi.advanceTimersByTime(1);
      expect(store.isDoNotDisturbActive).toBe(false);
      expect(store.doNotDisturb).toBeNull();
    });

    test('Do Not Disturb does not get longer if the clock is set back during a restart', () => {
      openStore().setDoNotDisturb('30-minutes');
      vi.setSystemTime(START - 60 * MINUTE_MS);
      const store = openStore();
      expect(store.doNotDisturb?.until).toBe(Date.now() + 30 * MINUTE_MS);
      vi.advanceTimersByTime(30 * MINUTE_MS);
      expect(store.doNotDisturb).toBeNull();
    });

    test('Do Not Disturb continues for the remaining time after a restart', () => {
      openStore().setDoNotDisturb('30-minutes');
      vi.advanceTimersByTime(12 * MINUTE_MS);
      const store = openStore();
      expect(store.doNotDisturb).toEqual({ until: START + 30 * MINUTE_MS, isScheduled: false });
      vi.advanceTimersByTime(18 * MINUTE_MS);
      expect(store.doNotDisturb).toBeNull();
    });

    test('an end at a time of day follows the clock', () => {
      const store = openStore();
      store.setDoNotDisturb('tomorrow');
      const end = store.doNotDisturb;
      vi.setSystemTime(START - 60 * MINUTE_MS);
      expect(store.doNotDisturb).toEqual(end);
    });
  });

  test('restores everything after a restart', () => {
    const store = openStore();
    expect(store.update({ pollSeconds: 7, mutedChannels: ['Fax'] })).toEqual([]);
    store.setDoNotDisturb('until-turned-off');
    store.accounts = [OTHER_ACCOUNT, ACCOUNT];
    const next = openStore();
    expect(next.get()).toEqual({ ...DEFAULT_SETTINGS, pollSeconds: 7, mutedChannels: ['Fax'] });
    expect(next.doNotDisturb).toEqual({ until: null, isScheduled: false });
    expect(next.accounts).toEqual([OTHER_ACCOUNT, ACCOUNT]);
  });

  test('rejects a change with unknown or invalid settings as a whole', () => {
    const store = openStore();
    expect(store.update({ theme: 'dark', pollSeconds: 0, hologram: 1 })).toEqual([
      'pollSeconds',
      'hologram',
    ]);
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
  });

  test('notifies subscribers of each change until they unsubscribe', () => {
    const store = openStore();
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    store.update({ pollSeconds: 7 });
    expect(listener.mock.calls).toEqual([[store.get(), DEFAULT_SETTINGS]]);
    store.update({ pollSeconds: 0 });
    unsubscribe();
    store.update({ pollSeconds: 8 });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('ends Do Not Disturb on time and notifies subscribers when the user changes it', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const store = openStore();
    const listener = vi.fn();
    store.subscribe(listener);
    store.setDoNotDisturb('30-minutes');
    expect(listener.mock.calls).toEqual([[store.get(), store.get()]]);
    expect(store.isDoNotDisturbActive).toBe(true);
    vi.advanceTimersByTime(30 * 60_000);
    expect(store.doNotDisturb).toBeNull();
    expect(store.isDoNotDisturbActive).toBe(false);
    const always = { from: 0, to: 0 };
    store.update({
      scheduledDoNotDisturb: true,
      doNotDisturbSchedule: Array.from({ length: 7 }, () => always),
    });
    expect(store.isDoNotDisturbActive).toBe(true);
  });

  test('turns the schedule off for today, even after a restart, until it is changed', () => {
    vi.useFakeTimers({ now: new Date(2026, 2, 2, 19) });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const night = { from: 18 * 60, to: 8 * 60 };
    const store = openStore();
    store.update({
      scheduledDoNotDisturb: true,
      doNotDisturbSchedule: Array.from({ length: 7 }, () => night),
    });
    const until = new Date(2026, 2, 3, 8).getTime();
    expect(store.doNotDisturb).toEqual({ until, isScheduled: true });
    store.setDoNotDisturb('off');
    expect(store.doNotDisturb).toBeNull();
    vi.setSystemTime(until - 1);
    expect(openStore().doNotDisturb).toBeNull();
    vi.setSystemTime(new Date(2026, 2, 3, 19));
    expect(openStore().isDoNotDisturbActive).toBe(true);
    store.setDoNotDisturb('off');
    store.update({ scheduledDoNotDisturb: false });
    store.update({ scheduledDoNotDisturb: true });
    expect(store.isDoNotDisturbActive).toBe(true);
  });

  // Windows protects the profile by the permissions of its folder.
  test.skipIf(process.platform === 'win32')('writes a file only its owner can read', () => {
    openStore().accounts = [ACCOUNT];
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('shows a hint once per profile', () => {
    expect(openStore().markHintShown('no-tray')).toBe(true);
    expect(openStore().markHintShown('no-tray')).toBe(false);
  });
});

describe('managed settings', () => {
  test('take precedence, can’t be changed, and are never written', () => {
    const store = openStore({ server: 'https://pbx.example' });
    expect(store.get().server).toBe('https://pbx.example');
    expect(store.managedNames).toEqual(['server']);
    expect(store.update({ server: 'https://evovoice.io', pollSeconds: 7 })).toEqual(['server']);
    store.update({ pollSeconds: 7 });
    expect(readFileSync(path, 'utf8')).not.toContain('pbx.example');
    expect(openStore().get()).toEqual({ ...DEFAULT_SETTINGS, pollSeconds: 7 });
  });

  test('are replaced by the user’s own value when they are no longer managed', () => {
    openStore().update({ theme: 'dark' });
    const managed = openStore({ theme: 'light' });
    expect(managed.get().theme).toBe('light');
    managed.update({ pollSeconds: 7 });
    expect(openStore().get()).toMatchObject({ theme: 'dark', pollSeconds: 7 });
  });
});

describe('remembered accounts', () => {
  test('leave no trace in the file once removed', () => {
    const store = openStore();
    store.accounts = [ACCOUNT];
    store.accounts = [{ ...ACCOUNT, password: undefined }];
    expect(openStore().accounts).toEqual([{ ...ACCOUNT, password: undefined }]);
    expect(readFileSync(path, 'utf8')).not.toContain(ACCOUNT.password);
    store.accounts = [];
    expect(openStore().accounts).toEqual([]);
    expect(readFileSync(path, 'utf8')).not.toContain('maya');
  });

  test('leave no trace in other files once removed', () => {
    const store = openStore();
    store.accounts = [ACCOUNT];
    writeFileSync(join(profile, 'settings.json.broken-2026-01-01T00-00-00-000Z'), 'maya');
    writeFileSync(join(profile, 'settings.json.tmp-1234567890abcdef'), 'maya');
    store.accounts = [{ ...ACCOUNT, paused: true }];
    expect(readdirSync(profile)).toHaveLength(3);
    store.accounts = [];
    expect(readdirSync(profile)).toEqual(['settings.json']);
  });

  test('include the account of a file that could hold only one', () => {
    const { server, userName, password } = ACCOUNT;
    writeFile({ account: { server, userName, password } });
    expect(openStore().accounts).toEqual([ACCOUNT]);
    openStore().accounts = [ACCOUNT, OTHER_ACCOUNT];
    expect(openStore().accounts).toEqual([ACCOUNT, OTHER_ACCOUNT]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).not.toHaveProperty('account');
  });

  test('skip invalid entries and duplicates', () => {
    const invalid = [7, null, { server: 'x:y:z', userName: 'maya' }, { userName: 'maya' }];
    const duplicate = { ...ACCOUNT, userName: 'MAYA', password: 'other' };
    const odd = { ...ACCOUNT, color: 99, paused: 'yes' };
    writeFile({ accounts: [...invalid, odd, duplicate, OTHER_ACCOUNT] });
    expect(openStore().accounts).toEqual([ACCOUNT, OTHER_ACCOUNT]);
    writeFile({ accounts: {} });
    expect(openStore().accounts).toEqual([]);
  });
});

describe('an edited settings file', () => {
  test('falls back to defaults for invalid values only', () => {
    const settings = {
      pollSeconds: 0,
      theme: 'dark',
      volume: 'loud',
      doNotDisturbSchedule: [1],
      zoom: 150,
    };
    writeFile({
      settings,
      doNotDisturbUntil: { until: 7 },
      account: { server: 7 },
      shownHints: { 'no-tray': 1 },
    });
    const store = openStore();
    expect(store.get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', zoom: 150 });
    expect(store.doNotDisturb).toBeNull();
    expect(store.accounts).toEqual([]);
    expect(store.markHintShown('no-tray')).toBe(true);
    expect(notices).toEqual([]);
  });

  test.each([null, 'x', 7, []])('can contain %j instead of the settings', (settings) => {
    writeFile({ settings });
    expect(openStore().get()).toEqual(DEFAULT_SETTINGS);
  });

  test('keeps the entries of a newer version', () => {
    writeFile({ settings: { zoom: 150, hologram: 'blue' }, plugins: [{ name: 'lights' }] });
    const store = openStore();
    store.update({ pollSeconds: 7 });
    store.accounts = [ACCOUNT];
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      settings: { zoom: 150, hologram: 'blue', pollSeconds: 7 },
      plugins: [{ name: 'lights' }],
    });
  });

  test('can’t pollute prototypes', () => {
    writeFileSync(path, '{"settings":{"__proto__":{"pinned":true}},"__proto__":{"account":{}}}');
    expect(openStore().get()).toEqual(DEFAULT_SETTINGS);
    expect(({} as Record<string, unknown>)['pinned']).toBeUndefined();
  });
});

describe('a broken settings file', () => {
  test.each(['', 'garbage', '\u0000\u0001', '[]', 'null', '7', '{"settings":{'])(
    'is renamed and reported once: %j',
    (text) => {
      writeFileSync(path, text);
      const store = openStore();
      expect(store.get()).toEqual(DEFAULT_SETTINGS);
      const [copy = ''] = readdirSync(profile);
      expect(copy).toMatch(/^settings\.json\.broken-\d{4}-\d\d-\d\dT/);
      expect(readFileSync(join(profile, copy), 'utf8')).toBe(text);
      expect(notices).toEqual([{ kind: 'broken-file', file: 'settings.json', keptAs: copy }]);
      store.update({ pollSeconds: 7 });
      expect(openStore().get().pollSeconds).toBe(7);
      expect(notices).toHaveLength(1);
    },
  );

  test('is never partly used if it is truncated', () => {
    openStore().accounts = [ACCOUNT];
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length - 1; length += 1) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      notices = [];
      expect(openStore().accounts, `${length} bytes`).toEqual([]);
      const [copy = ''] = readdirSync(profile);
      expect(readFileSync(join(profile, copy))).toEqual(cut);
      rmSync(join(profile, copy));
    }
  });

  test('may be a folder', () => {
    mkdirSync(path);
    expect(openStore().get()).toEqual(DEFAULT_SETTINGS);
    expect(notices).toMatchObject([{ kind: 'broken-file', file: 'settings.json' }]);
  });
});

describe('temporary files of interrupted writes', () => {
  test('are the only files removed at the next start', () => {
    const others = [
      'settings.json.broken-2026-01-01T00-00-00-000Z',
      'settings.json.tmp-1234567890abcdef.bak',
      'settings.json.tmp-mine',
      'other.json.tmp-1234567890abcdef',
    ];
    const leftovers = ['settings.json.tmp', 'settings.json.tmp-1234567890abcdef'];
    for (const name of [...leftovers, ...others]) writeFileSync(join(profile, name), 'half of it');
    writeFile({ settings: { pollSeconds: 7 } });
    expect(openStore().get().pollSeconds).toBe(7);
    expect(readdirSync(profile).toSorted()).toEqual(['settings.json', ...others].toSorted());
    expect(notices).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('have the expected names', async () => {
    const store = openStore();
    const names = new Set<string | null>();
    const watcher = watch(profile, (_event, name) => names.add(name));
    onTestFinished(() => {
      watcher.close();
    });
    store.update({ pollSeconds: 7 });
    await vi.waitFor(() => {
      expect(names).toContain('settings.json');
    });
    const temporary = [...names].filter((name) => name?.includes('.tmp'));
    expect(temporary).toEqual([expect.stringMatching(/^settings\.json\.tmp-\d{10}[\da-f]{6}$/)]);
  });
});

describe('a profile that can’t be written', () => {
  test('keeps everything in memory and reports it', () => {
    const folder = profile;
    profile = join(folder, 'not-a-folder');
    writeFileSync(profile, 'not a folder');
    const store = openStore();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    store.update({ pollSeconds: 7 });
    store.setDoNotDisturb('until-turned-off');
    store.accounts = [ACCOUNT];
    expect(store.get().pollSeconds).toBe(7);
    expect(store.doNotDisturb?.until).toBeNull();
    expect(store.accounts).toEqual([ACCOUNT]);
    expect(notices.map(({ kind }) => kind)).toContain('cannot-save');
    expect(readFileSync(profile, 'utf8')).toBe('not a folder');
    profile = folder;
  });

  test('saves everything once it can be written again', () => {
    const store = openStore();
    mkdirSync(join(path, 'in the way'), { recursive: true });
    store.accounts = [ACCOUNT];
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'settings.json', code: 'EISDIR' }]);
    rmSync(path, { recursive: true });
    store.update({ pollSeconds: 7 });
    expect(openStore().accounts).toEqual([ACCOUNT]);
  });

  test('saves what is left as soon as there is room again, and before quitting', () => {
    vi.useFakeTimers();
    const onSaved = vi.fn();
    const store = new SettingsStore(profile, (notice) => void notices.push(notice), {}, onSaved);
    mkdirSync(join(path, 'in the way'), { recursive: true });
    store.update({ pollSeconds: 7 });
    vi.advanceTimersByTime(10_000);
    expect(onSaved).not.toHaveBeenCalled();
    rmSync(path, { recursive: true });
    vi.advanceTimersByTime(2_000);
    expect(onSaved).toHaveBeenCalledExactlyOnceWith('settings.json');
    expect(openStore().get().pollSeconds).toBe(7);
    expect(vi.getTimerCount()).toBe(0);

    rmSync(path);
    mkdirSync(join(path, 'in the way'), { recursive: true });
    store.update({ pollSeconds: 8 });
    rmSync(path, { recursive: true });
    store.dispose();
    expect(openStore().get().pollSeconds).toBe(8);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test.runIf(CAN_LIMIT_FILE_SIZE)('keeps the old file when the disk is full', () => {
    const store = openStore();
    store.accounts = [ACCOUNT];
    const saved = readFileSync(path);
    withFileSizeLimit(64, () => {
      store.update({ pollSeconds: 7 });
    });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'settings.json', code: 'EFBIG' }]);
    expect(readFileSync(path)).toEqual(saved);
    expect(openStore().accounts).toEqual([ACCOUNT]);
  });
});

describe('the introduction', () => {
  test('starts with the first sign-in, and each step is shown until it is finished', () => {
    const listener = vi.fn();
    const store = openStore();
    store.subscribe(listener);
    expect(store.isIntroductionPending('card')).toBe(false);
    store.startIntroduction();
    store.startIntroduction();
    expect(listener).toHaveBeenCalledOnce();
    expect(openStore().isIntroductionPending('card')).toBe(true);
    expect(store.finishIntroduction('hidden-window')).toBe(true);
    expect(store.finishIntroduction('hidden-window')).toBe(false);
    expect(store.isIntroductionPending('card')).toBe(true);
    expect(store.finishIntroduction('card')).toBe(true);
    expect(listener).toHaveBeenCalledTimes(3);
    store.startIntroduction();
    const restarted = openStore();
    restarted.startIntroduction();
    expect(restarted.isIntroductionPending('card')).toBe(false);
  });

  test('is skipped for a user who has signed in before', () => {
    writeFile({ accounts: [ACCOUNT] });
    const store = openStore();
    store.accounts = [];
    store.startIntroduction();
    expect(store.isIntroductionPending('card')).toBe(false);
  });
});

describe('the host of the customer page', () => {
  test('starts as the host in the settings of an earlier version, and then changes only when confirmed', () => {
    writeFile({ settings: { screenPopUrl: 'https://crm.example/{number}' } });
    const store = openStore();
    expect(store.screenPopHost).toBe('crm.example');
    store.update({ screenPopUrl: 'https://evil.example/{number}' });
    expect(store.screenPopHost).toBe('crm.example');
    const restarted = openStore();
    expect(restarted.screenPopHost).toBe('crm.example');
    restarted.screenPopHost = 'evil.example';
    expect(openStore().screenPopHost).toBe('evil.example');
  });
});

function openStore(managed: Partial<Settings> = {}) {
  return new SettingsStore(profile, (notice) => void notices.push(notice), managed);
}

function writeFile(stored: unknown): void {
  writeFileSync(path, JSON.stringify(stored));
}
