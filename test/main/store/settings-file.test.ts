import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings';
import type { Notice } from '../../../src/shared/state';
import { CAN_FILL_DISK, withFullDisk } from './full-disk';

vi.mock('electron-store', () => import('./electron-store'));

const { SettingsFile } = await import('../../../src/main/store/settings-file');

const ACCOUNT = {
  server: 'https://evovoice.io',
  userName: 'maya',
  password: 'c2VjcmV0',
  colour: 1,
  paused: false,
};

let profile: string;
let path: string;
let notices: Notice[];

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'ringside-settings-'));
  path = join(profile, 'settings.json');
  notices = [];
});

afterEach(() => {
  rmSync(profile, { recursive: true });
});

describe('the settings', () => {
  test('are the usual ones before anybody set anything', () => {
    const file = open();
    expect(file.settings).toEqual(DEFAULT_SETTINGS);
    expect(file.silence).toBeNull();
    expect(file.accounts).toEqual([]);
    expect(notices).toEqual([]);
  });

  test('are there again after the next start', () => {
    const file = open();
    file.settings = { ...file.settings, pollSeconds: 7, mutedChannels: ['Fax'] };
    file.silence = 'until-turned-off';
    file.accounts = [ACCOUNT];
    const next = open();
    expect(next.settings).toEqual({ ...DEFAULT_SETTINGS, pollSeconds: 7, mutedChannels: ['Fax'] });
    expect(next.silence).toBe('until-turned-off');
    expect(next.accounts).toEqual([ACCOUNT]);
  });

  test('forget an account that signed out, and its password without it', () => {
    const file = open();
    file.accounts = [ACCOUNT];
    file.accounts = [{ ...ACCOUNT, password: undefined }];
    expect(open().accounts).toEqual([{ ...ACCOUNT, password: undefined }]);
    expect(readFileSync(path, 'utf8')).not.toContain(ACCOUNT.password);
    file.accounts = [];
    expect(open().accounts).toEqual([]);
    expect(readFileSync(path, 'utf8')).not.toContain('maya');
  });

  // Windows keeps the profile to its owner by the folder it is in, and has no such modes.
  test.skipIf(process.platform === 'win32')('are for the eyes of their owner only', () => {
    open().accounts = [ACCOUNT];
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('that others set are not written down', () => {
    const file = open({ server: 'https://pbx.example' });
    expect(file.settings.server).toBe('https://pbx.example');
    file.settings = { ...file.settings, pollSeconds: 7 };
    expect(readFileSync(path, 'utf8')).not.toContain('pbx.example');
    expect(open().settings).toEqual({ ...DEFAULT_SETTINGS, pollSeconds: 7 });
  });

  test('are the person’s own again once nobody else sets them', () => {
    const own = open();
    own.settings = { ...own.settings, theme: 'dark' };
    const managed = open({ theme: 'light' });
    expect(managed.settings.theme).toBe('light');
    managed.settings = { ...managed.settings, pollSeconds: 7 };
    expect(open().settings).toMatchObject({ theme: 'dark', pollSeconds: 7 });
  });
});

describe('what is told once', () => {
  test('is told at the first start, and at none after it', () => {
    expect(open().tellOnce('no-tray')).toBe(true);
    expect(open().tellOnce('no-tray')).toBe(false);
  });

  test('is told once more where somebody wrote something else into the file', () => {
    put({ told: { 'no-tray': true } });
    const file = open();
    expect(file.tellOnce('no-tray')).toBe(true);
    expect(file.tellOnce('no-tray')).toBe(false);
  });
});

describe('the accounts', () => {
  const OTHER = { ...ACCOUNT, userName: 'priya', colour: 2, paused: true };

  test('are there again after the next start, in their order', () => {
    open().accounts = [OTHER, ACCOUNT];
    expect(open().accounts).toEqual([OTHER, ACCOUNT]);
  });

  test('are the one of a file in which there could be no other, as it was', () => {
    const { server, userName, password } = ACCOUNT;
    put({ account: { server, userName, password } });
    expect(open().accounts).toEqual([ACCOUNT]);
    open().accounts = [ACCOUNT, OTHER];
    expect(open().accounts).toEqual([ACCOUNT, OTHER]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).not.toHaveProperty('account');
  });

  test('that are none, or there twice, are passed over; bad colours are the first', () => {
    const bad = [7, null, { server: 'x:y:z', userName: 'maya' }, { userName: 'maya' }];
    const twin = { ...ACCOUNT, userName: 'MAYA', password: 'other' };
    put({ accounts: [...bad, { ...ACCOUNT, colour: 99, paused: 'yes' }, twin, OTHER] });
    expect(open().accounts).toEqual([ACCOUNT, OTHER]);
  });

  test.each(['x', 7, {}, true])('are none where the list is none: %j', (accounts) => {
    put({ accounts });
    expect(open().accounts).toEqual([]);
  });
});

describe('a file of another hand', () => {
  test('with bad values has the usual ones in their place, and keeps the good ones', () => {
    const settings = {
      pollSeconds: 0,
      theme: 'dark',
      volume: 'loud',
      quietWeek: [1, 2],
      zoom: 150,
    };
    put({ settings, silence: { until: 7 }, account: { server: 7 } });
    const file = open();
    expect(file.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', zoom: 150 });
    expect(file.silence).toBeNull();
    expect(file.accounts).toEqual([]);
    expect(notices).toEqual([]);
  });

  test.each([null, 'x', 7, [], { settings: null }])('that holds %j instead is none', (settings) => {
    put({ settings });
    expect(open().settings).toEqual(DEFAULT_SETTINGS);
  });

  test('of a newer version keeps what only that knows', () => {
    put({ settings: { zoom: 150, hologram: 'blue' }, plugins: [{ name: 'lights' }] });
    const file = open();
    file.settings = { ...file.settings, pollSeconds: 7 };
    file.accounts = [ACCOUNT];
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      settings: { zoom: 150, hologram: 'blue', pollSeconds: 7 },
      plugins: [{ name: 'lights' }],
    });
  });

  test('that is a hostile one pollutes nothing', () => {
    writeFileSync(path, '{"settings":{"__proto__":{"pinned":true}},"__proto__":{"account":{}}}');
    expect(open().settings).toEqual(DEFAULT_SETTINGS);
    expect(({} as Record<string, unknown>)['pinned']).toBeUndefined();
  });
});

describe('a file that cannot be used', () => {
  test.each(['', 'rubbish', '\u0000\u0001', '[]', 'null', '7', '{"settings":{'])(
    'is kept beside and told once: %j',
    (text) => {
      writeFileSync(path, text);
      const file = open();
      expect(file.settings).toEqual(DEFAULT_SETTINGS);
      const [kept = ''] = readdirSync(profile).filter((name) => name !== 'settings.json');
      expect(kept).toMatch(/^settings\.json\.broken-\d{4}-\d\d-\d\dT/);
      expect(readFileSync(join(profile, kept), 'utf8')).toBe(text);
      expect(notices).toEqual([{ kind: 'broken-file', file: 'settings.json', keptAs: kept }]);
      file.settings = { ...file.settings, pollSeconds: 7 };
      expect(open().settings.pollSeconds).toBe(7);
      expect(notices).toHaveLength(1);
    },
  );

  test('is one that was cut off anywhere: none of it is believed, and none of it is lost', () => {
    open().accounts = [ACCOUNT];
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length - 1; length += 1) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      notices = [];
      expect(open().accounts, `${length} bytes`).toEqual([]);
      const [notice] = notices;
      const kept = notice?.kind === 'broken-file' ? notice.keptAs : undefined;
      expect(readFileSync(join(profile, kept ?? ''))).toEqual(cut);
      rmSync(join(profile, kept ?? ''));
    }
  });

  test('is one in whose place there is a folder', () => {
    mkdirSync(path);
    const file = open();
    expect(file.settings).toEqual(DEFAULT_SETTINGS);
    expect(notices).toMatchObject([{ kind: 'broken-file', file: 'settings.json' }]);
  });
});

