import { cpSync, existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aMiss, anEntry } from '../../core/log/an-entry';
import {
  all,
  calls,
  EVERYTHING,
  folder,
  idsIn,
  keptBeside,
  linesIn,
  linesOf,
  loaded,
  NOW,
  open,
  path,
  root,
  turn,
  until,
} from './a-call-log';

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
