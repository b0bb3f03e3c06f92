import { describe, expect, test } from 'vitest';
import { parseAlertState, toSavedAlertState } from '../../../src/core/alerts/serialize';
import { INITIAL_ALERT_STATE } from '../../../src/core/alerts/alert-state';
import { MINUTE, SECOND } from '../session-fixture';
import { AlertHarness } from './harness';

/** Creates a harness with rings, a hold, queued missed calls, and a connection problem. */
function createBusyHarness(): AlertHarness {
  const harness = new AlertHarness();
  harness.poll({ id: 'old', ended: true, missed: true });
  harness.changeRules({ holdLimitMs: 0 });
  harness.poll(
    { id: '__proto__', ringing: true },
    { id: 'constructor', ringing: true, from: 'Grace Hopper', customer: 'Bright Dental' },
    { id: 'held', held: true, answeredBy: 'Dorothy' },
    { id: 'missed', ended: true, missed: true },
  );
  harness.advance(10 * MINUTE);
  harness.poll({ id: 'held', held: true }, { id: 'away', missed: true });
  harness.changeRules({ isDoNotDisturb: true });
  harness.poll({ id: 'silent', missed: true });
  harness.advance(SECOND);
  harness.failPoll('sign-in');
  return harness;
}

const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const ADDED_LATER = ['catchUp', 'ownership', 'aliases', 'voicemail'];

describe('parseAlertState', () => {
  test.each([
    ['the initial state', INITIAL_ALERT_STATE],
    ['a busy state', createBusyHarness().state],
  ])('restores %s', (_, state) => {
    expect(parseAlertState(toJson(toSavedAlertState(state)))).toStrictEqual({
      ok: true,
      state,
    });
    expect(parseAlertState(JSON.parse(JSON.stringify(toSavedAlertState(state))))).toStrictEqual({
      ok: true,
      state,
    });
  });

  test.each([1e300, -1e300, 8.65e15])('rejects the invalid date %d', (instant) => {
    const text = JSON.stringify(toSavedAlertState(createBusyHarness().state));
    const damaged: unknown = JSON.parse(
      text.replace(/"startedAt":-?\d+/, `"startedAt":${instant}`),
    );
    expect(parseAlertState(damaged)).toEqual({ ok: false, reason: 'invalid' });
  });

  test('keeps sessions whose ids are __proto__ or constructor', () => {
    const read = parseAlertState(toJson(toSavedAlertState(createBusyHarness().state)));
    expect(read.ok && [...read.state.calls.keys()]).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    );
  });

  test.each([
    undefined,
    null,
    0,
    '',
    [],
    {},
    { version: 1 },
    { ...toSavedAlertState(INITIAL_ALERT_STATE), version: '1' },
    { ...toSavedAlertState(INITIAL_ALERT_STATE), version: 0 },
    { ...toSavedAlertState(INITIAL_ALERT_STATE), calls: {} },
    { ...toSavedAlertState(INITIAL_ALERT_STATE), missed: [['id']] },
    {
      ...toSavedAlertState(INITIAL_ALERT_STATE),
      lastSnapshotAt: { wall: Infinity, monotonic: 0, bootId: '' },
    },
    { ...toSavedAlertState(INITIAL_ALERT_STATE), open: [{ kind: 'fireworks', key: 'x' }] },
  ])('rejects %j', (json) => {
    expect(parseAlertState(json)).toEqual({ ok: false, reason: 'invalid' });
  });

  test('rejects a state that lacks any original part', () => {
    const whole = toJson(toSavedAlertState(createBusyHarness().state)) as Record<string, unknown>;
    for (const part of Object.keys(whole).filter((name) => !ADDED_LATER.includes(name))) {
      expect(parseAlertState({ ...whole, [part]: undefined }).ok, part).toBe(false);
    }
  });

  test('accepts a state without the parts that were added later', () => {
    const whole = toJson(toSavedAlertState(INITIAL_ALERT_STATE)) as Record<string, unknown>;
    for (const part of ADDED_LATER) {
      expect(parseAlertState({ ...whole, [part]: undefined })).toEqual({
        ok: true,
        state: INITIAL_ALERT_STATE,
      });
    }
  });

  test('reports a state of a newer version', () => {
    expect(parseAlertState({ version: 3, everything: 'is different' })).toEqual({
      ok: false,
      reason: 'newer',
    });
  });
});
