import { describe, expect, it } from 'vitest';
import { mergeSeen, isMissedEntry } from '../../../src/core/log/entry';
import { createMissedEntry, createLogEntry } from './log-entry-fixture';

const active = createLogEntry({ outcome: { kind: 'active' } });

describe('whether a call was looked at', () => {
  it('a new miss is as it comes', () => {
    expect(mergeSeen(undefined, createMissedEntry()).isSeen).toBe(false);
    expect(mergeSeen(undefined, createMissedEntry({ isSeen: true })).isSeen).toBe(true);
    expect(mergeSeen(active, createMissedEntry()).isSeen).toBe(false);
  });

  it('an unseen missed call stays unseen when more becomes known about it', () => {
    expect(mergeSeen(createMissedEntry(), createMissedEntry({ isSeen: true })).isSeen).toBe(false);
    expect(mergeSeen(createMissedEntry(), active).isSeen).toBe(false);
  });

  it('a miss that was looked at does not come back', () => {
    expect(mergeSeen(createMissedEntry({ isSeen: true }), createMissedEntry()).isSeen).toBe(true);
  });

  it('a miss that is answered after all needs no look', () => {
    expect(mergeSeen(createMissedEntry(), createLogEntry()).isSeen).toBe(true);
    expect(mergeSeen(undefined, createLogEntry({ isSeen: false })).isSeen).toBe(true);
  });

  it('a call that was never missed needs none either', () => {
    expect(mergeSeen(undefined, active).isSeen).toBe(true);
    expect(mergeSeen(active, createLogEntry({ outcome: { kind: 'ended' } })).isSeen).toBe(true);
  });

  it('a miss that went on before it was known what earlier runs kept is unseen still', () => {
    expect(mergeSeen(active, mergeSeen(createMissedEntry(), active)).isSeen).toBe(false);
  });

  it('hearing the same twice changes nothing', () => {
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

describe('the missed calls', () => {
  it('are those missed, and those that ring again before anybody looked', () => {
    expect(isMissedEntry(createMissedEntry())).toBe(true);
    expect(isMissedEntry(createMissedEntry({ isSeen: true }))).toBe(true);
    expect(isMissedEntry(mergeSeen(createMissedEntry(), active))).toBe(true);
    expect(isMissedEntry(active)).toBe(false);
    expect(isMissedEntry(createLogEntry())).toBe(false);
  });
});
