/** The one state that main pushes and the window draws. Plain JSON, readonly, no secrets. */
import type { ConnectionProblem } from '../core/alerts/alert';
import type { TrayStatus } from '../core/tray-status';
import type { Phase } from '../core/calls/phase';
import type { PolicyProblem } from '../core/settings/policy';
import type { Settings } from '../core/settings/settings';
import type { DoNotDisturb } from '../core/settings/do-not-disturb';
import type { UpdateState } from '../core/update';

/** Everything that the window shows without asking. */
export interface AppState {
  /** How fresh the picture is: of several accounts the worst, of none why there is none. */
  readonly connection: ConnectionStatus;
  /** In the order in which they were added. */
  readonly accounts: readonly AccountView[];
  /** Active sessions by key, in the servers' order. */
  readonly sessions: Readonly<Record<string, SessionView>>;
  readonly sessionOrder: readonly string[];
  /** Entries of the last answer that could not be used. */
  readonly skippedCount: number;
  readonly trayStatus: TrayStatus;
  readonly settings: Settings;
  /** The settings that an organisation has set for this computer: nobody changes them here. */
  readonly managedSettings: readonly (keyof Settings)[];
  /** Do not disturb as set by hand. */
  readonly doNotDisturb: DoNotDisturb;
  /** Grows with every change of the call log: who shows it asks again. */
  readonly logRevision: number;
  readonly today: Today;
  /** Faults of the machine that the person should know of, such as a full disk. */
  readonly notices: readonly SystemNotice[];
  readonly platform: Platform;
  /** Where Ringside stands with newer versions of itself. */
  readonly update: UpdateState;
}

/** How fresh the picture is, and why. Instants are ms since 1970. */
export type ConnectionStatus =
  | { readonly kind: 'starting' }
  /** Nobody is signed in. `refused` tells what the last attempt came to. */
  | { readonly kind: 'signed-out'; readonly error: SignInFailure | null }
  | { readonly kind: 'signing-in' }
  | { readonly kind: 'live'; readonly lastResponseAt: number }
  /** The last answer is shown on; the next try is at `retryAt`. */
  | {
      readonly kind: 'offline';
      readonly lastResponseAt: number | null;
      readonly since: number;
      readonly retryAt: number;
      readonly error: ConnectionError;
    }
  /** Signed in, but the login lacks the role that may see sessions. */
  | { readonly kind: 'forbidden'; readonly role: string; readonly retryAt: number }
  /** The person wants to hear nothing of this account for now. */
  | { readonly kind: 'paused' };

/** Why an answer could not be had, for words and for the details below them. */
export interface ConnectionError {
  readonly kind:
    | 'no-network'
    | 'not-found'
    | 'refused'
    | 'timeout'
    | 'insecure'
    | 'redirected'
    | 'too-large'
    | 'bad-answer'
    | 'server-error'
    | 'too-many-requests'
    | 'unexpected';
  /** HTTP status or network error code: never the only thing that is said. */
  readonly code: string;
}

/** Why a sign-in did not work. */
export type SignInFailure =
  | { readonly kind: 'wrong-credentials'; readonly message: string | undefined }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unreachable'; readonly error: ConnectionError }
  | { readonly kind: 'bad-address' };

/** Who is signed in, where, and how that goes. */
export interface AccountView {
  /** 16 hexadecimal digits that tell nothing about it. */
  readonly key: string;
  /** What the person knows it by. */
  readonly label: string;
  /** Its color, from 1: to tell it from others. */
  readonly color: number;
  readonly connection: ConnectionStatus;
  readonly server: string;
  readonly userName: string;
  readonly name: string | undefined;
  readonly roles: readonly string[];
  /** Signed in by the environment: the person cannot change it here. */
  readonly isManaged: boolean;
}

/** A session as a list shows it. Instants are ms since 1970 on this machine's clock. */
export interface SessionView {
  /** The key of the session: no other account has it. */
  readonly id: string;
  /** Changes whenever anything that the server says about it does. */
  readonly revision: number;
  readonly phase: Phase;
  readonly phaseSince: number;
  readonly startedAt: number;
  readonly direction: 'incoming' | 'outgoing';
  /** Voice, Chat, Fax or whatever else the server said. */
  readonly channel: string | undefined;
  readonly name: string | undefined;
  /** Formatted for reading. */
  readonly number: string | undefined;
  /** Whether the caller withheld the number. */
  readonly isWithheld: boolean;
  /** In the form a softphone takes; absent where the number is no number. */
  readonly dialable: string | undefined;
  readonly customer: string | undefined;
  readonly customerPath: readonly string[];
  readonly endpoint: string | undefined;
  readonly answeredBy: string | undefined;
  readonly holdQueue: string | undefined;
  readonly isTransferring: boolean;
  readonly wasMissed: boolean;
  /** The states as the server wrote them, for phases that tell too little. */
  readonly states: {
    readonly call: string | undefined;
    readonly queue: string | undefined;
    readonly dial: string | undefined;
  };
  readonly members: readonly MemberView[];
}

/** Somebody in a session. */
export interface MemberView {
  readonly key: string;
  readonly name: string | undefined;
  /** None, Caller, Agent, Transfer or whatever else the server said. */
  readonly role: string | undefined;
  /** None, Ringing, Connected, Hold or whatever else the server said. */
  readonly callState: string | undefined;
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  /** Address within the app (`ringside://avatar/…`), absent where there is no picture. */
  readonly avatar: string | undefined;
}

/** The day so far, in counts and ms. */
export interface Today {
  readonly answered: number;
  readonly missed: number;
  readonly outgoing: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly lastCall: {
    readonly name: string | undefined;
    /** Formatted for reading. */
    readonly number: string | undefined;
    readonly isWithheld: boolean;
    readonly at: number;
  } | null;
}

/** Something wrong on this machine, told in the window. */
export type SystemNotice =
  | { readonly kind: 'broken-file'; readonly file: string; readonly keptAs: string | undefined }
  | { readonly kind: 'cannot-save'; readonly file: string; readonly code: string }
  /** Told once. GNOME can be given a tray, and the person is told how. */
  | { readonly kind: 'no-tray'; readonly desktop: 'gnome' | 'other' }
  | { readonly kind: 'shortcut-taken'; readonly shortcut: string }
  /** The file that `RINGSIDE_PASSWORD_FILE` names can't be used. */
  | { readonly kind: 'password-file'; readonly file: string; readonly code: string }
  | { readonly kind: 'policy'; readonly file: string; readonly fault: PolicyProblem };

/** What this desktop can do. */
export interface Platform {
  readonly os: 'linux' | 'mac' | 'windows';
  readonly version: string;
  /** BCP 47 tags of the system, the preferred first. */
  readonly languages: readonly string[];
  readonly region: string | undefined;
  readonly hasTray: boolean;
  readonly hasKeyring: boolean;
  readonly isDemo: boolean;
}

/** What main wants the window to show. */
export type Destination =
  | { readonly view: 'calls' }
  | { readonly view: 'session'; readonly id: string }
  | { readonly view: 'missed' }
  | { readonly view: 'settings' };

/** The trouble that the connection amounts to, for glance and tray. */
export function getConnectionProblem(connection: ConnectionStatus): ConnectionProblem | null {
  switch (connection.kind) {
    case 'offline':
      return 'offline';
    case 'forbidden':
      return 'forbidden';
    case 'signed-out':
      return 'sign-in';
    case 'starting':
    case 'signing-in':
    case 'live':
    case 'paused':
      return null;
  }
}