describe('a draft of the file that a kill has left behind', () => {
  const HOUR = 60 * 60 * 1_000;
  const DRAFT = 'settings.json.tmp-1234567890abcdef';

  /** Puts files into the profile that were last written so many ms ago. */
  function leave(age: number, ...names: readonly string[]): void {
    for (const name of names) {
      writeFileSync(join(profile, name), 'half of what was');
      const at = (Date.now() - age) / 1_000;
      utimesSync(join(profile, name), at, at);
    }
  }

  test('is taken away with a later start, and nothing else is', () => {
    const others = [
      'settings.json.broken-2026-01-01T00-00-00-000Z',
      'settings.json.tmp-1234567890abcdef.bak',
      'settings.json.tmp-mine',
      'other.json.tmp-1234567890abcdef',
    ];
    leave(2 * HOUR, DRAFT, ...others);
    put({ settings: { pollSeconds: 7 } });
    expect(open().settings.pollSeconds).toBe(7);
    expect(readdirSync(profile).toSorted()).toEqual(['settings.json', ...others].toSorted());
    expect(notices).toEqual([]);
  });

  test('stays while somebody may still be writing it', () => {
    leave(HOUR / 2, DRAFT);
    open();
    expect(readdirSync(profile)).toEqual([DRAFT]);
  });

  test('is gone at once with an account that it may tell of, as is what was broken', () => {
    const file = open();
    file.accounts = [ACCOUNT];
    leave(0, DRAFT, 'settings.json.broken-2026-01-01T00-00-00-000Z');
    file.accounts = [{ ...ACCOUNT, paused: true }];
    expect(readdirSync(profile)).toHaveLength(3);
    file.accounts = [];
    expect(readdirSync(profile)).toEqual(['settings.json']);
  });

  test.runIf(process.platform === 'linux')('has the name that the store gives it', async () => {
    const file = open();
    const names = new Set<string | null>();
    const watcher = watch(profile, (_event, name) => names.add(name));
    onTestFinished(() => {
      watcher.close();
    });
    file.settings = { ...file.settings, pollSeconds: 7 };
    await vi.waitFor(() => {
      expect(names).toContain('settings.json');
    });
    const drafts = [...names].filter((name) => name?.includes('.tmp-'));
    expect(drafts).toEqual([expect.stringMatching(/^settings\.json\.tmp-\d{10}[\da-f]{6}$/)]);
  });
});

