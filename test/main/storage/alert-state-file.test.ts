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
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAlertRules } from '../../../src/core/alerts/alert-rules';
import type { Session } from '../../../src/core/api/schema';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { reduce } from '../../../src/core/alerts/reduce';
import {
  INITIAL_ALERT_STATE,
  restoreAlertState,
  type AlertState,
} from '../../../src/core/alerts/alert-state';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import type { SystemNotice } from '../../../src/shared/state';
import { createLogEntry } from '../../core/log/log-entry-fixture';
import { createSession, createTimestamp, createCallSummary, UNKNOWN_USER } from '../builders';
import { CAN_LIMIT_FILE_SIZE, withFileSizeLimit } from './file-size-limit';

const NOW = Date.UTC(2026, 2, 3, 9, 30);

let folder: string;
let path: string;
let notices: SystemNotice[];
let file: AlertStateFile;

beforeEach(() => {
  vi.setSystemTime(NOW);
  folder = mkdtempSync(join(tmpdir(), 'ringside-alert-state-'));
  path = join(folder, 'accounts', 'a1b2', 'watch.json');
  notices = [];
  file = openFile();
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('AlertStateFile', () => {
  test('starts with the initial state for a new account', () => {
    expect(file.load()).toBe(INITIAL_ALERT_STATE);
    expect(notices).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test('reads a file with a byte order mark', () => {
    file.save(createState());
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`);
    expect(openFile().load().calls.size).toBeGreaterThan(0);
    expect(notices).toEqual([]);
  });

  test('restores the state of the previous run without open alerts', () => {
    const state = createState();
    expect(state.open).not.toEqual([]);
    file.save(state);
    expect(openFile().load()).toEqual(restoreAlertState(state));
  });

  test('keeps any text as a session id', () => {
    const ids = ['__proto__', 'constructor', 'half \ud83d', '☎', '"\\\u0000\u2028'];
    const state = ids.reduce(
      (before, id) => addSession(before, createSession({ id, fromName: '‮Grace\u0007' })),
      INITIAL_ALERT_STATE,
    );
    file.save(state);
    expect([...openFile().load().calls.keys()]).toEqual(ids);
  });

  test('writes only the time of the last response, twice a minute, while nothing else changes', () => {
    const state = createState();
    file.save(state);
    const { ino } = statSync(path);
    for (let second = 1; second < 29; second += 1) {
      file.save({ ...state, lastSnapshotAt: createTimestamp(NOW + second * 1_000) });
    }
    expect(readdirSync(dirname(path))).toEqual(['watch.json']);
    file.save({ ...state, lastSnapshotAt: createTimestamp(NOW + 31_000) });
    expect(statSync(path).ino).toBe(ino);
    expect(statSync(`${path}.last-response`).size).toBeLessThan(100);
    expect(openFile().load().lastSnapshotAt?.wall).toBe(NOW + 31_000);
  });

  test('ignores the time of the last response of another copy, or a broken one', () => {
    const state = createState();
    file.save(state);
    const copy = readFileSync(path);
    file.save(addSession(state, createSession({ id: 'S-2' })));
    file.close({
      ...addSession(state, createSession({ id: 'S-2' })),
      lastSnapshotAt: createTimestamp(NOW + 5_000),
    });
    writeFileSync(path, copy);
    expect(openFile().load().lastSnapshotAt?.wall).toBe(NOW);
    for (const broken of ['', 'x', `${'0'.repeat(36)} 9e99`, '\u0000 \u0000']) {
      writeFileSync(`${path}.last-response`, broken);
      expect(openFile().load().lastSnapshotAt?.wall, broken).toBe(NOW);
    }
  });

  test('keeps the latest log entries until the log is cleared', () => {
    const entries = Array.from({ length: 60 }, (_, index) => createLogEntry({ id: `S${index}` }));
    file.addRecentEntries(entries);
    file.save(createState());
    const opened = openFile();
    opened.load();
    expect(opened.recentEntries).toEqual(entries.slice(-50));
    // Not started, like that of a paused account.
    openFile().forgetRecentEntries();
    const cleared = openFile();
    expect(cleared.load().calls.size).toBe(1);
    expect(cleared.recentEntries).toEqual([]);
  });

  test('saves the exact time of the last response when the app quits', () => {
    const state = createState();
    file.save(state);
    file.close({ ...state, lastSnapshotAt: createTimestamp(NOW + 5_000) });
    expect(openFile().load().lastSnapshotAt?.wall).toBe(NOW + 5_000);
  });

  test('saves queued and announced missed calls immediately', () => {
    const missed = { isInferred: false, wasAway: false, isPast: false, wasAnswered: false };
    const state: AlertState = {
      ...INITIAL_ALERT_STATE,
      lastSnapshotAt: createTimestamp(NOW),
      missed: new Map([['S-1', missed]]),
      queued: [
        {
          summary: createCallSummary(),
          ringingSince: NOW,
          ringMs: undefined,
          isInferred: false,
          foundDuring: 'do-not-disturb',
        },
      ],
    };
    file.save(state);
    const announced = { ...state, queued: [] };
    file.save(announced);
    expect(openFile().load().queued).toEqual([]);
    const answered = new Map([['S-1', { ...missed, wasAnswered: true }]]);
    file.save({ ...announced, missed: answered });
    expect(openFile().load().missed).toEqual(answered);
  });

  test('reports a failed write and tries again with the next response', () => {
    mkdirSync(join(folder, 'accounts'));
    writeFileSync(dirname(path), 'not a folder');
    const state = createState();
    file.save(state);
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'watch.json', code: 'ENOTDIR' }]);
    rmSync(dirname(path));
    file.save(state);
    expect(openFile().load().calls.size).toBe(1);
  });

  test.runIf(CAN_LIMIT_FILE_SIZE)('keeps the saved state on a full disk', () => {
    const state = createState();
    file.save(state);
    const saved = readFileSync(path);
    withFileSizeLimit(512, () => {
      file.save(addSession(state, createSession({ id: 'S-2' })));
    });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'watch.json', code: 'EFBIG' }]);
    expect(readFileSync(path)).toEqual(saved);
  });
});

describe('an unusable alert state file', () => {
  const QUARANTINED = 'watch.json.broken-2026-03-03T09-30-00-000Z';

  test.each([
    ['empty', ''],
    ['garbage', '\u0000\u0001\u0002'],
    ['an array', '[]'],
    ['null', 'null'],
    ['another object', '{"settings":{}}'],
    ['of a newer version', '{"version":999,"calls":"in a new format"}'],
    ['partly valid', '{"version":1,"calls":[{}],"told":[],"waiting":[],"open":[]}'],
  ])('is renamed and reported once if it is %s', (_, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    expect(file.load()).toBe(INITIAL_ALERT_STATE);
    expect(readdirSync(dirname(path))).toEqual([QUARANTINED]);
    expect(readFileSync(join(dirname(path), QUARANTINED), 'utf8')).toBe(text);
    expect(notices).toEqual([{ kind: 'broken-file', file: 'watch.json', keptAs: QUARANTINED }]);
    file.save(createState());
    expect(openFile().load().calls.size).toBe(1);
    expect(notices).toHaveLength(1);
  });

  test('is never partly used if it is truncated', () => {
    file.save(createState());
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      expect(openFile().load(), `${length} bytes`).toBe(INITIAL_ALERT_STATE);
      expect(readFileSync(join(dirname(path), QUARANTINED))).toEqual(cut);
    }
  });

  test('is reported if it can’t be renamed', () => {
    path = join(folder, 'file', 'watch.json');
    writeFileSync(join(folder, 'file'), 'not a folder');
    expect(openFile().load()).toBe(INITIAL_ALERT_STATE);
    expect(notices).toEqual([{ kind: 'broken-file', file: 'watch.json', keptAs: undefined }]);
  });

  test('may be a folder', () => {
    mkdirSync(path, { recursive: true });
    expect(file.load()).toBe(INITIAL_ALERT_STATE);
    expect(notices).toHaveLength(1);
    file.save(createState());
    expect(openFile().load().calls.size).toBe(1);
  });
});

/** Opens the file as a new run of the app does. */
function openFile(): AlertStateFile {
  return new AlertStateFile(path, (notice) => {
    notices.push(notice);
  });
}

function addSession(state: AlertState, session: Session): AlertState {
  const diff = { appeared: [session], changed: [], vanished: [] };
  const rules = createAlertRules(DEFAULT_SETTINGS, false);
  return reduce(state, { kind: 'snapshot', diff }, rules, UNKNOWN_USER, createTimestamp(NOW)).state;
}

/** Creates a state with a ringing call and an open alert. */
function createState(): AlertState {
  return addSession(INITIAL_ALERT_STATE, createSession());
}
