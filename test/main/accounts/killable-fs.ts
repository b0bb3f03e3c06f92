import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Everything that changes files and is used by Ringside or its libraries. */
const METHODS = [
  'appendFileSync',
  'copyFileSync',
  'fsyncSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
] as const;

/** A write is cut in the middle, as by a kill on a nearly full disk. */
const isTorn = (method: string): boolean =>
  method === 'appendFileSync' || method === 'writeFileSync';

let remaining = Infinity;
let operations = 0;
let onDeath: (() => void) | undefined;

/**
 * Replaces the file system's methods for all modules that are loaded later. From the n-th operation
 * on nothing reaches the disk, as if the process had been killed there.
 */
export function installKillableFs(): void {
  for (const method of METHODS) {
    const original = fs[method] as (...args: unknown[]) => unknown;
    const replacement = (...args: unknown[]): unknown => {
      operations += 1;
      remaining -= 1;
      if (remaining > 0) return original.apply(fs, args);
      if (remaining === 0) {
        onDeath?.();
        const [path, text] = args;
        if (isTorn(method) && typeof text === 'string') {
          const depth = remaining;
          remaining = Infinity;
          original.call(fs, path, text.slice(0, text.length / 2));
          remaining = depth;
        }
      }
      throw Object.assign(new Error('killed'), { code: 'EIO' });
    };
    Object.assign(fs, { [method]: replacement });
  }
  syncBuiltinESMExports();
}

/** Kills at the n-th operation from now on. */
export function killAt(operation: number, killed: () => void): void {
  remaining = operation;
  onDeath = killed;
}

/** Lets everything reach the disk again. */
export function revive(): void {
  remaining = Infinity;
  onDeath = undefined;
}

/** Counts the operations of an action. */
export async function countOperations(action: () => Promise<void>): Promise<number> {
  const before = operations;
  await action();
  return operations - before;
}
