import type { Alert, MissedCall } from './alert';
import type { Effect } from './reduce';
import { diffAlerts } from './diff-alerts';

/** More rings than this at once become one alert that counts them. */
const MAX_SINGLE_RINGS = 3;

/** The key of the alert that counts rings. */
export const GROUPED_RINGS_KEY = 'grouped-rings';
/** The key of the alert for all unseen missed calls. */
export const MISSED_CALLS_KEY = 'missed-calls';

/** An alert for one ring or for several. */
export type RingAlert = Extract<Alert, { readonly kind: 'ringing' | 'grouped-rings' }>;
type SingleRing = Extract<Alert, { readonly kind: 'ringing' }>;
type SingleMissedCall = Extract<Alert, { readonly kind: 'missed' }>;

/** The alerts of all accounts, and how the user sees them. */
export interface AlertGroups {
  /** The alerts of the accounts, by key. */
  readonly alerts: ReadonlyMap<string, Alert>;
  /** The sessions in a group alert; they don't get their own alerts again. */
  readonly groupedRings: ReadonlySet<string>;
  readonly missedSessions: ReadonlySet<string>;
  readonly rings: readonly RingAlert[];
  readonly others: readonly Alert[];
}

/** The groups when the app starts. */
export const NO_ALERTS: AlertGroups = {
  alerts: new Map(),
  groupedRings: new Set(),
  missedSessions: new Set(),
  rings: [],
  others: [],
};

/**
 * Groups the alerts of all accounts: a session that several accounts list alerts once, many rings
 * become one alert, and so do all unseen missed calls. A group alert is raised again when a call is
 * added.
 */
export function groupAlerts(
  groups: AlertGroups,
  effects: readonly Effect[],
): { readonly groups: AlertGroups; readonly effects: readonly Effect[] } {
  const logEffects = effects.filter(({ kind }) => kind === 'log');
  if (logEffects.length === effects.length) return { groups, effects };
  const alerts = new Map(groups.alerts);
  for (const effect of effects) {
    if (effect.kind === 'withdraw') alerts.delete(effect.alert.key);
    else if (effect.kind !== 'log') alerts.set(effect.alert.key, effect.alert);
  }
  const merged = mergeSharedSessions([...alerts.values()], [...groups.rings, ...groups.others]);
  const singleRings = merged.filter((alert) => alert.kind === 'ringing');
  const missedCalls = merged.filter((alert) => alert.kind === 'missed');
  const ringGroup = groupRings(singleRings, groups.groupedRings);
  const rest = merged.filter(({ kind }) => kind !== 'ringing' && kind !== 'missed');
  const next: AlertGroups = {
    alerts,
    groupedRings: ringGroup.grouped,
    missedSessions: new Set(missedCalls.map(({ missedCall }) => missedCall.summary.id)),
    rings: ringGroup.alerts,
    others: [...rest, ...groupMissedCalls(missedCalls)],
  };
  const grownGroups = new Set([
    ...(hasNewId(groups.groupedRings, next.groupedRings) ? [GROUPED_RINGS_KEY] : []),
    ...(hasNewId(groups.missedSessions, next.missedSessions) ? [MISSED_CALLS_KEY] : []),
  ]);
  // Rings come first, because a caller is waiting.
  const changes = [
    ...diffAlerts(groups.rings, next.rings),
    ...diffAlerts(groups.others, next.others),
  ].map((effect): Effect => {
    const hasNewCall = effect.kind === 'update' && grownGroups.has(effect.alert.key);
    return hasNewCall ? { ...effect, kind: 'raise' } : effect;
  });
  return { groups: next, effects: [...changes, ...logEffects] };
}

/**
 * One alert for each session and kind, with the labels of all accounts that list the session. It
 * keeps its key as long as one of them does, so it isn't raised again when the first one no longer
 * lists it.
 */
function mergeSharedSessions(alerts: readonly Alert[], shown: readonly Alert[]): readonly Alert[] {
  const keys = new Map(shown.map((alert) => [getSharedKey(alert), alert.key]));
  const merged = new Map<string, Alert>();
  for (const alert of alerts) {
    const sharedKey = getSharedKey(alert);
    const first = merged.get(sharedKey);
    const key = keys.get(sharedKey) ?? alert.key;
    merged.set(sharedKey, first ? addAccountLabel(first, alert.accountLabel) : { ...alert, key });
  }
  return [...merged.values()];
}

function getSharedKey(alert: Alert): string {
  switch (alert.kind) {
    case 'ringing':
    case 'long-hold':
      return `${alert.kind}:${alert.summary.id}`;
    case 'missed':
      return `${alert.kind}:${alert.missedCall.summary.id}`;
    case 'grouped-rings':
    case 'missed-digest':
    case 'voicemail':
    case 'connection-problem':
      return alert.key;
  }
}

function addAccountLabel(alert: Alert, label: string | undefined): Alert {
  const { accountLabel } = alert;
  if (accountLabel === undefined || label === undefined || label === accountLabel) return alert;
  return { ...alert, accountLabel: `${accountLabel}, ${label}` };
}

function groupRings(
  rings: readonly SingleRing[],
  before: ReadonlySet<string>,
): { readonly grouped: ReadonlySet<string>; readonly alerts: readonly RingAlert[] } {
  const together =
    rings.length > MAX_SINGLE_RINGS ? rings : rings.filter(({ summary }) => before.has(summary.id));
  const alone = rings.filter((ring) => !together.includes(ring));
  const grouped = new Set(together.map(({ summary }) => summary.id));
  const [first, second] = together;
  if (!first) return { grouped, alerts: alone };
  // The last ring left in a group shows its caller again.
  const group: RingAlert = second
    ? {
        kind: 'grouped-rings',
        key: GROUPED_RINGS_KEY,
        summaries: together.map(({ summary }) => summary),
        ...getCommonLabel(together),
      }
    : { ...first, key: GROUPED_RINGS_KEY };
  return { grouped, alerts: [...alone, group] };
}

function groupMissedCalls(missed: readonly SingleMissedCall[]): readonly Alert[] {
  const [first, second] = missed;
  if (!first) return [];
  const key = MISSED_CALLS_KEY;
  if (!second) return [{ ...first, key }];
  const missedCalls = missed.map(({ missedCall }) => missedCall);
  const reason = getDigestReason(missedCalls);
  return [{ kind: 'missed-digest', key, missedCalls, reason, ...getCommonLabel(missed) }];
}

function getDigestReason(
  missedCalls: readonly MissedCall[],
): Extract<Alert, { kind: 'missed-digest' }>['reason'] {
  const reasons = new Set(missedCalls.map(({ foundDuring }) => foundDuring));
  if (reasons.has('live')) return 'many';
  return reasons.has('away') ? 'away' : 'do-not-disturb';
}

/** The label that all alerts share, if any. */
function getCommonLabel([first, ...others]: readonly Alert[]): Pick<Alert, 'accountLabel'> {
  const accountLabel = first?.accountLabel;
  const isCommon = others.every((other) => other.accountLabel === accountLabel);
  return isCommon && accountLabel !== undefined ? { accountLabel } : {};
}

function hasNewId(before: ReadonlySet<string>, after: ReadonlySet<string>): boolean {
  return [...after].some((id) => !before.has(id));
}
