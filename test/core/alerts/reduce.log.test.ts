import { describe, expect, test } from 'vitest';
import { SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE } from './fixtures';

describe('reduce: the call log', () => {
  test('records a call from its ring to its end', () => {
    const harness = createSignedInHarness();
    const { wall } = harness.now;
    harness.poll(GRACE);
    expect(harness.log.get('G')).toMatchObject({ outcome: { kind: 'active' }, endedAt: undefined });
    harness.advance(10 * SECOND);
    harness.poll({ ...GRACE, ringing: false, connected: true, answeredBy: 'Ada Lovelace' });
    harness.advance(60 * SECOND);
    harness.poll({ ...GRACE, ringing: false, held: true, answeredBy: 'Ada Lovelace' });
    harness.advance(30 * SECOND);
    harness.poll({ ...GRACE, ringing: false, connected: true, answeredBy: 'Ada Lovelace' });
    harness.advance(5 * SECOND);
    harness.poll();
    expect(harness.log.get('G')).toMatchObject({
      outcome: { kind: 'answered', by: 'Ada Lovelace', isOwn: true },
      startedAt: wall,
      answeredAt: wall + 10 * SECOND,
      endedAt: wall + 105 * SECOND,
      ringMs: 10 * SECOND,
      talkMs: 65 * SECOND,
      holdMs: 30 * SECOND,
      isSeen: true,
      segments: [
        { phase: 'ringing', from: wall },
        { phase: 'connected', from: wall + 10 * SECOND },
        { phase: 'held', from: wall + 70 * SECOND },
        { phase: 'connected', from: wall + 100 * SECOND },
      ],
    });
  });

  test('uses the server’s times if they are present', () => {
    const harness = createSignedInHarness();
    const { wall } = harness.now;
    const dateCreated = new Date(wall - 60 * SECOND).toISOString();
    const dateCompleted = new Date(wall - SECOND).toISOString();
    harness.poll({ id: 'G', ended: true, wire: { dateCreated, dateCompleted } });
    expect(harness.log.get('G')).toMatchObject({
      startedAt: wall - 60 * SECOND,
      endedAt: wall - SECOND,
    });
  });

  test('counts the talk time of a call that was under way when first seen', () => {
    const harness = createSignedInHarness();
    const { wall } = harness.now;
    const create = (id: string, ageMs: number): SessionFixture => ({
      id,
      connected: true,
      wire: { dateCreated: new Date(wall - ageMs).toISOString() },
    });
    const ages = { recent: 60 * SECOND, implausible: 25 * 60 * 60 * SECOND };
    harness.poll(create('recent', ages.recent), create('implausible', ages.implausible));
    harness.advance(10 * SECOND);
    harness.poll();
    expect(harness.log.get('recent')?.talkMs).toBe(70 * SECOND);
    expect(harness.log.get('implausible')?.talkMs).toBe(10 * SECOND);
  });

  test('ignores a start time in the future', () => {
    const harness = createSignedInHarness();
    const { wall } = harness.now;
    harness.poll({ ...GRACE, wire: { dateCreated: '2999-01-01T00:00:00Z' } });
    expect(harness.log.get('G')?.startedAt).toBe(wall);
  });

  test.each<[string, SessionFixture, string]>([
    ['an outgoing call', { id: 'X', outgoing: true, connected: true }, 'outgoing'],
    ['a call abandoned in the queue', { id: 'X', queued: true }, 'abandoned'],
    ['an ended chat', { id: 'X', wire: { channel: 'Chat' } }, 'ended'],
    ['a call that was connected when first seen', { id: 'X', connected: true }, 'answered'],
  ])('records the outcome of %s', (_, call, outcome) => {
    const harness = createSignedInHarness();
    harness.poll(call);
    harness.poll();
    expect(harness.log.get('X')?.outcome.kind).toBe(outcome);
  });

  test('is written only when the entry changes', () => {
    const harness = createSignedInHarness();
    harness.poll(GRACE);
    expect(harness.poll(GRACE)).toEqual([]);
    expect(harness.poll({ ...GRACE, wire: { consoleData: 'news' } })).toEqual([]);
  });

  test('limits the segments of a call that keeps changing', () => {
    const harness = createSignedInHarness();
    for (let turn = 0; turn < 200; turn += 1) {
      harness.poll({ id: 'G', connected: turn % 2 === 0, held: turn % 2 === 1 });
    }
    expect(harness.log.get('G')?.segments).toHaveLength(100);
  });
});
