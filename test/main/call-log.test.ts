import fc from 'fast-check';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { keptEntry, lineOf } from '../../src/core/log/saved-entry';
import type { LogEntry } from '../../src/core/log-entry';
import { sessionKey } from '../../src/core/session-key';
import { CallLog } from '../../src/main/store/call-log';
import type { Notice } from '../../src/shared/state';
import { aMiss, anEntry } from '../core/log/an-entry';

const NOW = Date.UTC(2026, 2, 4, 18, 0);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EVERYTHING = { search: '', only: 'all', offset: 0, limit: 10_000 } as const;

const root = mkdtempSync(join(tmpdir(), 'call-log-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'profile-'));
  path = join(folder, 'calls.jsonl');
});

interface Opened {
  readonly log: CallLog;
  readonly notices: Notice[];
  readonly onChange: ReturnType<typeof vi.fn>;
  keep: { days: number; entries: number };
}

function open(file = path, keep = { days: 90, entries: 5_000 }): Opened {
  const notices: Notice[] = [];
  const onChange = vi.fn();
  const report = (notice: Notice) => void notices.push(notice);
  const opened: Opened = {
    notices,
    onChange,
    keep,
    log: new CallLog({ path: file, keep: () => opened.keep, report, onChange }),
  };
  return opened;
}

/** A log that has taken in what is on file, as after a start of the app. */
async function loaded(file = path, keep?: Opened['keep']): Promise<Opened> {
  const opened = open(file, keep);
  await opened.log.load(NOW);
  return opened;
}

const all = (log: CallLog): readonly LogEntry[] => log.query(EVERYTHING).entries;
const idsIn = (log: CallLog): readonly string[] => all(log).map(({ facts }) => facts.id);
const linesOf = (entries: readonly LogEntry[]): string =>
  entries.map((entry) => `${lineOf(keptEntry(entry))}\n`).join('');
const linesIn = (file = path): readonly string[] =>
  readFileSync(file, 'utf8').split('\n').filter(Boolean);
const keptBeside = (): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('calls.jsonl.broken-'));
/** Calls that began a minute apart, the newest first. */
const calls = (count: number, make = anEntry): readonly LogEntry[] =>
  Array.from({ length: count }, (_, at) => make({ id: `S${at}`, startedAt: NOW - at * MINUTE }));
