import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from './report';

/** Returns the ids of a process and of all its descendants. */
export async function getProcessTree(pid: number): Promise<readonly number[]> {
  const parents = new Map<number, number>();
  for (const id of await listProcesses()) {
    // The name in parentheses can contain anything, including spaces and parentheses.
    const [, parent] = /^.*\) \S (\d+)/s.exec(await readText(`/proc/${id}/stat`)) ?? [];
    parents.set(id, Number(parent));
  }
  const tree = [pid];
  // The array grows while it is iterated.
  for (const parent of tree) {
    for (const [id, parentId] of parents) if (parentId === parent) tree.push(id);
  }
  return tree;
}

/** Returns the memory of an app in MiB: its proportional set size, which divides shared pages. */
export async function getMemory(pid: number): Promise<number> {
  let kilobytes = 0;
  for (const id of await getProcessTree(pid)) {
    const rollup = await readText(`/proc/${id}/smaps_rollup`);
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/**
 * Returns the memory of an app in MiB once it has settled: the median of five seconds in which it
 * changed by less than 1%, or of the last five of 15 seconds.
 */
export async function getSettledMemory(pid: number): Promise<number> {
  const samples: number[] = [];
  while (samples.length < 15) {
    await delay(1_000);
    samples.push(await getMemory(pid));
    const last = samples.slice(-5);
    if (samples.length > 8 && Math.max(...last) / Math.min(...last) < 1.01) break;
  }
  return quantile(samples.slice(-5), 0.5);
}

/** Returns the number of open file descriptors of an app. */
export async function countDescriptors(pid: number): Promise<number> {
  const tree = await getProcessTree(pid);
  const lists = await Promise.all(tree.map((id) => list(`/proc/${id}/fd`)));
  return lists.flat().length;
}

/**
 * Returns the CPU time in ms that an app uses in `duration` ms. It is sampled twice a second, so
 * that little is lost of threads that end in between.
 */
export async function getCpuTime(pid: number, duration: number): Promise<number> {
  const end = performance.now() + duration;
  let previous = await getThreadTimes(pid);
  let total = 0;
  while (performance.now() < end) {
    await delay(Math.min(500, Math.max(0, end - performance.now())));
    const current = await getThreadTimes(pid);
    for (const [thread, time] of current) total += time - (previous.get(thread) ?? 0);
    previous = current;
  }
  return total;
}

/** Returns whether a process with this executable is running. */
export async function isRunning(executable: string): Promise<boolean> {
  const links = (await listProcesses()).map((id) => readlink(`/proc/${id}/exe`).catch(() => ''));
  return (await Promise.all(links)).includes(executable);
}

/** Reads the scheduler's statistics in ms by thread, which are finer than those in `stat`. */
async function getThreadTimes(pid: number): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const id of await getProcessTree(pid)) {
    for (const thread of await list(`/proc/${id}/task`)) {
      const [nanoseconds] = (await readText(`/proc/${id}/task/${thread}/schedstat`)).split(' ');
      times.set(thread, Number(nanoseconds) / 1e6);
    }
  }
  return times;
}

async function listProcesses(): Promise<readonly number[]> {
  return (await list('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** A process can end while it is being read. */
function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
