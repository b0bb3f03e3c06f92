/** The state that main publishes to the window. Plain readonly JSON without secrets. */
import type { HourCycle } from './date-format';
import type { ConnectionProblem } from '../core/alerts/alert';
import type { TrayStatus } from '../core/tray-status';
import type { CallSummary } from '../core/calls/call-summary';
import type { Phase } from '../core/calls/phase';
import type { PolicyProblem } from '../core/settings/policy';
import type { CallerHistory } from '../core/log/caller-history';
import type { Today as LoggedToday } from '../core/log/day';
import type { Priority } from '../core/notes/notes';
import type { Settings } from '../core/settings/settings';
import type { ActiveDoNotDisturb } from '../core/settings/do-not-disturb';
import type { UpdateState } from '../core/update';

/** Everything the window shows without a request. */
export interface AppState {
  /** The most severe status of all accounts; without accounts, why there is none. */
  readonly connection: ConnectionStatus;
  /** In the order they were added. */
  readonly accounts: readonly AccountView[];
  /** Active sessions by key. */
  readonly sessions: Readonly<Record<string, SessionView>>;
  readonly sessionOrder: readonly string[];
  /** Entries of the last snapshot that were skipped. */
  readonly skippedCount: number;
  readonly trayStatus: TrayStatus;
  readonly settings: Settings;
  /** The settings an administrator has set. */
  readonly managedSettings: readonly (keyof Settings)[];
  /** Do Not Disturb, turned on manually or by the schedule; `null` while it's off. */
  readonly doNotDisturb: ActiveDoNotDisturb | null;
  /** Whether the Calls page introduces Ringside to a new user. */
  readonly showsIntroduction: boolean;
  /** Increases with every change of the call log. */
  readonly logRevision: number;
  readonly today: Today;
  readonly callbacks: CallbackList;
  /** Voice messages, which are listed on request. */
  readonly voicemail: {
    /** Increases with every change. */
    readonly revision: number;
    readonly isAvailable: boolean;
  };
  /** Problems of this computer, such as a full disk. */
  readonly notices: readonly SystemNotice[];
  readonly platform: Platform;
  /** The state of app updates. */
  readonly update: UpdateState;
}

/** The other party of a call or a voice message. */
export interface CallerView {
  /** The user's own name for the number, or else the server's, or else that of a contact. */
  readonly name: string | undefined;
  /** Set if the name comes from the contacts. */
  readonly isNameFromContacts?: boolean;
  /** Formatted for display. */
  readonly number: string | undefined;
  /** In a form for softphones; absent if it isn't a number. */
  readonly dialable: string | undefined;
  /** Whether the caller withheld the number. */
  readonly isWithheld: boolean;
}

/** A call, active or from the log. */
export interface CallView extends CallerView, Omit<CallSummary, 'party'> {
  /** In ms since 1970 by this computer's clock. */
  readonly startedAt: number;
  /** The number that was called, formatted for display. */
  readonly calledNumber: string | undefined;
  readonly notes: CallNotes;
}

/** A voice message as the window shows it. */
export interface VoicemailView extends CallerView {
  /** Unique across all accounts. */
  readonly key: string;
  /** The session key of its call, if that is in the log. */
  readonly sessionId: string | undefined;
  readonly customer: string | undefined;
  /** In ms since 1970. */
  readonly at: number | undefined;
  readonly durationMs: number | undefined;
  readonly transcription: string | undefined;
  readonly isHeard: boolean;
  /** An address inside the app; absent without audio. */
  readonly audio: string | undefined;
}

/** The status of a connection. Instants are in ms since 1970. */
export type ConnectionStatus =
  | { readonly kind: 'starting' }
  /** Not signed in; `error` is why the last attempt failed. */
  | { readonly kind: 'signed-out'; readonly error: SignInFailure | null }
  | { readonly kind: 'signing-in' }
  /** The saved password is in a keyring that isn't open. */
  | { readonly kind: 'keyring-locked' }
  | { readonly kind: 'live'; readonly lastResponseAt: number }
  /** The last snapshot is still shown; the next attempt is at `retryAt`. */
  | {
      readonly kind: 'offline';
      readonly lastResponseAt: number | null;
      readonly since: number;
      readonly retryAt: number;
      readonly error: ConnectionError;
    }
  /** Signed in without the role that may see sessions. */
  | { readonly kind: 'forbidden'; readonly role: string; readonly retryAt: number }
  /** The user paused the account. */
  | { readonly kind: 'paused' };

/** Why a request failed. */
export interface ConnectionError {
  readonly kind:
    | 'no-network'
    | 'not-found'
    | 'refused'
    /** The proxy can't be reached, or refused the connection. */
    | 'proxy'
    /** The proxy requires a password. */
    | 'proxy-sign-in'
    | 'timeout'
    | 'insecure'
    | 'redirected'
    | 'too-large'
    | 'bad-answer'
    | 'server-error'
    | 'too-many-requests'
    | 'unexpected';
  /** An HTTP status or network error code, shown as a detail. */
  readonly code: string;
}

/** Why a sign-in failed. */
export type SignInFailure =
  | { readonly kind: 'wrong-credentials'; readonly message: string | undefined }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unreachable'; readonly error: ConnectionError }
  | { readonly kind: 'bad-address' };