const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 5_000, interval: 5 });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the entries of the log', () => {
  it('are shown the newest first, a part at a time', () => {
    const { log } = open();
    log.put(...calls(10).toReversed());
    expect(idsIn(log)).toEqual(Array.from({ length: 10 }, (_, at) => `S${at}`));
    const part = log.query({ ...EVERYTHING, offset: 8, limit: 5 });
    expect(part.entries.map(({ facts }) => facts.id)).toEqual(['S8', 'S9']);
    expect(part.total).toBe(10);
  });

  it('hold the newest version of each session', () => {
    const { log } = open();
    log.put(anEntry({ outcome: { kind: 'active' }, endedAt: undefined }));
    log.put(anEntry());
    expect(all(log)).toHaveLength(1);
    expect(log.get('S1')?.outcome.kind).toBe('answered');
    expect(log.get('S2')).toBeUndefined();
  });

  it('can be filtered to missed calls and searched', () => {
    const { log } = open();
    log.put(anEntry({ id: 'A' }), aMiss({ id: 'B' }), aMiss({ id: 'C', party: { name: 'Ada' } }));
    const missed = log.query({ ...EVERYTHING, only: 'missed', search: 'ada' });
    expect(missed.entries.map(({ facts }) => facts.id)).toEqual(['C']);
    expect(missed).toMatchObject({ total: 1, unseen: 2 });
  });

  it('can belong to any session, whatever its id is', async () => {
    const ids = ['__proto__', 'constructor', 'hasOwnProperty', 'a\nb', '"', '\u2028', '漢字'];
    const { log } = open();
    for (const id of ids) log.put(aMiss({ id }));
    log.markSeen(['__proto__', 'toString']);
    const again = await loaded();
    for (const id of ids) expect(again.log.get(id)?.seen).toBe(id === '__proto__');
    expect(again.log.get('toString')).toBeUndefined();
    expect(again.notices).toEqual([]);
  });

  it('are counted for the day and written as CSV', () => {
    const { log } = open();
    log.put(anEntry({ startedAt: NOW }), aMiss({ id: 'S2', startedAt: NOW - DAY }));
    expect(log.today(NOW)).toMatchObject({ answered: 1, missed: 0 });
    expect(log.today(NOW).lastCall).toEqual({ name: 'Grace Hopper', at: NOW });
    expect(log.day(NOW).talked).toBe(60_000);
    const columns = { started: 'Started', answered: 'Answered', ended: 'Ended' };
    const others = { direction: '', outcome: '', answeredBy: '', name: '', number: '' };
    const rest = {
      customer: '',
      endpoint: '',
      channel: '',
      rang: '',
      talked: '',
      held: '',
      account: '',
    };
    const text = log.csv({
      columns: { ...columns, ...others, ...rest },
      outcome: ({ kind }) => kind,
      direction: (direction) => direction,
    });
    expect(text.split('\r\n')).toHaveLength(4);
    expect(text).toContain('Grace Hopper');
  });

  test('are taken in by and by when very many come at once, and none is lost', async () => {
    const { log, onChange } = await loaded();
    const many = Array.from({ length: 1_000 }, (_, at) => anEntry({ id: `S-${at}` }));
    log.putAll(many);
    expect(log.query(EVERYTHING).total).toBeLessThan(1_000);
    // What is said of one of them meanwhile is the last word about it.
    log.put({ ...anEntry({ id: 'S-999' }), endedAt: NOW });
    expect(log.query(EVERYTHING).total).toBe(1_000);
    expect(log.get('S-999')?.endedAt).toBe(NOW);
    expect(onChange).toHaveBeenCalled();
  });

  test('that still wait are written when the app ends', async () => {
    const { log } = await loaded();
    log.putAll(Array.from({ length: 1_000 }, (_, at) => anEntry({ id: `S-${at}` })));
    log.close();
    expect(log.query(EVERYTHING).total).toBe(1_000);
  });

  test('that still wait are forgotten with the others', async () => {
    const { log } = await loaded();
    log.putAll(Array.from({ length: 1_000 }, (_, at) => anEntry({ id: `S-${at}` })));
    log.clear();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.query(EVERYTHING).total).toBe(0);
  });
});

describe('missed calls', () => {
  it('stay unseen until the person looks, also across a restart', async () => {
    const { log } = open();
    log.put(aMiss({ id: 'A' }), aMiss({ id: 'B' }), anEntry({ id: 'C' }));
    expect(log.unseen).toBe(2);
    expect(log.markSeen(['A', 'C', 'A', 'nobody'])).toEqual(['A']);
    const again = await loaded();
    expect(again.log.unseen).toBe(1);
    expect(again.log.markSeen('all')).toEqual(['B']);
    expect(again.log.markSeen('all')).toEqual([]);
    expect((await loaded()).log.unseen).toBe(0);
  });

  it('that were looked at do not come back when more becomes known of them', async () => {
    const first = open();
    first.log.put(aMiss());
    first.log.markSeen('all');
    const { log } = await loaded();
    log.put(aMiss({ outcome: { kind: 'missed', inferred: true, away: false } }));
    expect(log.get('S1')).toMatchObject({ seen: true, outcome: { inferred: true } });
  });
});

describe('telling of changes', () => {
  it('happens for each change, and for nothing else', async () => {
    const { log, onChange } = await loaded();
    onChange.mockClear();
    const changes = (does: () => void): number => {
      onChange.mockClear();
      does();
      return onChange.mock.calls.length;
    };
    expect(
      changes(() => {
        log.put(aMiss(), anEntry({ id: 'S2' }));
      }),
    ).toBe(1);
    expect(
      changes(() => {
        log.put(aMiss());
      }),
    ).toBe(0);
    expect(
      changes(() => {
        log.put();
      }),
    ).toBe(0);
    expect(
      changes(() => {
        log.markSeen('all');
      }),
    ).toBe(1);
    expect(
      changes(() => {
        log.markSeen('all');
      }),
    ).toBe(0);
    expect(
      changes(() => {
        log.prune(NOW);
      }),
    ).toBe(0);
    expect(
      changes(() => {
        log.prune(NOW + 91 * DAY);
      }),
    ).toBe(1);
    expect(
      changes(() => {
        log.clear();
      }),
    ).toBe(1);
  });

  it('writes nothing where nothing changed', () => {
    const { log } = open();
    log.put(anEntry());
    const { size } = statSync(path);
    log.put(anEntry());
    expect(statSync(path).size).toBe(size);
  });
});

