/** The IPC contract between main and the window. */
import * as v from 'valibot';
import type { LogEntry, Segment } from '../core/log/entry';
import type { ChatAttachment, ChatSegment } from '../core/chat/transcript';
import type { CallRecord } from '../core/log/call-record';
import type { CallbackResolution } from '../core/log/callbacks';
import type { CallerHistory } from '../core/log/caller-history';
import { EXPORT_PERIODS } from '../core/log/export-selection';
import {
  customerNoteSchema,
  numberNoteSchema,
  type CustomerNote,
  type NumberNote,
} from '../core/notes/notes';
import type { DaySummary } from '../core/log/day';
import type { RawFields } from '../core/api/schema';
import { MAX_SESSION_KEY_LENGTH } from '../core/calls/session-key';
import { DO_NOT_DISTURB_OPTIONS } from '../core/settings/do-not-disturb';
import type { AppState, CallView, Destination, SignInFailure, VoicemailView } from './state';
import type { StatePatch } from './patch';

/** A session key, or a bare session id as in links. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SESSION_KEY_LENGTH));
const account = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const noArgument = v.undefined();
const shortText = v.pipe(v.string(), v.maxLength(2_000));

/** The requests of the window with the schemas of their arguments. */
export const IPC_REQUESTS = {
  /** Returns the state; patches follow. */
  'state:subscribe': noArgument,
  'session:details': id,
  /** Adds an account or signs in to an existing one again. */
  'account:sign-in': v.object({
    server: shortText,
    userName: shortText,
    password: v.pipe(v.string(), v.maxLength(10_000)),
    /** Save the password even without a keyring. Otherwise it's forgotten on exit. */
    storeWithoutKeyring: v.boolean(),
    /** The account that this one replaces once the sign-in has succeeded. */
    replaces: v.optional(account),
  }),
  'account:cancel-sign-in': noArgument,
  'account:pause': account,
  'account:resume': account,
  /** Signs out and removes the account. */
  'account:remove': v.object({ account, shouldDeleteCalls: v.boolean() }),
  'poll:now': noArgument,
  'settings:update': v.record(v.string(), v.unknown()),
  'do-not-disturb:set': v.picklist(DO_NOT_DISTURB_OPTIONS),
  'introduction:dismiss': noArgument,
  /** Shows a notification like that of a call. */
  'alert:test': noArgument,
  'log:query': v.object({
    search: shortText,
    only: v.picklist(['all', 'resolved']),
    offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
  }),
  'log:mark-seen': v.union([v.literal('all'), v.array(id)]),
  /** Loads calls of an account from before the earliest one in the log. */
  'log:load-earlier': account,
  /** Takes calls off the list of calls to return, or puts them back. */
  'log:mark-callbacks': v.object({ ids: v.array(id), isDone: v.boolean() }),
  'voicemail:list': noArgument,
  'voicemail:set-heard': v.object({ key: id, isHeard: v.boolean() }),
  'log:export': v.object({ period: v.picklist(EXPORT_PERIODS), onlyCallbacks: v.boolean() }),
  /** Replaces a note, or removes it if it says nothing. */
  'notes:put': v.object({
    numbers: v.pipe(v.array(numberNoteSchema), v.maxLength(1)),
    customers: v.pipe(v.array(customerNoteSchema), v.maxLength(1)),
  }),
  'notes:query': v.object({ search: shortText }),
  'contacts:query': v.object({ search: shortText }),
  'notes:export': noArgument,
  'notes:import': noArgument,
  'notes:clear': noArgument,
  'log:clear': noArgument,
  /** An instant of the day, in ms since 1970. */
  'log:get-day': v.pipe(v.number(), v.safeInteger()),
  /** Loads the messages of a chat. */
  'chat:messages': id,
  /** Opens a link in one of the messages. */
  'chat:open-link': v.object({ id, url: shortText }),
  'session:call-back': id,
  'voicemail:call-back': id,
  'contact:call-back': v.object({ account, address: shortText }),
  'session:screen-pop': id,
  /** Opens the customer page with the values of the example. */
  'screen-pop:try': noArgument,
  /** Opens the vendor's page on the session's server. */
  'session:open-in-browser': id,
  /** Goes through main because the page is sandboxed. */
  'clipboard:copy': v.pipe(v.string(), v.maxLength(1_000_000)),
  'diagnostics:copy': noArgument,
  /** The page is ready; returns where to navigate. */
  'window:ready': noArgument,
  'update:check': noArgument,
  /** The user agreed to the download. */
  'update:download': noArgument,
  'update:postpone': noArgument,
  'update:restart': noArgument,
  /** Opens the release notes. */
  'update:open-release-page': noArgument,
  'window:pin': v.boolean(),
  'window:hide': noArgument,
  /** The user is filling in a form, so the window must stay open. */
  'window:keep-open': v.boolean(),
  'app:quit': noArgument,
} as const;

/** The name of a request. */
export type RequestName = keyof typeof IPC_REQUESTS;
/** The argument of a request. */
export type RequestArgument<Name extends RequestName> = v.InferOutput<(typeof IPC_REQUESTS)[Name]>;

