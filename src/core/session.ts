import type { WireMember, WireSession } from './wire';

/** The JSON of one object as it came, for what shows every field under its own name. */
export type RawFields = Readonly<Record<string, unknown>>;

/** One call, chat or fax of the person's: what the API calls a session. Dates are ms since 1970. */
export interface Session extends WireSession {
  readonly id: string;
  /** Everything that the server sent for this session, fields that no page lists included. */
  readonly raw: RawFields;
}

/** Somebody who takes part in a session: the caller, an agent, the target of a transfer. */
export type Member = WireMember;
