import fc from 'fast-check';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/core/log-entry';
import { aMiss, anEntry } from '../../core/log/an-entry';
import { all, loaded, NOW, open, root } from './a-call-log';

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
