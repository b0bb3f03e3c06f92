import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Alert, MissedCall } from '../../../src/core/alerts/alert';
import {
  getNotificationButtons,
  getNotificationOptions,
  isStillListed,
} from '../../../src/main/notifications/notification-options';
import { createCallSummary } from '../builders';

const summary = createCallSummary();
const missedCall: MissedCall = {
  summary,
  ringingSince: 0,
  ringMs: undefined,
  isInferred: false,
  foundDuring: 'live',
};
const ALERTS: readonly Alert[] = [
  { kind: 'ringing', key: 'ring', summary },
  { kind: 'grouped-rings', key: 'rings', summaries: [] },
  { kind: 'missed', key: 'missed', missedCall },
  { kind: 'missed-digest', key: 'digest', missedCalls: [missedCall, missedCall], reason: 'many' },
  { kind: 'long-hold', key: 'hold', summary, limitMs: 120_000 },
  { kind: 'connection-problem', key: 'offline', problem: 'offline' },
];

test('every notification on Linux has an existing app icon', () => {
  const icons = ALERTS.map((alert) => getNotificationOptions(alert, 'linux', false).icon);
  expect(new Set(icons)).toEqual(new Set(['resources/icons/128x128.png']));
  expect(existsSync('resources/icons/128x128.png')).toBe(true);
});

test.each(['win32', 'darwin'] as const)(
  'notifications have no icon on %s, which adds its own',
  (platform) => {
    for (const alert of ALERTS) {
      expect(getNotificationOptions(alert, platform, true)).not.toHaveProperty('icon');
    }
  },
);

test.each([
  ['respect the Do Not Disturb of a Linux desktop', 'linux', false, ['normal', 'normal']],
  ['ignore it if the user turned that on', 'linux', true, ['critical', 'critical']],
  ['are at the top of the Windows notification center', 'win32', false, ['critical', 'critical']],
  ['have no urgency on macOS', 'darwin', true, [undefined, undefined]],
] as const)('rings %s', (_, platform, canBreakThrough, expected) => {
  const urgencies = ALERTS.map(
    (alert) => getNotificationOptions(alert, platform, canBreakThrough).urgency,
  );
  expect(urgencies.slice(0, 2)).toEqual(expected);
  // Other notifications are never urgent.
  expect(urgencies.slice(2)).not.toContain('critical');
});

test.each(['linux', 'win32'] as const)(
  'all notifications except for connection problems stay on the screen on %s',
  (platform) => {
    const timeouts = ALERTS.map(
      (alert) => getNotificationOptions(alert, platform, false).timeoutType,
    );
    expect(timeouts).toEqual([...Array<string>(5).fill('never'), 'default']);
  },
);

test.each(['win32', 'darwin'] as const)(
  'notifications of a kind share a group on %s',
  (platform) => {
    const groups = ALERTS.map((alert) => getNotificationOptions(alert, platform, false).groupId);
    expect(groups).toEqual([
      'rings',
      'rings',
      'missed-calls',
      'missed-calls',
      'holds',
      'connection',
    ]);
  },
);

test.each([
  ['call without a number', { fromAddress: null }],
  ['fax', { channel: 'Fax' }],
])('a missed %s has no button to call back', (_, fields) => {
  const alert: Alert = {
    kind: 'missed',
    key: 'missed',
    missedCall: { ...missedCall, summary: createCallSummary(fields) },
  };
  expect(getNotificationButtons(alert, false)).toEqual([]);
});

test('rings can be silenced, and a single missed call can be called back', () => {
  expect(ALERTS.map((alert) => getNotificationButtons(alert, false))).toEqual([
    ['do-not-disturb'],
    ['do-not-disturb'],
    ['call-back'],
    [],
    [],
    [],
  ]);
});

test('a single call leads to the customer page, if there is one', () => {
  expect(ALERTS.map((alert) => getNotificationButtons(alert, true))).toEqual([
    ['customer-page', 'do-not-disturb'],
    ['do-not-disturb'],
    ['call-back', 'customer-page'],
    [],
    [],
    [],
  ]);
});

test.each([
  ['win32', 'timedOut', true],
  ['win32', 'userCanceled', false],
  ['win32', 'applicationHidden', false],
  ['win32', undefined, false],
  ['linux', undefined, false],
  ['darwin', undefined, false],
] as const)('on %s, one closed as %s is still listed: %s', (platform, reason, expected) => {
  expect(isStillListed(platform, reason)).toBe(expected);
});