describe('the limits', () => {
  it('leave the newest entries, however they came in', async () => {
    const { log } = open(path, { days: 90, entries: 3 });
    const entries = calls(6);
    log.put(...[4, 0, 5, 2, 1, 3].flatMap((at) => entries[at] ?? []));
    expect(idsIn(log)).toEqual(['S0', 'S1', 'S2']);
    log.put(anEntry({ id: 'S9', startedAt: NOW - 9 * MINUTE }));
    expect(idsIn(log)).toEqual(['S0', 'S1', 'S2']);
    expect(idsIn((await loaded(path, { days: 90, entries: 3 })).log)).toEqual(['S0', 'S1', 'S2']);
  });

  it('apply to what is on file at the next start, and to the file', async () => {
    writeFileSync(path, linesOf([anEntry({ startedAt: NOW - 91 * DAY }), ...calls(1, aMiss)]));
    const { log, notices } = await loaded();
    expect(idsIn(log)).toEqual(['S0']);
    await until(() => {
      expect(linesIn()).toHaveLength(1);
    });
    expect(notices).toEqual([]);
  });

  it('do not cost a call of which the server says that it began in another century', async () => {
    const { log } = await loaded();
    log.put(aMiss({ id: 'odd', startedAt: 0, endedAt: NOW, segments: [] }));
    log.prune(NOW + 89 * DAY);
    expect(idsIn(log)).toEqual(['odd']);
    log.prune(NOW + 91 * DAY);
    expect(idsIn(log)).toEqual([]);
  });

  it('apply at once when the person makes them narrower', async () => {
    const opened = await loaded();
    opened.log.put(...calls(10), anEntry({ id: 'old', startedAt: NOW - 40 * DAY }));
    opened.keep = { days: 30, entries: 5 };
    opened.log.prune(NOW);
    expect(idsIn(opened.log)).toEqual(['S0', 'S1', 'S2', 'S3', 'S4']);
    await until(() => {
      expect(linesIn()).toHaveLength(5);
    });
  });
});

describe('the file', () => {
  it('is there with the first call, its folder too, for nobody else to read', () => {
    const deep = join(folder, 'deep', 'er', 'calls.jsonl');
    const { log } = open(deep);
    expect(existsSync(deep)).toBe(false);
    log.put(anEntry());
    expect(linesIn(deep)).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(deep).mode & 0o777).toBe(0o600);
  });

  it('need not be there', async () => {
    const { log, notices } = await loaded();
    expect(all(log)).toEqual([]);
    expect(notices).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is written anew when most of it is history', async () => {
    const { log, notices } = await loaded();
    log.put(...calls(3, aMiss));
    for (let rang = 0; rang < 600; rang += 1) log.put(anEntry({ id: 'busy', rang }));
    await until(() => {
      expect(linesIn().length).toBeLessThan(300);
    });
    const again = await loaded();
    expect(all(again.log)).toEqual(all(log));
    expect(again.log.get('busy')?.rang).toBe(599);
    expect([...notices, ...again.notices]).toEqual([]);
    expect(readdirSync(folder)).toEqual(['calls.jsonl']);
  });

  it('is not written anew before its older lines were read', async () => {
    writeFileSync(path, linesOf(calls(3)));
    const { log } = open();
    const other = join(folder, 'other.jsonl');
    const { log: ready } = await loaded(other);
    for (let rang = 0; rang < 600; rang += 1) log.put(anEntry({ id: 'busy', rang }));
    for (let rang = 0; rang < 600; rang += 1) ready.put(anEntry({ id: 'busy', rang }));
    await until(() => {
      expect(linesIn(other).length).toBeLessThan(300);
    });
    expect(linesIn()).toHaveLength(603);
    expect(idsIn((await loaded()).log)).toHaveLength(4);
  });

  it('loses nothing that comes in while it is written anew, at whatever moment a kill comes', async () => {
    writeFileSync(path, `rubbish\n${linesOf(calls(2_000))}`);
    const { log } = await loaded();
    const kills: { readonly at: string; readonly calls: readonly string[] }[] = [];
    for (let count = 0; linesIn()[0] === 'rubbish' || count < 10; count += 1) {
      log.put(anEntry({ id: `new${count}`, startedAt: NOW + count }));
      const at = mkdtempSync(join(root, 'killed-'));
      cpSync(folder, at, { recursive: true });
      kills.push({ at, calls: idsIn(log) });
      await turn();
    }
    expect(kills.length).toBeGreaterThan(10);
    for (const killed of kills.filter((_, at) => at % Math.ceil(kills.length / 40) === 0)) {
      const again = await loaded(join(killed.at, 'calls.jsonl'));
      expect(idsIn(again.log)).toEqual(killed.calls);
    }
  });

  it('holds everything after closing, and takes what comes later still', async () => {
    const { log, notices } = await loaded();
    log.put(anEntry());
    log.close();
    log.put(anEntry({ id: 'S2' }));
    log.close();
    expect(idsIn((await loaded()).log)).toHaveLength(2);
    expect(notices).toEqual([]);
  });
});

