import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
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
  until,
} from './a-call-log';

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
