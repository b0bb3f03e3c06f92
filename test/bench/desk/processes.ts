import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from './spread';

/** The processes of an application: the one with this id, and all that descend from it. */
async function familyOf(pid: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for (const id of await processes()) {
    const parent = await parentOf(id);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const family: number[] = [];
  for (const next = [pid]; next.length > 0;) {
    const id = next.shift() ?? pid;
    family.push(id);
    next.push(...(children.get(id) ?? []));
  }
  return family;
}

/** The proportional set size of an application in MiB: what it shares is divided among sharers. */
async function memoryOf(pid: number): Promise<number> {
  const kilobytes = (await familyOf(pid)).map(async (id) => {
    const rollup = await contents(`/proc/${id}/smaps_rollup`);
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  });
  return (await Promise.all(kilobytes)).reduce((sum, one) => sum + one, 0) / 1024;
}

/**
 * The memory of an application that has come to rest, in MiB: the median of five seconds in which
 * it moved by no more than a hundredth, or of the last five of `patience` seconds.
 */
export async function settledMemoryOf(pid: number, patience: number): Promise<number> {
  const seconds: number[] = [];
  for (let second = 0; second < patience; second += 1) {
    await delay(1_000);
    seconds.push(await memoryOf(pid));
    const last = seconds.slice(-5);
    if (second >= Math.min(8, patience) && Math.max(...last) / Math.min(...last) < 1.01) break;
  }
  return quantile(seconds.slice(-5), 0.5);
}

/**
 * How many ms of processor time an application takes while it is watched for `duration` ms. Looked
 * at twice a second, so that a thread that ends takes next to nothing of its time along.
 */
export async function processorTimeOf(pid: number, duration: number): Promise<number> {
  const until = performance.now() + duration;
  let before = await threadTimes(pid);
  let spent = 0;
  while (performance.now() < until) {
    await delay(Math.min(500, Math.max(0, until - performance.now())));
    const now = await threadTimes(pid);
    for (const [thread, time] of now) spent += time - (before.get(thread) ?? 0);
    before = now;
  }
  return spent;
}

/** Ids of the running processes whose executable this is, however they were started. */
export async function runningFrom(executable: string): Promise<readonly number[]> {
  const found = await Promise.all(
    (await processes()).map(async (id) => {
      const runs = await readlink(`/proc/${id}/exe`).catch(() => '');
      return runs === executable ? [id] : [];
    }),
  );
  return found.flat();
}

/** Nanoseconds in the scheduler's books, as ms by thread: far finer than the ticks of `stat`. */
async function threadTimes(pid: number): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const id of await familyOf(pid)) {
    for (const thread of await entries(`/proc/${id}/task`)) {
      const [nanoseconds] = (await contents(`/proc/${id}/task/${thread}/schedstat`)).split(' ');
      times.set(thread, Number(nanoseconds) / 1e6);
    }
  }
  return times;
}

async function processes(): Promise<readonly number[]> {
  return (await entries('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function parentOf(id: number): Promise<number | undefined> {
  // The name in parentheses may hold anything, spaces and parentheses too.
  const [, parent] = /^.*\) \S (\d+)/s.exec(await contents(`/proc/${id}/stat`)) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** A process may end while it is looked at: then there is nothing to read. */
async function contents(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

async function entries(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
