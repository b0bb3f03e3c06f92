/**
 * The one screen that all accounts share. Each account tells of its own rings, more than three of
 * them as one; here those of all accounts are groupedKeys.
 */
import { isRingAlert, type Alert } from './alert';
import type { Effect } from './reduce';
import { diffAlerts } from './diff-alerts';
import { GROUPED_RING_KEY, MAX_SINGLE_RINGS } from './ring-alerts';

/** An alert that tells of one ring, or of several. */
export type RingAlert = Extract<Alert, { readonly kind: 'ringing' | 'grouped-rings' }>;

/** The rings on the groups. */
export interface RingGroups {
  /** What the accounts tell, by key. */
  readonly alerts: ReadonlyMap<string, RingAlert>;
  /** Keys of what is groupedKeys: who was one of many is not told by itself any more. */
  readonly groupedKeys: ReadonlySet<string>;
  /** What the person sees of it. */
  readonly visible: readonly RingAlert[];
}

/** A screen on which nothing rings, as it is when the app begins. */
export const NO_RINGS: RingGroups = { alerts: new Map(), groupedKeys: new Set(), visible: [] };

/** The screen after what one account tells, or several in one go, and what that does to it. */
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
  const many = countRings(all) > MAX_SINGLE_RINGS;
  const together = many ? all : all.filter(({ key }) => groups.groupedKeys.has(key));
  const groupedKeys = new Set(together.map(({ key }) => key));
  const alone = all.filter(({ key }) => !groupedKeys.has(key));
  const visible = [...alone, ...toGroupAlert(together)];
  return {
    groups: { alerts, groupedKeys, visible },
    // What rings comes first: somebody waits at the other end.
    effects: [...diffAlerts(groups.visible, visible), ...others],
  };
}

function countRings(alerts: readonly RingAlert[]): number {
  return alerts.reduce((sum, alert) => sum + (alert.kind === 'grouped-rings' ? alert.count : 1), 0);
}

/** The one alert that stands for all of these; the last of many is a caller and not a number. */
function toGroupAlert(alerts: readonly RingAlert[]): readonly RingAlert[] {
  const [first, ...others] = alerts;
  if (!first) return [];
  if (others.length === 0) return [{ ...first, key: GROUPED_RING_KEY }];
  const { accountLabel } = first;
  const isOfOne = others.every((other) => other.accountLabel === accountLabel);
  return [
    {
      kind: 'grouped-rings',
      key: GROUPED_RING_KEY,
      count: countRings(alerts),
      // Where they are of several accounts, none of them is whose they are.
      ...(isOfOne && accountLabel !== undefined && { accountLabel }),
    },
  ];
}

function isRingEffect(
  effect: Effect,
): effect is Exclude<Effect, { kind: 'log' }> & { readonly alert: RingAlert } {
  return effect.kind !== 'log' && isRingAlert(effect.alert);
}
