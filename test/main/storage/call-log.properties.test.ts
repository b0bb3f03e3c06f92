import fc from 'fast-check';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from '../../core/log/log-entry-fixture';
import { getEntries, NOW, openLog, root } from './call-log-fixture';

const IDS = ['A', 'B', 'C', 'D', 'E', '__proto__'];
const MAX_ENTRIES = 4;

const id = fc.constantFrom(...IDS);
const outcome = fc.constantFrom('active', 'missed', 'answered', 'ended');
const keys = fc.oneof(fc.constant('all' as const), fc.array(id, { maxLength: 3 }));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), id, outcome }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('markSeen' as const), keys }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  // The next run only has what is on disk at this moment.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('killWhileWriting' as const) }) },
);

function createEntry(of: string, kind: string, ringMs: number): LogEntry {
  const fields = { id: of, startedAt: NOW + IDS.indexOf(of), ringMs };
  if (kind === 'missed') return createMissedEntry(fields);
  if (kind === 'answered') return createLogEntry(fields);
  return createLogEntry({ ...fields, outcome: { kind: kind === 'active' ? 'active' : 'ended' } });
}

/** The expected behavior in its simplest form. */
class ReferenceModel {
  entries = new Map<string, LogEntry>();

  put(entry: LogEntry): void {
    const previous = this.entries.get(entry.summary.id);
    const { kind } = entry.outcome;
    let seen = kind !== 'missed';
    if (previous?.isSeen === false && kind !== 'answered') seen = false;
    if (previous?.isSeen === true && previous.outcome.kind === 'missed') seen = true;
    this.entries.set(entry.summary.id, { ...entry, isSeen: seen });
    for (const { summary } of this.getSorted().slice(MAX_ENTRIES)) this.entries.delete(summary.id);
  }

  markSeen(wanted: readonly string[] | 'all'): void {
    for (const [key, entry] of this.entries) {
      if (wanted === 'all' || wanted.includes(key))
        this.entries.set(key, { ...entry, isSeen: true });
    }
  }

  getSorted(): LogEntry[] {
    return [...this.entries.values()].sort((a, b) => b.startedAt - a.startedAt);
  }
}

function killAndCopy(path: string): string {
  const next = join(mkdtempSync(join(root, 'history-')), 'calls.jsonl');
  cpSync(join(path, '..'), join(next, '..'), { recursive: true });
  return next;
}

test('CallLog matches a reference model for any sequence of changes and kills', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let path = join(mkdtempSync(join(root, 'history-')), 'calls.jsonl');
      const limits = { logDays: 90, logEntries: MAX_ENTRIES };
      let { log } = openLog(path, limits);
      const model = new ReferenceModel();
      for (const [index, taken] of steps.entries()) {
        if (taken.kind === 'put') {
          const entry = createEntry(taken.id, taken.outcome, index);
          log.put(entry);
          model.put(entry);
        } else if (taken.kind === 'markSeen') {
          log.markSeen(taken.keys);
          model.markSeen(taken.keys);
        } else if (taken.kind === 'clear') {
          log.clear();
          model.entries.clear();
        } else {
          path = killAndCopy(path);
          if (taken.kind === 'killWhileWriting') writeFileSync(path, '{"v":1,"fac', { flag: 'a' });
          log = openLog(path, limits).log;
        }
      }
      expect(getEntries(log)).toEqual(model.getSorted());
      expect(getEntries(openLog(path, limits).log)).toEqual(model.getSorted());
    }),
    { numRuns: 300 },
  );
}, 60_000);
