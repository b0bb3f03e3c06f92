import type { Alert } from './alert';
import { deepEqual } from '../deep-equal';
import type { Effect } from './reduce';

/** Computes the effects that turn one set of alerts into another. */
export function diffAlerts(before: readonly Alert[], after: readonly Alert[]): readonly Effect[] {
  if (before === after) return [];
  const old = new Map(before.map((alert) => [alert.key, alert]));
  const keys = new Set(after.map(({ key }) => key));
  const removed = before.filter(({ key }) => !keys.has(key));
  return [
    ...removed.map((alert): Effect => ({ kind: 'withdraw', alert })),
    ...after.flatMap((alert): Effect[] => {
      const previous = old.get(alert.key);
      if (!previous) return [{ kind: 'raise', alert }];
      return deepEqual(previous, alert) ? [] : [{ kind: 'update', alert }];
    }),
  ];
}
