import { isRingAlert, type Alert } from './alert';
import { getElapsedMs, type Timestamp } from '../timestamp';
import { isMuted, isSilenced, type AlertRules } from './alert-rules';
import type { AlertStage, Call, Interval } from '../calls/call';
import type { AlertState } from './alert-state';

/** How far the last snapshot can be trusted: to raise alerts, to leave them up, or not at all. */
export type Freshness = 'fresh' | 'fading' | 'stale';

/**
 * Updates the ring alerts. Each ring alerts once and is withdrawn with the
 * first snapshot that no longer shows it ringing, or once the snapshot is stale.
 */
export function updateRingAlerts(
  state: AlertState,
  rules: AlertRules,
  freshness: Freshness,
): AlertState {
  const ringing = [...state.calls.values()].filter(isRinging);
  if (ringing.length === 0 && !state.open.some(isRingAlert)) return state;
  const mayRaise = freshness === 'fresh' && rules.shouldAlertRings;
  const alerting = new Set(
    ringing.filter(({ ring, summary }) => {
      if (freshness === 'stale' || isSilenced(summary, rules)) return false;
      if (ring?.stage === 'shown') return rules.getPriority(summary) !== 'nuisance';
      return ring?.stage === 'pending' && mayRaise && !isMuted(summary, rules);
    }),
  );
  const calls = updateStages(
    state.calls,
    ringing,
    (call) => {
      const stage = call.ring?.stage;
      if (!alerting.has(call)) return stage === 'shown' ? 'done' : stage;
      return stage === 'pending' ? 'shown' : stage;
    },
    'ring',
  );
  return { ...state, calls, open: replaceAlerts(state.open, isRingAlert, createRingAlerts(calls)) };
}

/** Updates the long hold alerts: one per hold, once it exceeds the limit. */
export function updateHoldAlerts(
  state: AlertState,
  rules: AlertRules,
  freshness: Freshness,
  now: Timestamp,
): AlertState {
  const limitMs = rules.holdLimitMs;
  const held = [...state.calls.values()].filter(
    (call) => call.goneAt === null && isOngoing(call.hold),
  );
  if (held.length === 0 && !state.open.some(isHoldAlert)) return state;
  const calls = updateStages(
    state.calls,
    held,
    (call) => {
      const stage = call.hold?.stage;
      if (rules.isDoNotDisturb || limitMs === null) return stage === 'shown' ? 'done' : stage;
      if (stage !== 'pending' || !call.hold || freshness !== 'fresh') return stage;
      if (isMuted(call.summary, rules)) return stage;
      return getElapsedMs(call.hold.startedAt, now) >= limitMs ? 'shown' : stage;
    },
    'hold',
  );
  const before = state.open.filter(isHoldAlert);
  const alerts = [...calls.values()].flatMap(({ summary, hold }): Alert[] => {
    if (!hold || hold.endedAt || hold.stage !== 'shown') return [];
    const key = `held:${summary.id}:${hold.number}`;
    // The alert keeps the limit that was exceeded when the setting changes.
    const passedLimitMs = before.find((alert) => alert.key === key)?.limitMs ?? limitMs ?? 0;
    return [{ kind: 'long-hold', key, summary, limitMs: passedLimitMs }];
  });
  return { ...state, calls, open: replaceAlerts(state.open, isHoldAlert, alerts) };
}

function createRingAlerts(calls: AlertState['calls']): readonly Alert[] {
  return [...calls.values()].flatMap((call): Alert[] => {
    const { summary, ring } = call;
    if (!isRinging(call) || ring?.stage !== 'shown') return [];
    return [{ kind: 'ringing', key: `ringing:${summary.id}:${ring.number}`, summary }];
  });
}

function isRinging(call: Call): boolean {
  return call.goneAt === null && isOngoing(call.ring);
}

function isOngoing(interval: Interval | null): boolean {
  return interval?.endedAt === null;
}

function isHoldAlert(alert: Alert): alert is Extract<Alert, { kind: 'long-hold' }> {
  return alert.kind === 'long-hold';
}

/** Replaces the open alerts of one kind. */
function replaceAlerts(
  open: readonly Alert[],
  isOfKind: (alert: Alert) => boolean,
  alerts: readonly Alert[],
): readonly Alert[] {
  if (alerts.length === 0 && !open.some(isOfKind)) return open;
  return [...open.filter((alert) => !isOfKind(alert)), ...alerts];
}

/** Moves the rings or holds of some calls to their next stage. */
function updateStages(
  calls: AlertState['calls'],
  affected: readonly Call[],
  getStage: (call: Call) => AlertStage | undefined,
  which: 'ring' | 'hold',
): AlertState['calls'] {
  const updated = affected.flatMap((call): [string, Call][] => {
    const interval = call[which];
    const stage = getStage(call);
    if (!interval || stage === undefined || stage === interval.stage) return [];
    return [[call.summary.id, { ...call, [which]: { ...interval, stage } }]];
  });
  return updated.length === 0 ? calls : new Map([...calls, ...updated]);
}