describe('loading', () => {
  it('keeps what comes in before it and during it, with what was known before', async () => {
    const before = await loaded();
    before.log.put(aMiss({ id: 'looked-at' }), aMiss({ id: 'unseen' }), aMiss({ id: 'old' }));
    before.log.markSeen(['looked-at']);

    const { log } = open();
    const answered = anEntry({ id: 'new' });
    log.put(aMiss({ id: 'looked-at', rang: 1 }), answered);
    const loading = log.load(NOW);
    log.put(aMiss({ id: 'unseen', rang: 2, seen: true }));
    await loading;

    for (const { log: either } of [{ log }, await loaded()]) {
      expect(idsIn(either).toSorted()).toEqual(['looked-at', 'new', 'old', 'unseen']);
      expect(either.get('looked-at')).toMatchObject({ rang: 1, seen: true });
      expect(either.get('unseen')).toMatchObject({ rang: 2, seen: false });
      expect(either.get('new')).toEqual(answered);
    }
  });

  it('keeps what the person looks at meanwhile, but nothing that comes after', async () => {
    open().log.put(aMiss({ id: 'A' }), aMiss({ id: 'B' }));
    const { log } = open();
    log.markSeen('all');
    log.put(aMiss({ id: 'C' }));
    await log.load(NOW);
    for (const { log: either } of [{ log }, await loaded()]) {
      expect(either.query({ ...EVERYTHING, only: 'missed' })).toMatchObject({ unseen: 1 });
      expect(either.get('C')?.seen).toBe(false);
    }
  });

  it('does not bring back what is cleared meanwhile', async () => {
    open().log.put(...calls(5_000));
    const { log, notices } = open();
    const loading = log.load(NOW);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(idsIn(log)).toEqual([]);
    log.clear();
    log.put(anEntry({ id: 'after' }));
    await loading;
    expect(idsIn(log)).toEqual(['after']);
    expect(idsIn((await loaded()).log)).toEqual(['after']);
    expect(notices).toEqual([]);
  });

  it('leaves room for other work', async () => {
    writeFileSync(path, linesOf(calls(5_000)));
    const { log } = open();
    let turns = 0;
    const state = { loading: true };
    const loading = log.load(NOW).finally(() => {
      state.loading = false;
    });
    for (; state.loading; turns += 1) await turn();
    await loading;
    expect(idsIn(log)).toHaveLength(5_000);
    // At most two pieces of 16 KiB are read in one turn.
    expect(turns).toBeGreaterThan(statSync(path).size / (32 * 1024));
  });
});

