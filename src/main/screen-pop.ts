import { placeOf } from '../core/place';
import { partyOf } from '../core/party';
import { screenPopUrl } from '../core/screen-pop';
import type { Session } from '../core/session';
import { isIncoming } from '../core/phase';

/** The address that a screen pop opens for a session; `undefined` where none is set up. */
export function popAddress(template: string, session: Session): string | undefined {
  if (template === '') return undefined;
  const { name, number } = partyOf(session);
  const { customer, endpoint } = placeOf(session);
  return screenPopUrl(template, {
    name,
    number,
    customer,
    endpoint,
    customerId: session.customerId,
    direction: isIncoming(session) ? 'incoming' : 'outgoing',
    sessionId: session.id,
    callSid: session.callSid,
  });
}
