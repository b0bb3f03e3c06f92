import type { RawFields, WireMember, WireSession } from './wire';

export type { RawFields };

/** One call, chat or fax of the person's: what the API calls a session. Dates are ms since 1970. */
export interface Session extends WireSession {
  readonly id: string;
  /** Everything that the server sent for this session, fields that no page lists included. */
  readonly raw: RawFields;
}

/** Somebody who takes part in a session: the caller, an agent, the target of a transfer. */
export type Member = WireMember;
