import { describe, expect, it } from 'vitest';
import { carriedOn, isMiss } from '../../../src/core/log/seen';
import { aMiss, anEntry } from './an-entry';

const active = anEntry({ outcome: { kind: 'active' } });

describe('whether a call was looked at', () => {
  it('a new miss is as it comes', () => {
    expect(carriedOn(undefined, aMiss()).seen).toBe(false);
    expect(carriedOn(undefined, aMiss({ seen: true })).seen).toBe(true);
    expect(carriedOn(active, aMiss()).seen).toBe(false);
  });

  it('a miss that nobody looked at stays unseen, whatever else becomes known of it', () => {
    expect(carriedOn(aMiss(), aMiss({ seen: true })).seen).toBe(false);
    expect(carriedOn(aMiss(), active).seen).toBe(false);
  });

  it('a miss that was looked at does not come back', () => {
    expect(carriedOn(aMiss({ seen: true }), aMiss()).seen).toBe(true);
  });

  it('a miss that is answered after all needs no look', () => {
    expect(carriedOn(aMiss(), anEntry()).seen).toBe(true);
    expect(carriedOn(undefined, anEntry({ seen: false })).seen).toBe(true);
  });

  it('a call that was never missed needs none either', () => {
    expect(carriedOn(undefined, active).seen).toBe(true);
    expect(carriedOn(active, anEntry({ outcome: { kind: 'ended' } })).seen).toBe(true);
  });

  it('a miss that went on before it was known what earlier runs kept is unseen still', () => {
    expect(carriedOn(active, carriedOn(aMiss(), active)).seen).toBe(false);
  });

  it('hearing the same twice changes nothing', () => {
    for (const before of [undefined, active, aMiss(), aMiss({ seen: true }), anEntry()]) {
      for (const entry of [active, aMiss(), aMiss({ seen: true }), anEntry({ seen: false })]) {
        const once = carriedOn(before, entry);
        expect(carriedOn(once, entry)).toEqual(once);
      }
    }
  });
});

describe('the missed calls', () => {
  it('are those missed, and those that ring again before anybody looked', () => {
    expect(isMiss(aMiss())).toBe(true);
    expect(isMiss(aMiss({ seen: true }))).toBe(true);
    expect(isMiss(carriedOn(aMiss(), active))).toBe(true);
    expect(isMiss(active)).toBe(false);
    expect(isMiss(anEntry())).toBe(false);
  });
});
