import { describe, expect, test } from 'vitest';
import type { Glance } from '../../../src/core/glance';
import { getTrayTooltip } from '../../../src/main/tray/tray-tooltip';
import type { Connection } from '../../../src/shared/state';
import { ENGLISH, someFacts } from '../builders';

const COUNTS = { silent: false, active: 0, missed: 0 };
const IDLE: Glance = { ...COUNTS, kind: 'idle' };
const LIVE: Connection = { kind: 'live', answeredAt: 0 };
const GRACE = someFacts();
const ADA = someFacts({
  id: 'S-2',
  fromName: 'Ada Byron',
  customerName: null,
  customerBreadcrumb: null,
});

describe('the tray tooltip', () => {
  test.each<[string, Glance]>([
    ['Ringing: Grace Hopper for Bright Dental', { ...COUNTS, kind: 'ringing', ringing: [GRACE] }],
    ['Ringing: Ada Byron', { ...COUNTS, kind: 'ringing', ringing: [ADA] }],
    [
      'Ringing: Grace Hopper for Bright Dental and 2 more',
      { ...COUNTS, active: 3, missed: 1, kind: 'ringing', ringing: [GRACE, ADA, ADA] },
    ],
    ['1 call', { ...COUNTS, active: 1, kind: 'active' }],
    ['2 calls · 1 missed', { ...COUNTS, active: 2, missed: 1, kind: 'active' }],
    ['1 missed', { ...COUNTS, missed: 1, kind: 'missed' }],
    ['12 missed', { ...COUNTS, missed: 12, kind: 'missed' }],
    ['Ringside: no calls right now', IDLE],
    ['Offline, reconnecting', { ...COUNTS, missed: 1, kind: 'trouble', trouble: 'offline' }],
    ['Sign-in needed', { ...COUNTS, kind: 'trouble', trouble: 'sign-in' }],
    [
      'No access to calls: the “User” role is missing',
      { ...COUNTS, kind: 'trouble', trouble: 'forbidden' },
    ],
    [
      '2 calls · 1 missed · Do Not Disturb',
      { ...COUNTS, silent: true, active: 2, missed: 1, kind: 'active' },
    ],
  ])('says “%s”', (tooltip, status) => {
    expect(getTrayTooltip(status, LIVE, ENGLISH)).toBe(tooltip);
  });

  test.each([
    ['starting', 'Ringside: connecting'],
    ['signing-in', 'Ringside: connecting'],
    ['paused', 'Ringside: paused'],
  ] as const)('does not claim that there are no calls while %s', (kind, tooltip) => {
    expect(getTrayTooltip(IDLE, { kind }, ENGLISH)).toBe(tooltip);
  });

  test('is no longer than a panel shows', () => {
    const facts = someFacts({ fromName: 'G'.repeat(400), customerName: 'B'.repeat(400) });
    const status: Glance = { ...COUNTS, kind: 'ringing', ringing: [facts] };
    const tooltip = getTrayTooltip(status, LIVE, ENGLISH);
    expect(tooltip.length).toBeLessThanOrEqual(120);
    expect(tooltip).toMatch(/^Ringing: G+…$/);
  });
});
