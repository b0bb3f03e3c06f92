import { describe, expect, test, vi } from 'vitest';
import type { TrayStatus } from '../../../src/core/tray-status';
import { getTrayTooltip } from '../../../src/main/tray/tray-tooltip';
import type { ConnectionStatus } from '../../../src/shared/state';
import { ENGLISH, createCallSummary } from '../builders';

const COUNTS = { isDoNotDisturb: false, activeCount: 0, missedCount: 0 };
const IDLE: TrayStatus = { ...COUNTS, kind: 'idle' };
const LIVE: ConnectionStatus = { kind: 'live', lastResponseAt: 0 };
const GRACE = createCallSummary();
const ADA = createCallSummary({
  id: 'S-2',
  fromName: 'Ada Byron',
  customerName: null,
  customerBreadcrumb: null,
});

describe('the tray tooltip', () => {
  test.each<[string, TrayStatus]>([
    [
      'Ringside: Ringing: Grace Hopper for Bright Dental',
      { ...COUNTS, kind: 'ringing', ringing: [GRACE] },
    ],
    ['Ringside: Ringing: Ada Byron', { ...COUNTS, kind: 'ringing', ringing: [ADA] }],
    [
      'Ringside: Ringing: Ada Byron (contact)',
      {
        ...COUNTS,
        kind: 'ringing',
        ringing: [{ ...ADA, party: { ...ADA.party, isNameFromContacts: true } }],
      },
    ],
    [
      'Ringside: Ringing: Grace Hopper for Bright Dental and 2 more',
      { ...COUNTS, activeCount: 3, missedCount: 1, kind: 'ringing', ringing: [GRACE, ADA, ADA] },
    ],
    ['Ringside: 1 call', { ...COUNTS, activeCount: 1, kind: 'active' }],
    [
      'Ringside: 2 calls · 1 to call back',
      { ...COUNTS, activeCount: 2, missedCount: 1, kind: 'active' },
    ],
    ['Ringside: 1 to call back', { ...COUNTS, missedCount: 1, kind: 'missed' }],
    ['Ringside: 12 to call back', { ...COUNTS, missedCount: 12, kind: 'missed' }],
    ['Ringside: no calls right now', IDLE],
    [
      'Ringside: Offline, reconnecting',
      { ...COUNTS, missedCount: 1, kind: 'connection-problem', problem: 'offline' },
    ],
    ['Ringside: Sign-in needed', { ...COUNTS, kind: 'connection-problem', problem: 'sign-in' }],
    [
      'Ringside: No access to calls: the “User” role is missing',
      { ...COUNTS, kind: 'connection-problem', problem: 'forbidden' },
    ],
  ])('shows “%s”', (tooltip, status) => {
    expect(getTooltip(status)).toBe(tooltip);
  });

  test.each([
    ['starting', 'Ringside: connecting'],
    ['signing-in', 'Ringside: connecting'],
    ['paused', 'Ringside: paused'],
  ] as const)('does not report that there are no calls while %s', (kind, tooltip) => {
    expect(getTooltip(IDLE, { connection: { kind } })).toBe(tooltip);
  });

  test('shows until when Do Not Disturb is on', () => {
    vi.useFakeTimers({ now: new Date(2026, 2, 3, 14, 0) });
    const until = new Date(2026, 2, 3, 14, 30).getTime();
    const doNotDisturb = { until, isScheduled: false };
    const status: TrayStatus = { ...COUNTS, activeCount: 2, kind: 'active' };
    expect(getTooltip(status, { doNotDisturb })).toBe(
      'Ringside: 2 calls · Do Not Disturb until 2:30 PM',
    );
    expect(getTooltip(IDLE, { doNotDisturb: { until: null, isScheduled: false } })).toBe(
      'Ringside: no calls right now · Do Not Disturb is on',
    );
    vi.useRealTimers();
  });

  test('is short enough for a panel', () => {
    const summary = createCallSummary({ fromName: 'G'.repeat(400), customerName: 'B'.repeat(400) });
    const status: TrayStatus = { ...COUNTS, kind: 'ringing', ringing: [summary] };
    const tooltip = getTooltip(status);
    expect(tooltip.length).toBeLessThanOrEqual(120);
    expect(tooltip).toMatch(/^Ringside: Ringing: G+…$/);
  });
});

function getTooltip(
  trayStatus: TrayStatus,
  state: Partial<Parameters<typeof getTrayTooltip>[0]> = {},
): string {
  return getTrayTooltip({ trayStatus, connection: LIVE, doNotDisturb: null, ...state }, ENGLISH);
}
