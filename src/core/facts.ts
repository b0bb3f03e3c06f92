import { partyOf, type Party } from './party';
import { isIncoming } from './phase';
import { placeOf, type Place } from './place';
import type { Session } from './session';

/** The few facts of a session that alerts and the call log tell: small enough to keep on disk. */
export interface Facts {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Voice, Chat or Fax, or whatever else the server says. */
  readonly channel: string | undefined;
  readonly party: Party;
  readonly place: Place;
}

/** Reads the facts of a session. */
export function factsOf(session: Session): Facts {
  return {
    id: session.id,
    direction: isIncoming(session) ? 'incoming' : 'outgoing',
    channel: session.channel,
    party: partyOf(session),
    place: placeOf(session),
  };
}
