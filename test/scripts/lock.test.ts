import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alone } from '../../scripts/setup/lock.mjs';
import { SetupError } from '../../scripts/setup/say.mjs';

describe('work that only one may do', () => {
  let folder: string;
  let lock: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-lock-'));
    lock = join(folder, 'deeper', 'work.lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is done one after the other, and gives its results', async () => {
    let inside = 0;
    const work = async (name: string): Promise<string> => {
      inside += 1;
      await readFile(lock);
      expect(inside).toBe(1);
      inside -= 1;
      return name;
    };
    const names = ['a', 'b', 'c'];
    const results = names.map((name) => alone(lock, 'testing', () => work(name)));
    expect(await Promise.all(results)).toEqual(names);
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });

  it('frees the way when it fails', async () => {
    const failure = alone(lock, 'testing', () => Promise.reject(new Error('no luck')));
    await expect(failure).rejects.toThrow('no luck');
    expect(await alone(lock, 'testing', () => Promise.resolve('next'))).toBe('next');
  });

  it('is taken over from a process that died', async () => {
    await alone(lock, 'testing', () => Promise.resolve());
    // No process has this number: it is beyond what systems give out.
    await writeFile(lock, JSON.stringify({ pid: 2 ** 30, host: hostname() }));
    expect(await alone(lock, 'testing', () => Promise.resolve('mine'))).toBe('mine');
  });

  it('is taken over from another machine that has been silent', async () => {
    await alone(lock, 'testing', () => Promise.resolve());
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: 'elsewhere' }));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    expect(await alone(lock, 'testing', () => Promise.resolve('mine'))).toBe('mine');
  });

  it('says what to do where its folder cannot be made', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const failure = alone(join(file, 'work.lock'), 'testing', () => Promise.resolve());
    await expect(failure).rejects.toThrow(/cannot be written.*RINGSIDE_CACHE/s);
    await expect(failure).rejects.toThrow(SetupError);
  });
});
