import { describe, expect, it } from 'vitest';
import { mergeSeen, isMissedEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const active = createLogEntry({ outcome: { kind: 'active' } });

describe('mergeSeen', () => {
  it('keeps the flag of a new missed call', () => {
    expect(mergeSeen(undefined, createMissedEntry()).isSeen).toBe(false);
    expect(mergeSeen(undefined, createMissedEntry({ isSeen: true })).isSeen).toBe(true);
    expect(mergeSeen(active, createMissedEntry()).isSeen).toBe(false);
  });

  it('keeps a missed call unseen when its entry is updated', () => {
    expect(mergeSeen(createMissedEntry(), createMissedEntry({ isSeen: true })).isSeen).toBe(false);
    expect(mergeSeen(createMissedEntry(), active).isSeen).toBe(false);
  });

  it('keeps a seen missed call seen', () => {
    expect(mergeSeen(createMissedEntry({ isSeen: true }), createMissedEntry()).isSeen).toBe(true);
  });

  it('marks a missed call as seen once it is answered', () => {
    expect(mergeSeen(createMissedEntry(), createLogEntry()).isSeen).toBe(true);
    expect(mergeSeen(undefined, createLogEntry({ isSeen: false })).isSeen).toBe(true);
  });

  it('marks a call that was not missed as seen', () => {
    expect(mergeSeen(undefined, active).isSeen).toBe(true);
    expect(mergeSeen(active, createLogEntry({ outcome: { kind: 'ended' } })).isSeen).toBe(true);
  });

  it('keeps a missed call unseen if it was updated before the saved entries were loaded', () => {
    expect(mergeSeen(active, mergeSeen(createMissedEntry(), active)).isSeen).toBe(false);
  });

  it('is idempotent', () => {
    for (const before of [
      undefined,
      active,
      createMissedEntry(),
      createMissedEntry({ isSeen: true }),
      createLogEntry(),
    ]) {
      for (const entry of [
        active,
        createMissedEntry(),
        createMissedEntry({ isSeen: true }),
        createLogEntry({ isSeen: false }),
      ]) {
        const once = mergeSeen(before, entry);
        expect(mergeSeen(once, entry)).toEqual(once);
      }
    }
  });
});

describe('isMissedEntry', () => {
  it('accepts missed calls and unseen missed calls that ring again', () => {
    expect(isMissedEntry(createMissedEntry())).toBe(true);
    expect(isMissedEntry(createMissedEntry({ isSeen: true }))).toBe(true);
    expect(isMissedEntry(mergeSeen(createMissedEntry(), active))).toBe(true);
    expect(isMissedEntry(active)).toBe(false);
    expect(isMissedEntry(createLogEntry())).toBe(false);
  });
});
