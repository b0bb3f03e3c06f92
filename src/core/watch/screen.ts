/**
 * The one screen that all accounts share. Each account tells of its own rings, more than three of
 * them as one; here those of all accounts are counted.
 */
import { isRing, type Alert } from '../alert';
import type { Effect } from './decide';
import { shown } from './shown';
import { MANY, MOST_SINGLE_RINGS } from './spells';

/** An alert that tells of one ring, or of several. */
export type RingAlert = Extract<Alert, { readonly kind: 'ringing' | 'ringing-many' }>;

/** The rings on the screen. */
export interface Screen {
  /** What the accounts tell, by key. */
  readonly told: ReadonlyMap<string, RingAlert>;
  /** Keys of what is counted: who was one of many is not told by itself any more. */
  readonly counted: ReadonlySet<string>;
  /** What the person sees of it. */
  readonly rings: readonly RingAlert[];
}

/** A screen on which nothing rings, as it is when the app begins. */
export const QUIET_SCREEN: Screen = { told: new Map(), counted: new Set(), rings: [] };

/** The screen after what one account tells, or several in one go, and what that does to it. */
export function onScreen(
  screen: Screen,
  effects: readonly Effect[],
): { readonly screen: Screen; readonly effects: readonly Effect[] } {
  const others = effects.filter((effect) => !isOfRing(effect));
  if (others.length === effects.length) return { screen, effects };
  const told = new Map(screen.told);
  for (const effect of effects.filter(isOfRing)) {
    if (effect.kind === 'withdraw') told.delete(effect.alert.key);
    else told.set(effect.alert.key, effect.alert);
  }
  const all = [...told.values()];
  const many = ringsIn(all) > MOST_SINGLE_RINGS;
  const together = many ? all : all.filter(({ key }) => screen.counted.has(key));
  const counted = new Set(together.map(({ key }) => key));
  const alone = all.filter(({ key }) => !counted.has(key));
  const rings = [...alone, ...asOne(together)];
  return {
    screen: { told, counted, rings },
    // What rings comes first: somebody waits at the other end.
    effects: [...shown(screen.rings, rings), ...others],
  };
}

function ringsIn(alerts: readonly RingAlert[]): number {
  return alerts.reduce((sum, alert) => sum + (alert.kind === 'ringing-many' ? alert.count : 1), 0);
}

/** The one alert that stands for all of these; the last of many is a caller and not a number. */
function asOne(alerts: readonly RingAlert[]): readonly RingAlert[] {
  const [first, ...others] = alerts;
  if (!first) return [];
  if (others.length === 0) return [{ ...first, key: MANY }];
  const { account } = first;
  const isOfOne = others.every((other) => other.account === account);
  return [
    {
      kind: 'ringing-many',
      key: MANY,
      count: ringsIn(alerts),
      // Where they are of several accounts, none of them is whose they are.
      ...(isOfOne && account !== undefined && { account }),
    },
  ];
}

function isOfRing(
  effect: Effect,
): effect is Exclude<Effect, { kind: 'log' }> & { readonly alert: RingAlert } {
  return effect.kind !== 'log' && isRing(effect.alert);
}
