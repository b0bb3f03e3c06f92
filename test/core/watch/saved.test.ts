import { describe, expect, test } from 'vitest';
import { fromSaved, savedText, toSaved } from '../../../src/core/watch/saved';
import { NEW_WATCH } from '../../../src/core/watch/watch';
import { MINUTE, SECOND } from '../build';
import { Desk } from './desk';

/** A desk in the middle of everything: rings, holds, misses that wait, trouble. */
function busyDesk(): Desk {
  const desk = new Desk();
  desk.polls({ id: 'old', ended: true, missed: true });
  desk.setsRules({ holdLimit: 0 });
  desk.polls(
    { id: '__proto__', ringing: true },
    { id: 'constructor', ringing: true, from: 'Grace Hopper', customer: 'Bright Dental' },
    { id: 'held', held: true, answeredBy: 'Dorothy' },
    { id: 'missed', ended: true, missed: true },
  );
  desk.passes(10 * MINUTE);
  desk.polls({ id: 'held', held: true }, { id: 'away', missed: true });
  desk.setsRules({ silent: true });
  desk.polls({ id: 'silent', missed: true });
  desk.passes(SECOND);
  desk.fails('sign-in');
  return desk;
}

const onDisk = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the watch on disk', () => {
  test.each([
    ['a new watch', NEW_WATCH],
    ['a busy one', busyDesk().watch],
  ])('is read back as it was written: %s', (_, watch) => {
    expect(fromSaved(onDisk(toSaved(watch)))).toStrictEqual({ ok: true, watch });
    expect(fromSaved(JSON.parse(savedText(watch)))).toStrictEqual({ ok: true, watch });
  });

  test.each([1e300, -1e300, 8.65e15])(
    'with the instant %d is none: there is no such date',
    (instant) => {
      const text = JSON.stringify(toSaved(busyDesk().watch));
      const damaged: unknown = JSON.parse(
        text.replace(/"startedAt":-?\d+/, `"startedAt":${instant}`),
      );
      expect(fromSaved(damaged)).toEqual({ ok: false, reason: 'not-a-watch' });
    },
  );

  test('keeps sessions whose ids are words of JavaScript', () => {
    const read = fromSaved(onDisk(toSaved(busyDesk().watch)));
    expect(read.ok && [...read.watch.calls.keys()]).toEqual(
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
    { ...toSaved(NEW_WATCH), version: '1' },
    { ...toSaved(NEW_WATCH), version: 0 },
    { ...toSaved(NEW_WATCH), calls: {} },
    { ...toSaved(NEW_WATCH), told: [['id']] },
    { ...toSaved(NEW_WATCH), seenAt: { wall: Infinity, steady: 0, run: '' } },
    { ...toSaved(NEW_WATCH), open: [{ kind: 'fireworks', key: 'x' }] },
  ])('is not made of %j', (json) => {
    expect(fromSaved(json)).toEqual({ ok: false, reason: 'not-a-watch' });
  });

  test('is not made of a file that lost any one of its parts', () => {
    const whole = onDisk(toSaved(busyDesk().watch)) as Record<string, unknown>;
    for (const part of Object.keys(whole)) {
      expect(fromSaved({ ...whole, [part]: undefined }).ok, part).toBe(false);
    }
  });

  test('of a newer Ringside is left alone', () => {
    expect(fromSaved({ version: 2, everything: 'is different' })).toEqual({
      ok: false,
      reason: 'newer',
    });
  });
});
