import { isRing, type Alert } from '../alert';
import { elapsed, type Mark } from '../mark';
import { isMuted, type Rules } from '../rules';
import type { Call, Telling } from './call';
import type { Watch } from './watch';

/** More calls than this ringing at once become one alert that counts them. */
export const MOST_SINGLE_RINGS = 3;

/** The key of the one alert that counts the rings. */
export const MANY = 'ringing-many';

/** How far the last answer can be trusted: to raise an alert, to leave one up, or not at all. */
export type Trust = 'fresh' | 'fading' | 'stale';

/**
 * Decides which rings are on the screen. Each is told once, by itself or counted among many, and
 * comes down with the answer that no longer shows it ringing, or once what is known is stale.
 */
export function tellRings(watch: Watch, rules: Rules, trust: Trust): Watch {
  const ringing = [...watch.calls.values()].filter(isRinging);
  if (ringing.length === 0 && !watch.open.some(isRing)) return watch;
  const mayStay = !rules.silent && trust !== 'stale';
  const mayRaise = mayStay && trust === 'fresh' && rules.ringing;
  const audible = new Set(
    ringing.filter(({ ring, facts }) =>
      isUp(ring?.telling)
        ? mayStay
        : ring?.telling === 'untold' && mayRaise && !isMuted(facts, rules),
    ),
  );
  const many = audible.size > MOST_SINGLE_RINGS;
  const calls = changed(
    watch.calls,
    ringing,
    (call) => {
      const telling = call.ring?.telling;
      if (!audible.has(call)) return isUp(telling) ? 'over' : telling;
      if (many) return 'counted';
      return telling === 'untold' ? 'shown' : telling;
    },
    'ring',
  );
  return { ...watch, calls, open: withAlerts(watch.open, isRing, ringAlerts(calls)) };
}

/** Decides which holds are on the screen: each once, when it passes the limit. */
export function tellHolds(watch: Watch, rules: Rules, trust: Trust, now: Mark): Watch {
  const limit = rules.holdLimit;
  const held = [...watch.calls.values()].filter((call) => call.gone === null && isOn(call.hold));
  if (held.length === 0 && !watch.open.some(isHoldAlert)) return watch;
  const calls = changed(
    watch.calls,
    held,
    (call) => {
      const telling = call.hold?.telling;
      if (rules.silent || limit === null) return isUp(telling) ? 'over' : telling;
      if (telling !== 'untold' || !call.hold || trust !== 'fresh') return telling;
      if (isMuted(call.facts, rules)) return telling;
      return elapsed(call.hold.startedAt, now) >= limit ? 'shown' : telling;
    },
    'hold',
  );
  const before = watch.open.filter(isHoldAlert);
  const alerts = [...calls.values()].flatMap(({ facts, hold }): Alert[] => {
    if (!hold || hold.leftAt || hold.telling !== 'shown') return [];
    const key = `held:${facts.id}:${hold.number}`;
    // The limit that it passed is part of what was said: changing the setting says nothing new.
    const said = before.find((alert) => alert.key === key)?.limit ?? limit ?? 0;
    return [{ kind: 'held-long', key, facts, limit: said }];
  });
  return { ...watch, calls, open: withAlerts(watch.open, isHoldAlert, alerts) };
}

function ringAlerts(calls: Watch['calls']): Alert[] {
  const ringing = [...calls.values()].filter(isRinging);
  const single = ringing.filter(({ ring }) => ring?.telling === 'shown');
  const counted = ringing.filter(({ ring }) => ring?.telling === 'counted');
  const alerts = single.map(({ facts, ring }): Alert => {
    return { kind: 'ringing', key: `ringing:${facts.id}:${ring?.number ?? 0}`, facts };
  });
  const [last] = counted;
  // The last of many is a caller again and not a number.
  if (last && counted.length === 1) alerts.push({ kind: 'ringing', key: MANY, facts: last.facts });
  if (counted.length > 1) {
    alerts.push({ kind: 'ringing-many', key: MANY, count: counted.length });
  }
  return alerts;
}

function isRinging(call: Call): boolean {
  return call.gone === null && isOn(call.ring);
}

function isOn(spell: { readonly leftAt: Mark | null } | null): boolean {
  return spell?.leftAt === null;
}

function isUp(telling: Telling | undefined): boolean {
  return telling === 'shown' || telling === 'counted';
}

function isHoldAlert(alert: Alert): alert is Extract<Alert, { kind: 'held-long' }> {
  return alert.kind === 'held-long';
}

/** The open alerts with those of one kind replaced. */
function withAlerts(
  open: readonly Alert[],
  ofThisKind: (alert: Alert) => boolean,
  alerts: readonly Alert[],
): readonly Alert[] {
  if (alerts.length === 0 && !open.some(ofThisKind)) return open;
  return [...open.filter((alert) => !ofThisKind(alert)), ...alerts];
}

/** The calls with the telling of their ring or hold moved on where it moves. */
function changed(
  calls: Watch['calls'],
  some: readonly Call[],
  tellingOf: (call: Call) => Telling | undefined,
  which: 'ring' | 'hold',
): Watch['calls'] {
  const moved = some.flatMap((call): [string, Call][] => {
    const spell = call[which];
    const telling = tellingOf(call);
    if (!spell || telling === undefined || telling === spell.telling) return [];
    return [[call.facts.id, { ...call, [which]: { ...spell, telling } }]];
  });
  return moved.length === 0 ? calls : new Map([...calls, ...moved]);
}
