import type { Alert, Miss } from '../alert';
import type { Facts } from '../facts';
import { sessionKey } from '../session-key';
import type { Effect } from './decide';

/** The account that has something to tell. */
export interface Teller {
  readonly key: string;
  /** What the person knows it by. */
  readonly label: string;
  /** What the call log keeps it by, on disk: nothing, where nothing of it may be written. */
  readonly loggedAs: string | undefined;
  /** There are others: an alert must say whose it is. */
  readonly isOneOfSeveral: boolean;
}

/**
 * What was decided for one account as everybody outside of it is told: sessions and alerts go by
 * keys that no other account has.
 */
export function toldBy(teller: Teller, effect: Effect): Effect {
  if (effect.kind !== 'log') return { ...effect, alert: alertOf(teller, effect.alert) };
  const facts = factsOf(teller, effect.entry.facts);
  return { kind: 'log', entry: { ...effect.entry, facts, account: teller.loggedAs } };
}

function alertOf(teller: Teller, alert: Alert): Alert {
  const said = {
    key: sessionKey(teller.key, alert.key),
    ...(teller.isOneOfSeveral && { account: teller.label }),
  };
  switch (alert.kind) {
    case 'ringing':
    case 'held-long':
      return { ...alert, ...said, facts: factsOf(teller, alert.facts) };
    case 'missed':
      return { ...alert, ...said, miss: missOf(teller, alert.miss) };
    case 'missed-many':
      return { ...alert, ...said, misses: alert.misses.map((miss) => missOf(teller, miss)) };
    case 'ringing-many':
    case 'trouble':
      return { ...alert, ...said };
  }
}

function missOf(teller: Teller, miss: Miss): Miss {
  return { ...miss, facts: factsOf(teller, miss.facts) };
}

function factsOf(teller: Teller, facts: Facts): Facts {
  return { ...facts, id: sessionKey(teller.key, facts.id) };
}