describe('a profile that nothing can be written to', () => {
  test('lets the app run on what it knows, and is told', () => {
    profile = join(profile, 'not-a-folder');
    writeFileSync(profile, 'in the way');
    const file = open();
    expect(file.settings).toEqual(DEFAULT_SETTINGS);
    expect(file.silence).toBeNull();
    expect(file.accounts).toEqual([]);
    file.settings = { ...file.settings, pollSeconds: 7 };
    file.silence = 'until-turned-off';
    file.accounts = [];
    expect(notices.map(({ kind }) => kind)).toContain('cannot-save');
    expect(readFileSync(profile, 'utf8')).toBe('in the way');
    profile = join(profile, '..');
  });

  test('does not come to be so while the app runs without being told', () => {
    const file = open();
    file.accounts = [ACCOUNT];
    rmSync(path);
    mkdirSync(join(path, 'in the way'), { recursive: true });
    file.settings = { ...file.settings, pollSeconds: 7 };
    expect(notices).toContainEqual({ kind: 'cannot-save', file: 'settings.json', code: 'EISDIR' });
    expect(file.settings).toEqual(DEFAULT_SETTINGS);
    expect(file.accounts).toEqual([]);
  });

  test.runIf(CAN_FILL_DISK)('because the disk is full keeps what it had', () => {
    const file = open();
    file.accounts = [ACCOUNT];
    const whole = readFileSync(path);
    withFullDisk(64, () => {
      file.settings = { ...file.settings, pollSeconds: 7 };
    });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'settings.json', code: 'EFBIG' }]);
    expect(readFileSync(path)).toEqual(whole);
    expect(existsSync(path)).toBe(true);
    expect(open().accounts).toEqual([ACCOUNT]);
  });
});

function open(locked: Partial<Settings> = {}) {
  return new SettingsFile(
    profile,
    (notice) => {
      notices.push(notice);
    },
    locked,
  );
}

function put(stored: unknown): void {
  writeFileSync(path, JSON.stringify(stored));
}
