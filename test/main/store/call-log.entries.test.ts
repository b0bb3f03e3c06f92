import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { aMiss, anEntry } from '../../core/log/an-entry';
import {
  all,
  calls,
  DAY,
  EVERYTHING,
  idsIn,
  linesIn,
  linesOf,
  loaded,
  MINUTE,
  NOW,
  open,
  path,
  until,
} from './a-call-log';

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

  it('that were looked at and missed anew while the log still loaded are to be looked at', async () => {
    writeFileSync(path, linesOf([aMiss()]));
    const { log } = open();
    log.markSeen(['S1']);
    log.put(anEntry({ outcome: { kind: 'active' } }));
    log.put(aMiss());
    await log.load(NOW);
    expect(log.unseen).toBe(1);
    expect((await loaded()).log.unseen).toBe(1);
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

  it('apply on file although it is just being written anew for the ones of before', async () => {
    const opened = await loaded();
    opened.log.put(...calls(10));
    for (const entries of [8, 5]) {
      opened.keep = { days: 30, entries };
      opened.log.prune(NOW);
    }
    await until(() => {
      expect(linesIn()).toHaveLength(5);
    });
  });
});