describe('a damaged file', () => {
  it('loses no whole line, wherever it is cut off', async () => {
    const place = { customer: undefined, path: [], endpoint: undefined };
    const brief = { place, segments: [], party: { name: '漢', number: undefined } };
    const entries = [aMiss({ id: 'A', ...brief }), anEntry({ id: 'B', ...brief })];
    const whole = Buffer.from(linesOf(entries));
    const ends = entries.map((_, at) => linesOf(entries.slice(0, at + 1)).length - 1);
    const cutOff = async (length: number): Promise<void> => {
      const cut = join(mkdtempSync(join(root, 'cut-')), 'calls.jsonl');
      writeFileSync(cut, whole.subarray(0, length));
      const { log, notices } = await loaded(cut);
      const survive = ends.filter((end) => end <= length).length;
      expect(all(log).length, `cut off at ${length}`).toBe(survive);
      const isTorn = ![0, ...ends, ...ends.map((end) => end + 1)].includes(length);
      await until(() => {
        expect(notices).toHaveLength(isTorn ? 1 : 0);
      });
      // What is added next is not swallowed by the torn line.
      log.put(anEntry({ id: 'next' }));
      expect((await loaded(cut)).log.get('next'), `cut off at ${length}`).toBeDefined();
    };
    const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
    while (lengths.length > 0) await Promise.all(lengths.splice(0, 50).map(cutOff));
  }, 60_000);

  it('loses only the lines that are broken, and is kept beside as it was', async () => {
    const entries = calls(4);
    const [first = '', second = '', ...others] = entries.map((entry) => linesOf([entry]));
    const broken = `${first}\0\0\0\n${second.slice(9)}{"v":1}\n\r\n${others.join('')}{"v":1,"facts`;
    writeFileSync(path, broken);
    const { log, notices } = await loaded();
    expect(idsIn(log)).toEqual(['S0', 'S2', 'S3']);
    await until(() => {
      expect(linesIn()).toHaveLength(3);
    });
    const [kept = ''] = keptBeside();
    expect(notices).toEqual([{ kind: 'broken-file', file: 'calls.jsonl', keptAs: kept }]);
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(broken);
    expect((await loaded()).notices).toEqual([]);
  });

  it('stays as it is where it cannot be kept beside', async () => {
    // No file system takes a name that is longer still.
    const file = join(folder, 'c'.repeat(245));
    const text = `rubbish\n${linesOf(calls(3))}`;
    writeFileSync(file, text);
    const { log, notices } = await loaded(file);
    await until(() => {
      expect(notices).toMatchObject([{ kind: 'broken-file', keptAs: undefined }]);
    });
    for (let rang = 0; rang < 600; rang += 1) log.put(anEntry({ id: 'busy', rang }));
    const other = await loaded();
    for (let rang = 0; rang < 600; rang += 1) other.log.put(anEntry({ id: 'busy', rang }));
    await until(() => {
      expect(linesIn().length).toBeLessThan(300);
    });
    expect(linesIn(file)[0]).toBe('rubbish');
    expect(linesIn(file)).toHaveLength(604);
  });

  it('may be nothing but rubbish without a line in it', async () => {
    writeFileSync(path, Buffer.alloc(3_000_000, 'x'));
    const { log, notices } = await loaded();
    expect(all(log)).toEqual([]);
    await until(() => {
      expect(notices).toHaveLength(1);
    });
    log.put(anEntry());
    await until(() => {
      expect(linesIn()).toHaveLength(1);
    });
  });

  it('does not hide the whole lines around a line that is too long', async () => {
    const [first, second] = calls(2).map((entry) => linesOf([entry]));
    writeFileSync(path, `${first}${'x'.repeat(1_000_000)}\n${second}`);
    expect(idsIn((await loaded()).log)).toEqual(['S0', 'S1']);
  });

  it('that cannot be read at all is moved out of the way', async () => {
    mkdirSync(path);
    const { log, notices } = open();
    log.put(anEntry({ id: 'before' }));
    await log.load(NOW);
    const [kept] = keptBeside();
    expect(notices).toEqual([
      { kind: 'cannot-save', file: 'calls.jsonl', code: 'EISDIR' },
      { kind: 'broken-file', file: 'calls.jsonl', keptAs: kept },
    ]);
    expect(idsIn((await loaded()).log)).toEqual(['before']);
  });

  it('of a newer Ringside keeps its lines for it', async () => {
    const newer = '{"v":2,"whatever":["a newer","Ringside","writes"]}';
    writeFileSync(path, `${newer}\n${linesOf(calls(2))}`);
    const { log, notices } = await loaded();
    expect(idsIn(log)).toEqual(['S0', 'S1']);
    for (let rang = 0; rang < 600; rang += 1) log.put(anEntry({ id: 'busy', rang }));
    await until(() => {
      expect(linesIn().length).toBeLessThan(300);
    });
    expect(linesIn()[0]).toBe(newer);
    expect(notices).toEqual([]);
  });
});

