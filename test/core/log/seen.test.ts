import { describe, expect, it } from 'vitest';
import { mergeSeen, isMissedEntry } from '../../../src/core/log/entry';
import { aMiss, anEntry } from './log-entry-fixture';

const active = anEntry({ outcome: { kind: 'active' } });

describe('whether a call was looked at', () => {
  it('a new miss is as it comes', () => {
    expect(mergeSeen(undefined, aMiss()).isSeen).toBe(false);
    expect(mergeSeen(undefined, aMiss({ isSeen: true })).isSeen).toBe(true);
    expect(mergeSeen(active, aMiss()).isSeen).toBe(false);
  });

  it('an unseen missed call stays unseen when more becomes known about it', () => {
    expect(mergeSeen(aMiss(), aMiss({ isSeen: true })).isSeen).toBe(false);
    expect(mergeSeen(aMiss(), active).isSeen).toBe(false);
  });

  it('a miss that was looked at does not come back', () => {
    expect(mergeSeen(aMiss({ isSeen: true }), aMiss()).isSeen).toBe(true);
  });

  it('a miss that is answered after all needs no look', () => {
    expect(mergeSeen(aMiss(), anEntry()).isSeen).toBe(true);
    expect(mergeSeen(undefined, anEntry({ isSeen: false })).isSeen).toBe(true);
  });

  it('a call that was never missed needs none either', () => {
    expect(mergeSeen(undefined, active).isSeen).toBe(true);
    expect(mergeSeen(active, anEntry({ outcome: { kind: 'ended' } })).isSeen).toBe(true);
  });

  it('a miss that went on before it was known what earlier runs kept is unseen still', () => {
    expect(mergeSeen(active, mergeSeen(aMiss(), active)).isSeen).toBe(false);
  });

  it('hearing the same twice changes nothing', () => {
    for (const before of [undefined, active, aMiss(), aMiss({ isSeen: true }), anEntry()]) {
      for (const entry of [active, aMiss(), aMiss({ isSeen: true }), anEntry({ isSeen: false })]) {
        const once = mergeSeen(before, entry);
        expect(mergeSeen(once, entry)).toEqual(once);
      }
    }
  });
});

describe('the missed calls', () => {
  it('are those missed, and those that ring again before anybody looked', () => {
    expect(isMissedEntry(aMiss())).toBe(true);
    expect(isMissedEntry(aMiss({ isSeen: true }))).toBe(true);
    expect(isMissedEntry(mergeSeen(aMiss(), active))).toBe(true);
    expect(isMissedEntry(active)).toBe(false);
    expect(isMissedEntry(anEntry())).toBe(false);
  });
});
