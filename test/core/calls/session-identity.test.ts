import { describe, expect, test } from 'vitest';
import { SECOND, type SessionFixture } from '../session-fixture';
import { createSignedInHarness, GRACE, describeAlerts } from '../alerts/fixtures';

const withSid = (fixture: SessionFixture, callSid = 'CA-1'): SessionFixture => ({
  ...fixture,
  wire: { callSid },
});

describe('a session whose id changes while its callSid stays', () => {
  test('remains the same ring', () => {
    const harness = createSignedInHarness();
    harness.poll(withSid(GRACE));
    harness.advance(2 * SECOND);
    harness.poll(withSid({ ...GRACE, id: 'H' }));
    harness.advance(2 * SECOND);
    harness.poll(withSid({ ...GRACE, id: 'g' }));
    expect(harness.raised).toHaveLength(1);
    expect(harness.isPending).toBe(false);
    harness.poll(withSid({ ...GRACE, id: 'g', ringing: false, connected: true }));
    expect(describeAlerts(harness)).toEqual([]);
    expect([...harness.log.keys()]).toEqual(['G']);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
  });

  test('remains the same ring after a restart', () => {
    const harness = createSignedInHarness();
    harness.poll(withSid(GRACE));
    harness.poll(withSid({ ...GRACE, id: 'H' }));
    harness.restart();
    harness.poll(withSid({ ...GRACE, id: 'H' }));
    expect(harness.raised).toHaveLength(1);
  });

  test('returns as the same call during a lookup', () => {
    const harness = createSignedInHarness();
    harness.poll(withSid(GRACE));
    harness.poll();
    harness.resolveLookups([]);
    harness.advance(5 * SECOND);
    harness.poll(withSid({ ...GRACE, id: 'H', ringing: false, connected: true }));
    expect(harness.isPending).toBe(false);
    expect(harness.log.get('G')?.outcome.kind).toBe('answered');
  });

  test('is looked up by its current id', () => {
    const harness = createSignedInHarness();
    harness.poll(withSid(GRACE));
    harness.poll(withSid({ ...GRACE, id: 'H' }));
    harness.poll();
    expect(harness.dueLookups).toEqual(['H']);
    harness.resolveLookups([{ id: 'H', ended: true, wasMissed: true }]);
    expect(describeAlerts(harness)).toEqual(['Grace Hopper missed']);
  });

  test('is announced as missed once', () => {
    const harness = createSignedInHarness();
    harness.poll(withSid({ ...GRACE, missed: true }));
    harness.poll(withSid({ ...GRACE, id: 'H', ringing: false, ended: true, missed: true }));
    expect(harness.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
  });
});

test.each<[string, readonly (readonly SessionFixture[])[], string]>([
  ['twice in a row', [[GRACE], [{ ...GRACE, id: 'H' }], [{ ...GRACE, id: 'I' }]], 'active'],
  ['and back', [[GRACE], [{ ...GRACE, id: 'H' }], [GRACE]], 'active'],
  ['after a response without it', [[GRACE], [], [{ ...GRACE, id: 'H' }]], 'active'],
  [
    'when it is answered',
    [[GRACE], [{ ...GRACE, id: 'H', ringing: false, connected: true }]],
    'answered',
  ],
  ['when it is held', [[GRACE], [{ ...GRACE, id: 'H', ringing: false, held: true }]], 'answered'],
  [
    'when it moves to a queue and rings again',
    [[GRACE], [{ ...GRACE, id: 'H', ringing: false, queued: true }], [{ ...GRACE, id: 'I' }]],
    'active',
  ],
  [
    'when it ends as missed',
    [[GRACE], [{ ...GRACE, id: 'H', ringing: false, ended: true, missed: true }]],
    'missed',
  ],
])('a session whose id changes %s stays one call', (_, responses, kind) => {
  const harness = createSignedInHarness();
  for (const sessions of responses) {
    harness.poll(...sessions.map((session) => withSid(session)));
    harness.advance(2 * SECOND);
  }
  expect([...harness.log.keys()]).toEqual(['G']);
  expect(harness.isPending).toBe(false);
  expect(harness.log.get('G')?.outcome.kind).toBe(kind);
  expect(harness.raised.filter((alert) => alert.kind === 'missed')).toHaveLength(
    kind === 'missed' ? 1 : 0,
  );
});

test('sessions of several calls change their ids at once', () => {
  const harness = createSignedInHarness();
  const list = (suffix: string) =>
    ['A', 'B', 'C'].map((id) => withSid({ ...GRACE, id: id + suffix }, `CA-${id}`));
  harness.poll(...list(''));
  harness.poll(...list('2').reverse());
  expect(harness.raised).toHaveLength(3);
  expect([...harness.log.keys()].sort()).toEqual(['A', 'B', 'C']);
});

test('two sessions with the same callSid that are listed together are separate calls', () => {
  const harness = createSignedInHarness();
  harness.poll(withSid(GRACE));
  harness.poll(withSid(GRACE), withSid({ ...GRACE, id: 'H' }));
  expect(harness.raised).toHaveLength(2);
});

test.each([
  ['without a callSid', GRACE, { ...GRACE, id: 'H' }],
  ['with a different callSid', withSid(GRACE), withSid({ ...GRACE, id: 'H' }, 'CA-2')],
])('a session %s is a new ring if its id changes', (_, first, second) => {
  const harness = createSignedInHarness();
  harness.poll(first);
  harness.poll(second);
  expect(harness.raised).toHaveLength(2);
});
