import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/core/session';
import { rulesOf } from '../../../src/core/rules';
import { DEFAULT_SETTINGS } from '../../../src/core/settings';
import { decide } from '../../../src/core/watch/decide';
import { NEW_WATCH, takenUpAgain, type Watch } from '../../../src/core/watch/watch';
import type { Notice } from '../../../src/shared/state';
import { WatchFile } from '../../../src/main/store/watch-file';
import { aSession, markAt, SOMEBODY } from '../builders';
import { CAN_FILL_DISK, withFullDisk } from './full-disk';
import { CAN_MOUNT, mounted, readOnly, unmounted } from './mounted-disk';

const NOW = Date.UTC(2026, 2, 3, 9, 30);

let folder: string;
let path: string;
let notices: Notice[];
let file: WatchFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-watch-'));
  path = join(folder, 'accounts', 'a1b2', 'watch.json');
  notices = [];
  file = again();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the memory of what was told', () => {
  test('is new for an account that was never signed in', () => {
    expect(file.load(NOW)).toBe(NEW_WATCH);
    expect(notices).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test('is as the last run left it, with nothing on the screen any more', () => {
    const watch = someWatch();
    expect(watch.open).not.toEqual([]);
    file.save(watch);
    expect(again().load(NOW)).toEqual(takenUpAgain(watch));
  });

  test('of whatever the server calls its sessions survives', () => {
    const ids = ['__proto__', 'constructor', 'half \ud83d', '☎', '"\\\u0000\u2028'];
    const watch = ids.reduce(
      (before, id) => after(before, aSession({ id, fromName: '‮Grace\u0007' })),
      NEW_WATCH,
    );
    file.save(watch);
    expect([...again().load(NOW).calls.keys()]).toEqual(ids);
  });

  test('is for the eyes of its owner only', () => {
    file.save(someWatch());
    expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('writing', () => {
  test('happens when something new is said, and not with each answer', () => {
    const watch = someWatch();
    file.save(watch);
    const written = statSync(path, { bigint: true }).mtimeNs;
    const inode = statSync(path).ino;
    for (let second = 1; second < 29; second += 1) {
      file.save({ ...watch, seenAt: markAt(NOW + second * 1_000) });
    }
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(written);
    expect(statSync(path).ino).toBe(inode);
  });

  test('happens now and then while nothing is new, so that a gap can be told', () => {
    const watch = someWatch();
    file.save(watch);
    file.save({ ...watch, seenAt: markAt(NOW + 31_000) });
    expect(again().load(NOW).seenAt?.wall).toBe(NOW + 31_000);
  });

  test('at the end keeps the exact moment of the last answer', () => {
    const watch = someWatch();
    file.save(watch);
    file.finish({ ...watch, seenAt: markAt(NOW + 5_000) });
    expect(again().load(NOW).seenAt?.wall).toBe(NOW + 5_000);
  });

  test('that does not work is told, and tried again with the next answer', () => {
    mkdirSync(join(folder, 'accounts'));
    writeFileSync(join(folder, 'accounts', 'a1b2'), 'in the way');
    const watch = someWatch();
    file.save(watch);
    file.save(watch);
    const told = { kind: 'cannot-save', file: 'watch.json', code: 'EEXIST' };
    expect(notices).toEqual([told, told]);
    rmSync(join(folder, 'accounts', 'a1b2'));
    file.save(watch);
    expect(again().load(NOW).calls.size).toBe(1);
  });

  test.runIf(CAN_MOUNT)('on a disk that may not be written to is told as that', () => {
    mounted(folder);
    readOnly(folder);
    try {
      file.save(someWatch());
    } finally {
      unmounted(folder);
    }
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'watch.json', code: 'EROFS' }]);
  });

  test.runIf(CAN_FILL_DISK)('on a full disk costs nothing that was kept before', () => {
    const watch = someWatch();
    file.save(watch);
    const kept = readFileSync(path);
    withFullDisk(512, () => {
      file.save(after(watch, aSession({ id: 'S-2' })));
    });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'watch.json', code: 'EFBIG' }]);
    expect(readFileSync(path)).toEqual(kept);
    expect([...again().load(NOW).calls.keys()]).toEqual(['S-1']);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['empty', ''],
    ['rubbish', '\u0000\u0001\u0002'],
    ['no object', '[]'],
    ['null', 'null'],
    ['something else', '{"settings":{}}'],
    ['of a newer version', '{"version":999,"calls":"in a new way"}'],
    ['half right', '{"version":1,"calls":[{}],"told":[],"waiting":[],"open":[]}'],
  ])('is kept beside and told once: %s', (_, text) => {
    put(text);
    expect(file.load(NOW)).toBe(NEW_WATCH);
    const [kept = ''] = readdirSync(join(path, '..'));
    expect(kept).toBe('watch.json.broken-2026-03-03T09-30-00-000Z');
    expect(readFileSync(join(path, '..', kept), 'utf8')).toBe(text);
    expect(notices).toEqual([{ kind: 'broken-file', file: 'watch.json', keptAs: kept }]);
    expect(again().load(NOW)).toBe(NEW_WATCH);
    expect(notices).toHaveLength(1);
  });

  test('is one that was cut off anywhere: none of it is believed, and none of it is lost', () => {
    file.save(someWatch());
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      notices = [];
      expect(again().load(NOW), `${length} bytes`).toBe(NEW_WATCH);
      const keptAs = notices.map((notice) => 'keptAs' in notice && notice.keptAs);
      expect(keptAs).toEqual(['watch.json.broken-2026-03-03T09-30-00-000Z']);
      expect(readFileSync(join(path, '..', String(keptAs[0])))).toEqual(cut);
    }
  });

  test('is told also where it cannot even be moved', () => {
    path = join(folder, 'file', 'watch.json');
    writeFileSync(join(folder, 'file'), 'in the way');
    expect(again().load(NOW)).toBe(NEW_WATCH);
    expect(notices).toEqual([{ kind: 'broken-file', file: 'watch.json', keptAs: undefined }]);
  });

  test('is one in whose place there is a folder', () => {
    mkdirSync(path, { recursive: true });
    expect(file.load(NOW)).toBe(NEW_WATCH);
    expect(notices).toHaveLength(1);
    file.save(someWatch());
    expect(again().load(NOW).calls.size).toBe(1);
  });

  test('does not keep the app from going on', () => {
    put('rubbish');
    const watch = after(file.load(NOW), aSession());
    file.save(watch);
    expect(again().load(NOW).calls.size).toBe(1);
    expect(readdirSync(join(path, '..')).sort()).toHaveLength(2);
  });
});

/** The file as another run of the app sees it. */
function again(): WatchFile {
  return new WatchFile(path, (notice) => {
    notices.push(notice);
  });
}

function put(text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function after(watch: Watch, session: Session): Watch {
  const changes = { appeared: [session], changed: [], vanished: [] };
  const rules = rulesOf(DEFAULT_SETTINGS, false);
  const input = { kind: 'answer', changes } as const;
  return decide(watch, input, rules, SOMEBODY, markAt(NOW)).watch;
}

/** Grace rings, and is on the screen. */
function someWatch(): Watch {
  return after(NEW_WATCH, aSession());
}
