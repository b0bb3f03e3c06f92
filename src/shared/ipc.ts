/** The one contract between main and the window: what it may ask, and what it is told. */
import * as v from 'valibot';
import type { LogEntry, Segment } from '../core/log/entry';
import type { RawFields } from '../core/api/schema';
import { DO_NOT_DISTURB_OPTIONS } from '../core/settings/do-not-disturb';
import type { AppState, Destination, SignInFailure } from './state';
import type { StatePatch } from './patch';

/** The key of a session, or its id alone, as links have it. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(529));
const account = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const noArgument = v.undefined();
const shortText = v.pipe(v.string(), v.maxLength(2_000));

/** What the window may ask of main: for each request the shape of its argument. */
export const IPC_REQUESTS = {
  /** The whole state, and from then on patches of it. */
  'state:subscribe': noArgument,
  'session:details': id,
  /** Adds an account, or renews the sign-in of one. */
  'account:sign-in': v.object({
    server: shortText,
    userName: shortText,
    password: v.pipe(v.string(), v.maxLength(10_000)),
    /** Keep the password although the system has no keyring to guard it; otherwise, where there is
     * none, it is forgotten when the app ends. */
    storeWithoutKeyring: v.boolean(),
    /** The account that it takes the place of, once it has worked. */
    replaces: v.optional(account),
  }),
  'account:pause': account,
  'account:resume': account,
  /** Signs out, and forgets the account. */
  'account:remove': v.object({ account, shouldDeleteCalls: v.boolean() }),
  'poll:now': noArgument,
  'settings:update': v.record(v.string(), v.unknown()),
  'do-not-disturb:set': v.picklist(DO_NOT_DISTURB_OPTIONS),
  'log:query': v.object({
    search: shortText,
    only: v.picklist(['all', 'missed']),
    offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
  }),
  'log:mark-seen': v.union([v.literal('all'), v.array(id)]),
  'log:export': noArgument,
  'log:clear': noArgument,
  'log:get-day': noArgument,
  'session:call-back': id,
  'session:screen-pop': id,
  /** The vendor's own pages, on the server of a session. */
  'session:open-in-browser': id,
  /** Copies to the clipboard: main has one, a sandboxed page need not. */
  'clipboard:copy': v.pipe(v.string(), v.maxLength(1_000_000)),
  'diagnostics:copy': noArgument,
  /** The page is rendered and listens to keys and to main: the window may be shown. */
  'window:ready': noArgument,
  'update:check': noArgument,
  /** The person says yes to the version that was found. */
  'update:download': noArgument,
  'update:postpone': noArgument,
  'update:restart': noArgument,
  /** What is written about the version that was found. */
  'update:open-release-page': noArgument,
  'window:pin': v.boolean(),
  'window:hide': noArgument,
  'app:quit': noArgument,
} as const;

/** The name of a request. */
export type RequestName = keyof typeof IPC_REQUESTS;
/** What a request carries. */
export type RequestArgument<Name extends RequestName> = v.InferOutput<(typeof IPC_REQUESTS)[Name]>;

/** What main answers to each request. */
export interface RequestResults {
  'state:subscribe': AppState;
  'session:details': SessionDetails | null;
  'account:sign-in': { readonly ok: true } | { readonly ok: false; readonly error: SignInFailure };
  'account:pause': null;
  'account:resume': null;
  'account:remove': null;
  'poll:now': null;
  'settings:update':
    { readonly ok: true } | { readonly ok: false; readonly error: readonly string[] };
  'do-not-disturb:set': null;
  'log:query': LogPage;
  'log:mark-seen': null;
  /** Where the file was written; `null` when the person changed their mind. */
  'log:export': { readonly file: string } | null;
  'log:clear': null;
  'log:get-day': DayView;
  'session:call-back': { readonly ok: boolean };
  'session:screen-pop': { readonly ok: boolean };
  'session:open-in-browser': { readonly ok: boolean };
  'clipboard:copy': null;
  'diagnostics:copy': null;
  'window:ready': null;
  'update:check': null;
  'update:download': null;
  'update:postpone': null;
  'update:restart': null;
  'update:open-release-page': { readonly ok: boolean };
  'window:pin': null;
  'window:hide': null;
  'app:quit': null;
}

/** Fails to compile when a request lacks its answer or an answer its request. */
type Complete = [RequestName, keyof RequestResults] extends [keyof RequestResults, RequestName]
  ? true
  : never;
export const CONTRACT_IS_COMPLETE: Complete = true;

/** What main says unasked. */
export interface IpcEvents {
  'state:patch': StatePatch;
  'window:navigate': Destination;
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
  readonly entry: LogEntryView | null;
  /** Whether a screen pop is set up and has what it needs. */
  readonly canScreenPop: boolean;
}

/** A line of the call log as the window shows it. */
export interface LogEntryView extends LogEntry {
  /** Formatted for reading. */
  readonly number: string | undefined;
  readonly dialable: string | undefined;
}

/** A part of the call log, the newest first. */
export interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** How many entries match in all. */
  readonly total: number;
  readonly unseenCount: number;
}

/** The picture of the day: one count per hour, 0 to 23. */
export interface DayView {
  readonly hours: readonly {
    readonly answered: number;
    readonly missed: number;
    readonly outgoing: number;
  }[];
  readonly talkMs: number;
  readonly holdMs: number;
  readonly longestHoldMs: number;
}

/** What the preload puts on `window.ringside`. */
export interface Bridge {
  request<Name extends RequestName>(
    name: Name,
    ...argument: RequestArgument<Name> extends undefined ? [] : [RequestArgument<Name>]
  ): Promise<RequestResults[Name]>;
  /** Listens until the returned function is called. */
  on<Name extends keyof IpcEvents>(
    name: Name,
    listener: (event: IpcEvents[Name]) => void,
  ): () => void;
}
