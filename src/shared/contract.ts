/** The one contract between main and the window: what it may ask, and what it is told. */
import * as v from 'valibot';
import type { LogEntry } from '../core/log-entry';
import type { RawFields } from '../core/session';
import type { Segment } from '../core/log-entry';
import { SILENCE_CHOICES } from '../core/silence';
import type { AppState, Destination, SignInRefusal } from './state';
import type { StatePatch } from './patch';

/** The key of a session, or its id alone, as links have it. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(529));
const account = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const nothing = v.undefined();
const line = v.pipe(v.string(), v.maxLength(2_000));

/** What the window may ask of main: for each request the shape of its argument. */
export const REQUESTS = {
  /** The whole state, and from then on patches of it. */
  'state:subscribe': nothing,
  'session:details': id,
  /** Adds an account, or renews the sign-in of one. */
  'account:sign-in': v.object({
    server: line,
    userName: line,
    password: v.pipe(v.string(), v.maxLength(10_000)),
    /** Keep the password although the system has no keyring to guard it; otherwise, where there is
     * none, it is forgotten when the app ends. */
    withoutKeyring: v.boolean(),
    /** The account that it takes the place of, once it has worked. */
    instead: v.optional(account),
  }),
  'account:pause': account,
  'account:resume': account,
  /** Signs out, and forgets the account. */
  'account:remove': v.object({ account, forgetCalls: v.boolean() }),
  'poll:now': nothing,
  'settings:change': v.record(v.string(), v.unknown()),
  'silence:set': v.picklist(SILENCE_CHOICES),
  'log:query': v.object({
    search: line,
    only: v.picklist(['all', 'missed']),
    offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
  }),
  'log:seen': v.union([v.literal('all'), v.array(id)]),
  'log:export': nothing,
  'log:clear': nothing,
  'log:day': nothing,
  'call:back': id,
  'call:pop': id,
  /** The vendor's own pages, on the server of a session. */
  'server:open': id,
  /** Copies to the clipboard: main has one, a sandboxed page need not. */
  'text:copy': v.pipe(v.string(), v.maxLength(1_000_000)),
  'diagnostics:copy': nothing,
  /** The page is rendered and listens to keys and to main: the window may be shown. */
  'window:ready': nothing,
  'update:check': nothing,
  /** The person says yes to the version that was found. */
  'update:download': nothing,
  'update:later': nothing,
  'update:restart': nothing,
  /** What is written about the version that was found. */
  'update:page': nothing,
  'window:pin': v.boolean(),
  'window:hide': nothing,
  'app:quit': nothing,
} as const;

/** The name of a request. */
export type RequestName = keyof typeof REQUESTS;
/** What a request carries. */
export type Argument<Name extends RequestName> = v.InferOutput<(typeof REQUESTS)[Name]>;

/** What main answers to each request. */
export interface Answers {
  'state:subscribe': AppState;
  'session:details': SessionDetails | null;
  'account:sign-in':
    { readonly ok: true } | { readonly ok: false; readonly refused: SignInRefusal };
  'account:pause': null;
  'account:resume': null;
  'account:remove': null;
  'poll:now': null;
  'settings:change':
    { readonly ok: true } | { readonly ok: false; readonly refused: readonly string[] };
  'silence:set': null;
  'log:query': LogPage;
  'log:seen': null;
  /** Where the file was written; `null` when the person changed their mind. */
  'log:export': { readonly file: string } | null;
  'log:clear': null;
  'log:day': DayView;
  'call:back': { readonly ok: boolean };
  'call:pop': { readonly ok: boolean };
  'server:open': { readonly ok: boolean };
  'text:copy': null;
  'diagnostics:copy': null;
  'window:ready': null;
  'update:check': null;
  'update:download': null;
  'update:later': null;
  'update:restart': null;
  'update:page': { readonly ok: boolean };
  'window:pin': null;
  'window:hide': null;
  'app:quit': null;
}

/** Fails to compile when a request lacks its answer or an answer its request. */
type Complete = [RequestName, keyof Answers] extends [keyof Answers, RequestName] ? true : never;
export const CONTRACT_IS_COMPLETE: Complete = true;

/** What main says unasked. */
export interface Events {
  'state:patch': StatePatch;
  'window:go': Destination;
}

/** Everything about one session, active or from the log. */
export interface SessionDetails {
  readonly id: string;
  /** Every field as the server sent it; `null` for a session that only the log remembers. */
  readonly fields: RawFields | null;
  /** What the server wrote about it. `at` is ms since 1970, absent where its date was no date. */
  readonly events: readonly { readonly at: number | undefined; readonly message: string }[];
  /** The phases as Ringside saw them. */
  readonly segments: readonly Segment[];
  readonly entry: LogView | null;
  /** Whether a screen pop is set up and has what it needs. */
  readonly canPop: boolean;
}

/** A line of the call log as the window shows it. */
export interface LogView extends LogEntry {
  /** Formatted for reading. */
  readonly number: string | undefined;
  readonly dialable: string | undefined;
}

/** A part of the call log, the newest first. */
export interface LogPage {
  readonly entries: readonly LogView[];
  /** How many entries match in all. */
  readonly total: number;
  readonly unseen: number;
}

/** The picture of the day: one count per hour, 0 to 23. */
export interface DayView {
  readonly hours: readonly {
    readonly answered: number;
    readonly missed: number;
    readonly outgoing: number;
  }[];
  readonly talked: number;
  readonly held: number;
  readonly longestHold: number;
}

/** What the preload puts on `window.ringside`. */
export interface Bridge {
  request<Name extends RequestName>(
    name: Name,
    ...argument: Argument<Name> extends undefined ? [] : [Argument<Name>]
  ): Promise<Answers[Name]>;
  /** Listens until the returned function is called. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
}
