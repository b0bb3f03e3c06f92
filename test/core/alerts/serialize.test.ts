import { describe, expect, test } from 'vitest';
import {
  parseAlertState,
  serializeAlertState,
  toSavedAlertState,
} from '../../../src/core/alerts/serialize';
import { INITIAL_ALERT_STATE } from '../../../src/core/alerts/alert-state';
import { MINUTE, SECOND } from '../session-fixture';
import { AlertHarness } from './harness';

/** A harness in the middle of everything: rings, holds, misses that wait, trouble. */
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

const onDisk = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const ADDED_LATER = ['catchUp', 'ownership', 'aliases'];

describe('the watch on disk', () => {
  test.each([
    ['a new watch', INITIAL_ALERT_STATE],
    ['a busy one', createBusyHarness().state],
  ])('is read back as it was written: %s', (_, state) => {
    expect(parseAlertState(onDisk(toSavedAlertState(state)))).toStrictEqual({
      ok: true,
      state,
    });
    expect(parseAlertState(JSON.parse(serializeAlertState(state)))).toStrictEqual({
      ok: true,
      state,
    });
  });

  test.each([1e300, -1e300, 8.65e15])(
    'with the instant %d is none: there is no such date',
    (instant) => {
      const text = JSON.stringify(toSavedAlertState(createBusyHarness().state));
      const damaged: unknown = JSON.parse(
        text.replace(/"startedAt":-?\d+/, `"startedAt":${instant}`),
      );
      expect(parseAlertState(damaged)).toEqual({ ok: false, reason: 'invalid' });
    },
  );

  test('keeps sessions whose ids are words of JavaScript', () => {
    const read = parseAlertState(onDisk(toSavedAlertState(createBusyHarness().state)));
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
  ])('is not made of %j', (json) => {
    expect(parseAlertState(json)).toEqual({ ok: false, reason: 'invalid' });
  });

  test('is not made of a file that lost any one of its parts', () => {
    const whole = onDisk(toSavedAlertState(createBusyHarness().state)) as Record<string, unknown>;
    for (const part of Object.keys(whole).filter((name) => !ADDED_LATER.includes(name))) {
      expect(parseAlertState({ ...whole, [part]: undefined }).ok, part).toBe(false);
    }
  });

  test('is made of a file without the parts that were added later', () => {
    const whole = onDisk(toSavedAlertState(INITIAL_ALERT_STATE)) as Record<string, unknown>;
    for (const part of ADDED_LATER) {
      expect(parseAlertState({ ...whole, [part]: undefined })).toEqual({
        ok: true,
        state: INITIAL_ALERT_STATE,
      });
    }
  });

  test('of a newer Ringside is left alone', () => {
    expect(parseAlertState({ version: 3, everything: 'is different' })).toEqual({
      ok: false,
      reason: 'newer',
    });
  });
});
