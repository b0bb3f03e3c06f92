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
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMissedEntry, createLogEntry } from '../../core/log/log-entry-fixture';
import {
  ALL,
  createCalls,
  folder,
  getBrokenCopies,
  getEntries,
  getIds,
  openLog,
  path,
  readLines,
  root,
  toLines,
} from './call-log-fixture';
import { CAN_LIMIT_FILE_SIZE, withFileSizeLimit } from './file-size-limit';
import { CAN_MOUNT, fillDisk, freeDisk, mountDisk, unmountDisk } from './mounted-disk';

describe('the call log file', () => {
  test('is read with a byte order mark', () => {
    openLog().log.put(...createCalls(2));
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`);
    const { log, notices } = openLog();
    expect(getIds(log)).toHaveLength(2);
    expect(notices).toEqual([]);
  });

  test('is created with the first call, readable by its owner only', () => {
    const deep = join(folder, 'deep', 'er', 'calls.jsonl');
    const { log, notices } = openLog(deep);
    expect(getEntries(log)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    log.put(createLogEntry());
    expect(readLines(deep)).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(deep).mode & 0o777).toBe(0o600);
    expect(notices).toEqual([]);
  });

  test('is compacted when most of its lines are superseded', () => {
    const { log, notices } = openLog();
    log.put(...createCalls(3, createMissedEntry));
    for (let rang = 0; rang < 600; rang += 1) log.put(createLogEntry({ id: 'busy', ringMs: rang }));
    expect(readLines().length).toBeLessThan(300);
    const next = openLog();
    expect(getEntries(next.log)).toEqual(getEntries(log));
    expect(next.log.get('busy')?.ringMs).toBe(599);
    expect([...notices, ...next.notices]).toEqual([]);
    expect(readdirSync(folder)).toEqual(['calls.jsonl']);
  });

  test('keeps the lines of a newer version', () => {
    const newer = '{"v":3,"hologram":["blue"]}';
    writeFileSync(path, `${newer}\n${toLines(createCalls(2))}`);
    const { log, notices } = openLog();
    expect(getIds(log)).toEqual(['S0', 'S1']);
    for (let rang = 0; rang < 600; rang += 1) log.put(createLogEntry({ id: 'busy', ringMs: rang }));
    expect(readLines().length).toBeLessThan(300);
    expect(readLines()[0]).toBe(newer);
    expect(notices).toEqual([]);
  });

  test('is removed with every copy when the log is cleared', () => {
    writeFileSync(path, `garbage\n${toLines(createCalls(3))}`);
    writeFileSync(join(folder, 'settings.json'), '{}');
    const { log } = openLog();
    expect(getBrokenCopies()).toHaveLength(1);
    writeFileSync(`${path}.tmp-1234567890abcdef`, 'left behind by a kill');
    log.clear();
    expect(log.query(ALL)).toEqual({ entries: [], total: 0 });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    log.put(createLogEntry({ id: 'next' }));
    expect(getIds(openLog().log)).toEqual(['next']);
  });

  test('drops the temporary file of an interrupted write at the next start', () => {
    writeFileSync(`${path}.tmp-1234567890abcdef`, '{"v":1,"fac');
    openLog();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a damaged call log file', () => {
  test('keeps every complete line if it is truncated', () => {
    const place = { customer: undefined, path: [], endpoint: undefined };
    const brief = { place, segments: [], party: { name: '漢', number: undefined } };
    const entries = [
      createMissedEntry({ id: 'A', ...brief }),
      createLogEntry({ id: 'B', ...brief }),
    ];
    const whole = Buffer.from(toLines(entries));
    const ends = entries.map((_, index) => toLines(entries.slice(0, index + 1)).length - 1);
    const cutFolder = mkdtempSync(join(root, 'cut-'));
    for (let length = 0; length <= whole.length; length += 1) {
      const cut = join(cutFolder, String(length), 'calls.jsonl');
      mkdirSync(join(cut, '..'));
      writeFileSync(cut, whole.subarray(0, length));
      const { log, notices } = openLog(cut);
      const complete = ends.filter((end) => end <= length).length;
      expect(getEntries(log).length, `cut off at ${length}`).toBe(complete);
      const isTorn = ![0, ...ends, ...ends.map((end) => end + 1)].includes(length);
      expect(notices, `cut off at ${length}`).toHaveLength(isTorn ? 1 : 0);
      log.put(createLogEntry({ id: 'next' }));
      expect(openLog(cut).log.get('next'), `cut off at ${length}`).toBeDefined();
    }
  });

  test('loses only its broken lines, is reported once, and is backed up', () => {
    const [first = '', second = '', ...others] = createCalls(4).map((entry) => toLines([entry]));
    const broken = `${first}\0\0\0\n${second.slice(9)}{"v":1}\n\r\n${others.join('')}{"v":1,"summary`;
    writeFileSync(path, broken);
    const { log, notices } = openLog();
    expect(getIds(log)).toEqual(['S0', 'S2', 'S3']);
    expect(readLines()).toHaveLength(3);
    const [copy = ''] = getBrokenCopies();
    expect(notices).toEqual([{ kind: 'broken-file', file: 'calls.jsonl', keptAs: copy }]);
    expect(readFileSync(join(folder, copy), 'utf8')).toBe(broken);
    expect(openLog().notices).toEqual([]);
  });

  test('stays in place if it can’t be backed up', () => {
    // The backup's name would be too long for any file system.
    const file = join(folder, 'c'.repeat(245));
    writeFileSync(file, `garbage\n${toLines(createCalls(3))}`);
    const { log, notices } = openLog(file);
    expect(notices).toMatchObject([{ kind: 'broken-file', keptAs: undefined }]);
    log.put(createLogEntry({ id: 'next' }));
    expect(readLines(file)[0]).toBe('garbage');
    expect(getIds(openLog(file).log)).toHaveLength(4);
  });

  test('can contain megabytes without a line break', () => {
    const [first, second] = createCalls(2).map((entry) => toLines([entry]));
    writeFileSync(path, `${first}${'x'.repeat(3_000_000)}\n${second}`);
    const { log, notices } = openLog();
    expect(getIds(log)).toEqual(['S0', 'S1']);
    expect(notices).toHaveLength(1);
    expect(readLines()).toHaveLength(2);
  });

  test('is moved away if it can’t be read at all', () => {
    mkdirSync(path);
    const { log, notices } = openLog();
    log.put(createLogEntry({ id: 'next' }));
    expect(notices).toEqual([
      { kind: 'broken-file', file: 'calls.jsonl', keptAs: getBrokenCopies()[0] },
    ]);
    expect(getIds(openLog().log)).toEqual(['next']);
  });
});

describe('a call log on a disk that can’t be written', () => {
  test.runIf(CAN_MOUNT)('keeps entries in memory, reports once, and saves them later', () => {
    mountDisk(folder);
    onTestFinished(() => {
      unmountDisk(folder);
    });
    const { log, notices } = openLog();
    log.put(createLogEntry({ id: 'saved' }));
    fillDisk(folder);
    const missed = Array.from({ length: 30 }, (_, index) =>
      createMissedEntry({ id: `missed-${index}` }),
    );
    log.put(...missed);
    log.put(createMissedEntry({ id: 'last' }));
    log.markSeen(['last']);
    expect(log.query(ALL)).toMatchObject({ total: 32 });
    expect(log.get('last')).toMatchObject({ isSeen: true });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOSPC' }]);
    expect(openLog().log.get('saved')).toBeDefined();

    freeDisk(folder);
    log.put(createLogEntry({ id: 'next' }));
    expect(getEntries(openLog().log)).toEqual(getEntries(log));
    expect(notices).toHaveLength(1);
    fillDisk(folder);
    log.put(...missed.map((entry) => ({ ...entry, ringMs: 1 })));
    expect(notices).toHaveLength(2);
  });

  test.runIf(CAN_LIMIT_FILE_SIZE)('keeps the saved entries when a write is cut short', () => {
    const { log, notices } = openLog();
    log.put(...createCalls(2));
    const { size } = statSync(path);
    withFileSizeLimit(size + 100, () => {
      log.put(createLogEntry({ id: 'next' }));
    });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'calls.jsonl', code: 'EFBIG' }]);
    expect(getIds(openLog().log)).toEqual(['S0', 'S1']);
    log.dispose();
    expect(getIds(openLog().log)).toHaveLength(3);
  });

  test('is saved as soon as there is room again', () => {
    vi.useFakeTimers();
    const blocked = join(folder, 'file');
    writeFileSync(blocked, 'not a folder');
    const { log } = openLog(join(blocked, 'calls.jsonl'));
    log.put(createLogEntry());
    vi.advanceTimersByTime(10_000);
    rmSync(blocked);
    vi.advanceTimersByTime(2_000);
    expect(getIds(openLog(join(blocked, 'calls.jsonl')).log)).toEqual(['S1']);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test('tries once more before the app quits', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, 'not a folder');
    const { log, notices } = openLog(join(blocked, 'calls.jsonl'));
    log.put(createLogEntry());
    expect(notices).toContainEqual({ kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOTDIR' });
    rmSync(blocked);
    log.dispose();
    expect(getIds(openLog(join(blocked, 'calls.jsonl')).log)).toEqual(['S1']);
  });

  test('can be cleared', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, 'not a folder');
    const { log } = openLog(join(blocked, 'calls.jsonl'));
    log.put(createLogEntry());
    log.clear();
    expect(getEntries(log)).toEqual([]);
    expect(existsSync(blocked)).toBe(true);
  });
});
