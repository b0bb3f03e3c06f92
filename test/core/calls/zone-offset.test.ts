import { expect, test } from 'vitest';
import { findZoneOffset, measureZoneOffset } from '../../../src/core/calls/zone-offset';
import { createSession } from '../session-fixture';

const HOUR_MS = 60 * 60_000;
const NOW = Date.UTC(2026, 10, 29, 12, 0, 0);

const createRing = (dateCreated: string) => createSession({ ringing: true, wire: { dateCreated } });

test.each([
  ['2026-11-29T13:00:00', 1],
  ['2026-11-29T12:59:58.1234567', 1],
  ['2026-11-29 17:29:40', 5.5],
  ['2026-11-29T17:45:00', 5.75],
  ['2026-11-29T07:00:00', -5],
  ['2026-11-29T03:59:31', -8],
  ['2026-11-30T01:59:59', 14],
  ['2026-11-29T11:59:59', 0],
  ['2026-11-29T02:29:55', -9.5],
  ['2026-11-29T08:30:10', -3.5],
  ['2026-11-29T21:30:00.5', 9.5],
  ['2026-11-30T00:45:00', 12.75],
  ['2026-11-29 01:00', -11],
  ['2026-11-29T12:00:31', 0],
])('a call that rings now and started at %s shows that the server is %d h ahead', (date, hours) => {
  expect(measureZoneOffset(createRing(date), NOW)).toBeCloseTo(hours * HOUR_MS);
});

test.each(['2026-11-29T11:59:59Z', '2026-11-29T07:00:00-05:00', '/Date(1795953599000+0100)/'])(
  'a time with a zone is right: %s',
  (date) => {
    expect(measureZoneOffset(createRing(date), NOW)).toBe(0);
  },
);

test.each([
  ['that waited in a queue for an hour', '2026-11-29T11:00:00'],
  ['that is no whole zone away', '2026-11-29T13:07:00'],
  ['from another day', '2026-11-27T12:00:00'],
  ['without a time of day', '2026-11-29'],
])('a call %s reveals nothing, or shows that the server is right', (_, date) => {
  expect(measureZoneOffset(createRing(date), NOW) ?? 0).toBe(0);
});

test('measures the zone offset only by ringing calls', () => {
  const dateCreated = '2026-11-29T17:00:00';
  const connected = createSession({ connected: true, wire: { dateCreated } });
  expect(findZoneOffset([connected, createSession({ ringing: true })], NOW)).toBeUndefined();
  expect(findZoneOffset([connected, createRing(dateCreated)], NOW)).toBe(5 * HOUR_MS);
});