describe('a disk that takes nothing', () => {
  test.skipIf(!existsSync('/dev/full'))('costs nothing but the file, until it does', async () => {
    symlinkSync('/dev/full', path);
    const { log, notices } = await loaded();
    log.put(aMiss({ id: 'A' }));
    log.put(aMiss({ id: 'B' }));
    log.markSeen(['A']);
    expect(log.query(EVERYTHING)).toMatchObject({ total: 2, unseen: 1 });
    expect(notices).toEqual([{ kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOSPC' }]);

    rmSync(path);
    log.put(anEntry({ id: 'C' }));
    const again = await loaded();
    expect(all(again.log)).toEqual(all(log));
    expect(notices).toHaveLength(1);
  });

  test.skipIf(!existsSync('/dev/full'))('is told of again when it comes back', async () => {
    const { log, notices } = await loaded();
    log.put(anEntry({ id: 'A' }));
    for (const id of ['B', 'C']) {
      rmSync(path);
      symlinkSync('/dev/full', path);
      log.put(anEntry({ id }));
      rmSync(path);
      log.put(anEntry({ id: `${id}2` }));
    }
    expect(notices.map(({ kind }) => kind)).toEqual(['cannot-save', 'cannot-save']);
  });

  it('is tried once more before the app ends', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'in the way');
    const { log, notices } = await loaded(join(file, 'calls.jsonl'));
    log.put(anEntry());
    expect(notices).toMatchObject([{ kind: 'cannot-save' }]);
    rmSync(file);
    log.close();
    expect(idsIn((await loaded(join(file, 'calls.jsonl'))).log)).toEqual(['S1']);
  });

  it('does not keep the log from being cleared', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'in the way');
    const { log } = await loaded(join(file, 'calls.jsonl'));
    log.put(anEntry());
    log.clear();
    expect(all(log)).toEqual([]);
  });

  it('leaves the file as it was when it cannot be written anew', async () => {
    const text = `rubbish\n${linesOf(calls(3))}`;
    writeFileSync(path, text);
    mkdirSync(`${path}.new`);
    const { log, notices } = await loaded();
    await until(() => {
      expect(notices.map(({ kind }) => kind)).toEqual(['broken-file', 'cannot-save']);
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(idsIn(log)).toHaveLength(3);
  });
});

describe('several accounts', () => {
  const MAYA = { key: '0123456789abcdef', label: 'maya' };
  const PRIYA = { key: 'fedcba9876543210', label: 'priya' };
  const of = ({ key, label }: typeof MAYA, id: string, make = anEntry): LogEntry =>
    make({ id: sessionKey(key, id), account: label });

  it('each have their own entry of the same session', async () => {
    const { log } = await loaded();
    log.put(of(MAYA, 'S-1'), of(PRIYA, 'S-1', aMiss));
    expect(log.get(sessionKey(MAYA.key, 'S-1'))?.outcome.kind).toBe('answered');
    expect(log.get(sessionKey(PRIYA.key, 'S-1'))?.outcome.kind).toBe('missed');
    expect(log.get('S-1')?.account).toBe('maya');
    expect(log.get('S-2')).toBeUndefined();
    expect(all((await loaded()).log)).toHaveLength(2);
  });

  it('are forgotten one by one, also on file', async () => {
    const { log } = await loaded();
    log.put(of(MAYA, 'S-1'), of(PRIYA, 'S-2'));
    log.forget(MAYA.key);
    expect(all(log).map(({ account }) => account)).toEqual(['priya']);
    await until(() => {
      expect(linesIn()).toHaveLength(1);
    });
    expect(all((await loaded()).log).map(({ account }) => account)).toEqual(['priya']);
  });

  it('are forgotten although the file is just being written anew', async () => {
    writeFileSync(path, linesOf([of(MAYA, 'S-1'), of(PRIYA, 'S-2')]));
    const { log } = await loaded();
    const old = (_: unknown, at: number) => anEntry({ id: `S${at}`, startedAt: 0 });
    log.put(...Array.from({ length: 200 }, old));
    log.prune(NOW);
    log.forget(MAYA.key);
    await until(() => {
      expect(readFileSync(path, 'utf8')).not.toContain('maya');
    });
    expect(readFileSync(path, 'utf8')).toContain('priya');
  });

  it('are forgotten before it is known what is on file', async () => {
    writeFileSync(path, linesOf([of(MAYA, 'S-1'), of(PRIYA, 'S-2')]));
    const { log } = open();
    log.forget(MAYA.key);
    await log.load(NOW);
    expect(all(log).map(({ account }) => account)).toEqual(['priya']);
    await until(() => {
      expect(readFileSync(path, 'utf8')).not.toContain('maya');
    });
  });

  it('are not forgotten in what waits to be taken in', async () => {
    const { log } = await loaded();
    const many = Array.from({ length: 600 }, (_, at) => of(at % 2 ? MAYA : PRIYA, `S-${at}`));
    log.putAll(many);
    log.forget(MAYA.key);
    await until(() => {
      expect(log.query(EVERYTHING).total).toBe(300);
      expect(linesIn()).toHaveLength(300);
    });
    expect(all(log).some(({ account }) => account === 'maya')).toBe(false);
    expect(readFileSync(path, 'utf8')).not.toContain('maya');
  });

  it('are found by their name where it tells anything', async () => {
    const { log } = await loaded();
    log.put(of(MAYA, 'S-1'), of(PRIYA, 'S-2'));
    const search = { ...EVERYTHING, search: 'priya grace' };
    expect(log.query(search, true).total).toBe(1);
    expect(log.query(search).total).toBe(0);
  });

  it('leave entries of old to the only one there is', async () => {
    const old = [anEntry({ id: 'S-1' }), aMiss({ id: 'S-2' })];
    writeFileSync(path, linesOf(old.map((entry) => ({ ...entry, account: undefined }))));
    const { log } = open();
    // What goes on in the meantime is about the very same call.
    log.put({ ...of(MAYA, 'S-2', aMiss), rang: 7_000 });
    await log.load(NOW, MAYA);
    const owned = ['S-1', 'S-2'].map((id) => log.get(sessionKey(MAYA.key, id)));
    expect(owned).toMatchObject([{ account: 'maya' }, { account: 'maya', rang: 7_000 }]);
    expect(log.query(EVERYTHING)).toMatchObject({ total: 2, unseen: 1 });
    await until(() => {
      expect(linesIn().filter((line) => line.includes('"id":"S-'))).toEqual([]);
    });
    expect(all((await loaded()).log)).toEqual(all(log));
  });

  it('leave entries of old as they are where nobody can say whose they were', async () => {
    const old = { ...anEntry({ id: 'S-1' }), account: undefined };
    writeFileSync(path, linesOf([old]));
    const { log } = await loaded();
    expect(all(log)).toEqual([old]);
    log.forget(MAYA.key);
    expect(all(log)).toEqual([old]);
  });
});

describe('clearing', () => {
  it('leaves no file that tells of a call', async () => {
    writeFileSync(path, `rubbish\n${linesOf(calls(3))}`);
    writeFileSync(join(folder, 'settings.json'), '{}');
    const { log } = await loaded();
    await until(() => {
      expect(keptBeside()).toHaveLength(1);
    });
    writeFileSync(`${path}.new`, 'half a draft');
    log.clear();
    expect(log.query(EVERYTHING)).toEqual({ entries: [], total: 0, unseen: 0 });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('stops a file that is just being written anew', async () => {
    writeFileSync(path, `rubbish\n${linesOf(calls(2_000))}`);
    const { log, notices } = await loaded();
    await until(() => {
      expect(existsSync(`${path}.new`)).toBe(true);
    });
    log.put(anEntry({ id: 'before' }));
    log.clear();
    // From here on the file has reason to be written anew again, once the first attempt has ended.
    let puts = 0;
    do {
      log.put(anEntry({ id: 'after', rang: puts }));
      puts += 1;
      await turn();
    } while (linesIn().length === puts);
    expect(idsIn((await loaded()).log)).toEqual(['after']);
    expect(notices.map(({ kind }) => kind)).toEqual(['broken-file']);
    expect(readdirSync(folder)).toEqual(['calls.jsonl']);
  });

  it('leaves a log that goes on as if new', async () => {
    const { log } = await loaded();
    log.put(aMiss());
    log.markSeen('all');
    log.clear();
    log.put(aMiss());
    expect(log.unseen).toBe(1);
    expect((await loaded()).log.unseen).toBe(1);
  });
});

describe('any history of the log', () => {
  const IDS = ['A', 'B', 'C', 'D', 'E', '__proto__'];
  const MOST = 4;
  const id = fc.constantFrom(...IDS);
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), id, how: outcomes() }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('look' as const),
        ids: fc.oneof(fc.constant('all' as const), fc.array(id, { maxLength: 3 })),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
    // A kill: what the disk holds at that moment is all there is for the next run, which may
    // already be busy while it still loads.
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('kill' as const), waits: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('tear' as const) }) },
  );

  function outcomes() {
    return fc.constantFrom('active', 'missed', 'answered', 'ended');
  }

  function entryFor(of: string, how: string, count: number): LogEntry {
    const told = { id: of, startedAt: NOW + IDS.indexOf(of), rang: count };
    if (how === 'missed') return aMiss(told);
    if (how === 'answered') return anEntry(told);
    return anEntry({ ...told, outcome: { kind: how === 'active' ? 'active' : 'ended' } });
  }

  /** What the log is to be, as plainly as it can be said. */
  class Model {
    entries = new Map<string, LogEntry>();

    put(entry: LogEntry): void {
      const before = this.entries.get(entry.facts.id);
      const { kind } = entry.outcome;
      let seen = kind !== 'missed';
      if (before?.seen === false && kind !== 'answered') seen = false;
      if (before?.seen === true && before.outcome.kind === 'missed') seen = true;
      this.entries.set(entry.facts.id, { ...entry, seen });
      const ids = this.sorted().map(({ facts }) => facts.id);
      for (const excess of ids.slice(MOST)) this.entries.delete(excess);
    }

    look(ids: readonly string[] | 'all'): void {
      for (const [of, entry] of this.entries) {
        if (ids === 'all' || ids.includes(of)) this.entries.set(of, { ...entry, seen: true });
      }
    }

    sorted(): LogEntry[] {
      return [...this.entries.values()].sort((a, b) => b.startedAt - a.startedAt);
    }
  }

  it('comes to what a simple model says, kills included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let at = join(mkdtempSync(join(root, 'history-')), 'calls.jsonl');
        const keep = { days: 90, entries: MOST };
        let { log } = await loaded(at, keep);
        let loading = Promise.resolve();
        const model = new Model();
        for (const [count, taken] of steps.entries()) {
          if (taken.kind === 'put') {
            const entry = entryFor(taken.id, taken.how, count);
            log.put(entry);
            model.put(entry);
          } else if (taken.kind === 'look') {
            log.markSeen(taken.ids);
            model.look(taken.ids);
          } else if (taken.kind === 'clear') {
            log.clear();
            model.entries.clear();
          } else {
            await loading;
            const next = join(mkdtempSync(join(root, 'history-')), 'calls.jsonl');
            cpSync(join(at, '..'), join(next, '..'), { recursive: true });
            if (taken.kind === 'tear') writeFileSync(next, '{"v":1,"fac', { flag: 'a' });
            at = next;
            log = open(at, keep).log;
            loading = log.load(NOW);
            if (taken.kind === 'tear' || taken.waits) await loading;
          }
        }
        await loading;
        expect(all(log)).toEqual(model.sorted());
        expect(all((await loaded(at, keep)).log)).toEqual(model.sorted());
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
