import { describe, expect, it } from 'vitest';
import { mergeEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const active = createLogEntry({ outcome: { kind: 'active' } });

describe('mergeEntry', () => {
  it('keeps the flag of a new missed call', () => {
    expect(mergeEntry(undefined, createMissedEntry()).isSeen).toBe(false);
    expect(mergeEntry(undefined, createMissedEntry({ isSeen: true })).isSeen).toBe(true);
    expect(mergeEntry(active, createMissedEntry()).isSeen).toBe(false);
  });

  it('keeps a missed call unseen when its entry is updated', () => {
    expect(mergeEntry(createMissedEntry(), createMissedEntry({ isSeen: true })).isSeen).toBe(false);
    expect(mergeEntry(createMissedEntry(), active).isSeen).toBe(false);
  });

  it('keeps a seen missed call seen', () => {
    expect(mergeEntry(createMissedEntry({ isSeen: true }), createMissedEntry()).isSeen).toBe(true);
  });

  it('marks a missed call as seen once it is answered', () => {
    expect(mergeEntry(createMissedEntry(), createLogEntry()).isSeen).toBe(true);
    expect(mergeEntry(undefined, createLogEntry({ isSeen: false })).isSeen).toBe(true);
  });

  it('marks a call that was not missed as seen', () => {
    expect(mergeEntry(undefined, active).isSeen).toBe(true);
    expect(mergeEntry(active, createLogEntry({ outcome: { kind: 'ended' } })).isSeen).toBe(true);
  });

  it('keeps a missed call unseen if it was updated before the saved entries were loaded', () => {
    expect(mergeEntry(active, mergeEntry(createMissedEntry(), active)).isSeen).toBe(false);
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
        const once = mergeEntry(before, entry);
        expect(mergeEntry(once, entry)).toEqual(once);
      }
    }
  });
});

describe('what the user decided about a call to return', () => {
  const done = { kind: 'done', at: 1 } as const;

  it('stays when more becomes known about the call', () => {
    expect(
      mergeEntry(createMissedEntry({ callbackMark: done }), createMissedEntry()).callbackMark,
    ).toEqual(done);
  });

  it('ends when the call is missed once more', () => {
    const ringing = mergeEntry(createMissedEntry({ callbackMark: done }), active);
    expect(mergeEntry(ringing, createMissedEntry()).callbackMark).toBeNull();
  });
});
