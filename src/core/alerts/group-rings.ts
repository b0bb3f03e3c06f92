/**
 * Groups the ring alerts of all accounts. Each account groups its own; more than three over all
 * accounts become one.
 */
import { isRingAlert, type Alert } from './alert';
import type { Effect } from './reduce';
import { diffAlerts } from './diff-alerts';
import { GROUPED_RING_KEY, MAX_SINGLE_RINGS } from './ring-alerts';

/** An alert about one ringing call or several. */
export type RingAlert = Extract<Alert, { readonly kind: 'ringing' | 'grouped-rings' }>;

/** The ring alerts of all accounts. */
export interface RingGroups {
  /** The alerts of the accounts by key. */
  readonly alerts: ReadonlyMap<string, RingAlert>;
  /**
   * Keys of the alerts that are part of the group. Once grouped, an alert isn't shown alone again.
   */
  readonly groupedKeys: ReadonlySet<string>;
  /** The alerts that are shown. */
  readonly visible: readonly RingAlert[];
}

/** The state without any ring. */
export const NO_RINGS: RingGroups = { alerts: new Map(), groupedKeys: new Set(), visible: [] };

/** Applies the effects of one account or several, and returns the effects on what is shown. */
export function groupRings(
  groups: RingGroups,
  effects: readonly Effect[],
): { readonly groups: RingGroups; readonly effects: readonly Effect[] } {
  const others = effects.filter((effect) => !isRingEffect(effect));
  if (others.length === effects.length) return { groups, effects };
  const alerts = new Map(groups.alerts);
  for (const effect of effects.filter(isRingEffect)) {
    if (effect.kind === 'withdraw') alerts.delete(effect.alert.key);
    else alerts.set(effect.alert.key, effect.alert);
  }
  const all = [...alerts.values()];
  const isGrouped = countRings(all) > MAX_SINGLE_RINGS;
  const grouped = isGrouped ? all : all.filter(({ key }) => groups.groupedKeys.has(key));
  const groupedKeys = new Set(grouped.map(({ key }) => key));
  const single = all.filter(({ key }) => !groupedKeys.has(key));
  const visible = [...single, ...toGroupAlert(grouped)];
  return {
    groups: { alerts, groupedKeys, visible },
    // Rings come first: a caller is waiting.
    effects: [...diffAlerts(groups.visible, visible), ...others],
  };
}

function countRings(alerts: readonly RingAlert[]): number {
  return alerts.reduce((sum, alert) => sum + (alert.kind === 'grouped-rings' ? alert.count : 1), 0);
}

/** Returns the alert for a group. The last ring of a group is shown as a caller again. */
function toGroupAlert(alerts: readonly RingAlert[]): readonly RingAlert[] {
  const [first, ...others] = alerts;
  if (!first) return [];
  if (others.length === 0) return [{ ...first, key: GROUPED_RING_KEY }];
  const { accountLabel } = first;
  const hasSameAccount = others.every((other) => other.accountLabel === accountLabel);
  return [
    {
      kind: 'grouped-rings',
      key: GROUPED_RING_KEY,
      count: countRings(alerts),
      // A group of several accounts has no account of its own.
      ...(hasSameAccount && accountLabel !== undefined && { accountLabel }),
    },
  ];
}

function isRingEffect(
  effect: Effect,
): effect is Exclude<Effect, { kind: 'log' }> & { readonly alert: RingAlert } {
  return effect.kind !== 'log' && isRingAlert(effect.alert);
}