/** The results of the requests. */
export interface RequestResults {
  'state:subscribe': AppState;
  'session:details': SessionDetails | null;
  'account:sign-in': { readonly ok: true } | { readonly ok: false; readonly error: SignInFailure };
  'account:cancel-sign-in': null;
  'account:pause': null;
  'account:resume': null;
  'account:remove': null;
  'poll:now': null;
  'settings:update':
    { readonly ok: true } | { readonly ok: false; readonly error: readonly string[] };
  'do-not-disturb:set': null;
  'introduction:dismiss': null;
  'alert:test': null;
  'log:query': LogPage;
  'log:mark-seen': null;
  /** `none`: none of the calls that were read is the user's. */
  'log:load-earlier': 'loaded' | 'none' | 'failed';
  'log:mark-callbacks': null;
  'voicemail:list': readonly VoicemailView[];
  'voicemail:set-heard': null;
  /** The exported file; `null` if the user canceled. */
  'log:export': { readonly file: string } | null;
  'log:clear': null;
  'notes:put': null;
  'notes:query': NotesPage;
  'contacts:query': ContactsPage;
  /** The exported file; `null` if the user canceled. */
  'notes:export': { readonly file: string } | null;
  /** The notes that were read from a file; `null` if the user canceled. */
  'notes:import': { readonly count: number } | null;
  'notes:clear': null;
  'log:get-day': DaySummary;
  'chat:messages': ChatMessages;
  'chat:open-link': { readonly ok: boolean };
  /** Without a phone app, the number to copy, if there is one. */
  'session:call-back': { readonly ok: boolean; readonly number?: string | undefined };
  'contact:call-back': RequestResults['session:call-back'];
  'voicemail:call-back': RequestResults['session:call-back'];
  'session:screen-pop': { readonly ok: boolean };
  'screen-pop:try': { readonly ok: boolean };
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
  'window:keep-open': null;
  'app:quit': null;
}

/** Fails to compile if a request has no result or a result no request. */
type Complete = [RequestName, keyof RequestResults] extends [keyof RequestResults, RequestName]
  ? true
  : never;
export const CONTRACT_IS_COMPLETE: Complete = true;

/** The events that main sends. */
export interface IpcEvents {
  'state:patch': StatePatch;
  'window:navigate': Navigation;
}

/**
 * Where the window navigates. Calls that a link shows stay unseen until the user clicks or types.
 */
export type Navigation = Destination & { readonly isFromLink?: boolean };

/** The details of a session, active or from the log. */
export interface SessionDetails {
  readonly id: string;
  /** The fields as received, or what the log kept of a call that is over. */
  readonly fields: RawFields;
  /** The server's own notes. `at` is in ms since 1970, absent if invalid. */
  readonly events: CallRecord['events'];
  /** Who took part in a call that is over. */
  readonly members: CallRecord['members'];
  /** The phases as Ringside saw them. */
  readonly segments: readonly Segment[];
  readonly entry: LogEntryView | null;
  /** Whether a screen pop is set up and possible for this session. */
  readonly canScreenPop: boolean;
  /** Earlier calls with the number. */
  readonly history: CallerHistory | null;
  /** The notes to edit: about the number, if there is one, and the customer. */
  readonly numberNote: NumberNote | null;
  readonly customerNote: CustomerNote | null;
}

/** A call log entry as the window shows it. */
export interface LogEntryView extends CallView, Omit<LogEntry, 'summary' | 'record'> {
  /** Why it no longer has to be returned. */
  readonly resolution: CallbackResolution | undefined;
  /** The message that the caller left. */
  readonly voicemail: VoicemailView | undefined;
}

/** A note about a number, with the number formatted for display. */
export interface NumberNoteView extends NumberNote {
  readonly formatted: string;
}

/** The notes that a search found. */
export interface NotesPage {
  readonly numbers: readonly NumberNoteView[];
  readonly customers: readonly CustomerNote[];
  /** The number of all notes that match; the lists may be cut. */
  readonly total: number;
}

/** A contact as the window shows it. */
export interface ContactView {
  /** The key of the account whose contact it is. */
  readonly account: string;
  /** The account's label, if there are several. */
  readonly accountLabel: string | undefined;
  readonly address: string;
  readonly name: string;
  /** The address, formatted for display. */
  readonly number: string;
  readonly dialable: string | undefined;
  readonly canCall: boolean;
  readonly customer: string | undefined;
}

/** The messages of a chat, or why there are none. `missing`: the server no longer has them. */
export type ChatMessages =
  | {
      readonly kind: 'messages';
      /** The oldest comes first. */
      readonly messages: readonly ChatMessageView[];
      /** Messages before those in the list. */
      readonly earlierCount: number;
    }
  | { readonly kind: 'off' | 'refused' | 'missing' | 'failed' };

/** A message of a chat as the window shows it. */
export interface ChatMessageView {
  /** In ms since 1970, absent if unknown. */
  readonly at: number | undefined;
  /** The sender's name or formatted number. */
  readonly from: string | undefined;
  /** Whether the user wrote it. */
  readonly isOwn: boolean;
  readonly segments: readonly ChatSegment[];
  readonly attachment: ChatAttachment | undefined;
}

/** The contacts that a search found. */
export interface ContactsPage {
  readonly contacts: readonly ContactView[];
  /** The number of all contacts that match; the list may be cut. */
  readonly total: number;
}

/** A page of the call log, newest first. */
export interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** Number of matching entries. */
  readonly total: number;
}

/** The API that the preload exposes as `window.ringside`. */
export interface Bridge {
  request<Name extends RequestName>(
    name: Name,
    ...argument: RequestArgument<Name> extends undefined ? [] : [RequestArgument<Name>]
  ): Promise<RequestResults[Name]>;
  /** Subscribes to an event; returns a function that unsubscribes. */
  on<Name extends keyof IpcEvents>(
    name: Name,
    listener: (event: IpcEvents[Name]) => void,
  ): () => void;
}
