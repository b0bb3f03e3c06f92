/** The sessions of the Evo Voice API in the server's JSON. */
import type { ApiMember, ApiSession } from '../core/api/schema';

/** Dates are text, and any field can be absent, because the API leaves nulls out. */
type Serialized<Fields> = {
  readonly [Field in keyof Fields]?: Field extends `date${string}`
    ? string
    : NonNullable<Fields[Field]>;
};

/** One level of the path from a customer group down to the customer. */
export interface Breadcrumb {
  readonly id: string;
  readonly name: string;
}

export type SessionMember = Serialized<ApiMember>;
export type MemberCallState = 'None' | 'Ringing' | 'Connected' | 'Hold';

type Lists = 'customerBreadcrumb' | 'log' | 'members';

export interface SessionInfo extends Serialized<Omit<ApiSession, 'id' | 'raw' | Lists>> {
  readonly id: string;
  readonly customerBreadcrumb?: readonly Breadcrumb[];
  readonly members?: readonly SessionMember[];
  readonly log?: readonly { readonly date: string; readonly message: string }[];
}

/** Fields to set on a session. `null` removes a field; unknown fields are kept as they are. */
export type SessionFields = {
  readonly [Field in keyof SessionInfo]?: SessionInfo[Field] | null;
} & Readonly<Record<string, unknown>>;