/** An account as the window shows it. */
export interface AccountView {
  /** 16 hexadecimal digits. */
  readonly key: string;
  /** The name that the user knows it by. */
  readonly label: string;
  /** Index of its color, from 1. */
  readonly color: number;
  readonly connection: ConnectionStatus;
  readonly server: string;
  readonly userName: string;
  readonly name: string | undefined;
  readonly roles: readonly string[];
  /** Set by the environment; the user can't change it. */
  readonly isManaged: boolean;
  /** The server doesn't let this user read the call history. */
  readonly isHistoryRefused: boolean;
  /** Whether the server doesn't let this user read voice messages. */
  readonly isVoicemailRefused: boolean;
  /** The server doesn't let this user read contacts. */
  readonly areContactsRefused: boolean;
  /** The server doesn't let this user read chats. */
  readonly areChatsRefused: boolean;
  /** The calls of a gap are being read from the call history. */
  readonly isCatchingUp: boolean;
  /** The server may have calls from before the earliest one in the log. */
  readonly canLoadEarlierCalls: boolean;
}

/** A session as the window shows it. Instants are in ms since 1970 by this computer's clock. */
export interface SessionView extends CallView {
  /** Changes with every change of the session. */
  readonly revision: number;
  readonly phase: Phase;
  readonly phaseSince: number;
  /** Whether the user takes part in it or answered it. */
  readonly isOwn: boolean;
  readonly answeredBy: string | undefined;
  readonly isAnsweredByUser: boolean;
  /** Earlier calls with the number, if the call is ringing. */
  readonly history: CallerHistory | null;
  readonly holdQueue: string | undefined;
  readonly isTransferring: boolean;
  readonly wasMissed: boolean;
  /** The server's own states, for phases that are too vague. */
  readonly states: {
    readonly call: string | undefined;
    readonly queue: string | undefined;
    readonly dial: string | undefined;
  };
  readonly members: readonly MemberView[];
}

/** What the user noted about the number and the customer of a call; empty texts for nothing. */
export interface CallNotes {
  readonly number: string;
  readonly customer: string;
  readonly priority: Priority;
}

/** A member of a session. */
export interface MemberView {
  readonly key: string;
  readonly name: string | undefined;
  readonly isCurrentUser: boolean;
  /** None, Caller, Agent, Transfer, or another value from the server. */
  readonly role: string | undefined;
  /** None, Ringing, Connected, Hold, or another value from the server. */
  readonly callState: string | undefined;
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  /** An address inside the app (`ringside://avatar/…`); absent without a picture. */
  readonly avatar: string | undefined;
}

/** The calls that still have to be returned, one item for each caller. */
export interface CallbackList {
  readonly count: number;
  /** The caller who called last comes first; a long list is cut. */
  readonly items: readonly CallbackView[];
}

/** The unanswered calls of one caller. */
export interface CallbackView extends CallerView {
  /** The key of the latest call, which names the caller. */
  readonly id: string;
  /** The keys of all calls, the latest first. */
  readonly ids: readonly string[];
  readonly channel: string | undefined;
  /** The customers of all calls, that of the latest first. */
  readonly customers: readonly string[];
  readonly accountLabel: string | undefined;
  /** When the latest call came, in ms since 1970. */
  readonly lastAt: number;
  /** Whether the caller hung up in the queue, in the latest call. */
  readonly isAbandoned: boolean;
  readonly priority: Priority;
  /** Whether any of the calls is unseen. */
  readonly isNew: boolean;
  readonly voicemail: VoicemailView | undefined;
}

/** Today's calls. Durations are in ms. */
export interface Today extends Omit<LoggedToday, 'lastCall'> {
  /** The latest call of any day. */
  readonly lastCall: (CallerView & { readonly at: number }) | null;
}

/** A problem of this computer that the window reports. */
export type SystemNotice =
  | { readonly kind: 'broken-file'; readonly file: string; readonly keptAs: string | undefined }
  | { readonly kind: 'cannot-save'; readonly file: string; readonly code: string }
  /** Shown once. On GNOME it explains how to add a tray. */
  | { readonly kind: 'no-tray'; readonly desktop: 'gnome' | 'other' }
  /** The password can't be saved before the keyring is open. */
  | { readonly kind: 'keyring-locked' }
  | { readonly kind: 'shortcut-taken'; readonly shortcut: string }
  | { readonly kind: 'no-phone-app' }
  /** The file that `RINGSIDE_PASSWORD_FILE` names can't be used. */
  | { readonly kind: 'password-file'; readonly file: string; readonly code: string }
  | { readonly kind: 'policy'; readonly file: string; readonly fault: PolicyProblem };

/** What this desktop supports. */
export interface Platform {
  readonly os: 'linux' | 'mac' | 'windows';
  readonly version: string;
  /** BCP 47 tags of the system, the preferred one first. */
  readonly languages: readonly string[];
  readonly region: string | undefined;
  /** BCP 47 tag of the system's dates and times. */
  readonly locale: string | undefined;
  /** Set if the user chose a clock other than the usual one of the locale. */
  readonly hourCycle: HourCycle | undefined;
  readonly hasTray: boolean;
  readonly hasKeyring: boolean;
  readonly isDemo: boolean;
}

/** Where main wants the window to navigate. */
export type Destination =
  | { readonly view: 'calls' }
  | { readonly view: 'session'; readonly id: string }
  | { readonly view: 'missed' }
  | { readonly view: 'voicemail' }
  | { readonly view: 'settings' };

/** Returns the connection problem of a status. */
export function getConnectionProblem(connection: ConnectionStatus): ConnectionProblem | null {
  switch (connection.kind) {
    case 'offline':
      return 'offline';
    case 'forbidden':
      return 'forbidden';
    case 'keyring-locked':
      return 'keyring';
    case 'signed-out':
      return 'sign-in';
    case 'starting':
    case 'signing-in':
    case 'live':
    case 'paused':
      return null;
  }
}
