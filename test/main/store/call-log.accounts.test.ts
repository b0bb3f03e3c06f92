import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/core/log-entry';
import { sessionKey } from '../../../src/core/session-key';
import { aMiss, anEntry } from '../../core/log/an-entry';
import {
  all,
  EVERYTHING,
  keptBeside,
  linesIn,
  linesOf,
  loaded,
  NOW,
  open,
  path,
  until,
} from './a-call-log';

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

  it('are forgotten in what was kept of a broken file, too', async () => {
    writeFileSync(path, `rubbish\n${linesOf([of(MAYA, 'S-1'), of(PRIYA, 'S-2')])}`);
    const { log } = await loaded();
    await until(() => {
      expect(keptBeside()).toHaveLength(1);
    });
    log.forget(MAYA.key);
    expect(keptBeside()).toEqual([]);
    await until(() => {
      expect(readFileSync(path, 'utf8')).not.toContain('maya');
    });
    expect(readFileSync(path, 'utf8')).toContain('priya');
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
