/** How this copy of Ringside comes to a newer version. */
export type UpdateMode =
  /** It downloads and installs the new version. */
  | 'installs'
  /** It was installed by somebody who manages the computer: it only tells that there is one. */
  | 'tells'
  /** It does not know where to ask, as a checkout or a build of one's own. */
  | 'none';

/** Which versions are offered. */
export const UPDATE_CHANNELS = ['stable', 'beta'] as const;
/** One of the channels. */
export type UpdateChannel = (typeof UPDATE_CHANNELS)[number];

/** Where Ringside stands with newer versions of itself. */
export type UpdateState =
  | { readonly kind: 'off'; readonly reason: 'organisation' | 'nowhere-to-ask' }
  /** `checkedAt` (ms since 1970) tells when the newest version was known to be this one. */
  | { readonly kind: 'idle'; readonly checkedAt: number | null }
  /** `putOff` is the version that the person did not want to hear of. */
  | { readonly kind: 'checking'; readonly postponedVersion: string | null }
  /** There is one, and the person is asked. `later` when they want to hear no more of it now. */
  | { readonly kind: 'available'; readonly version: string; readonly isPostponed: boolean }
  /** There is one, and whoever manages the computer installs it. */
  | {
      readonly kind: 'told';
      readonly version: string;
      readonly isPostponed: boolean;
      /** Whether there is a page to read about it. */
      readonly hasReleasePage: boolean;
    }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Downloaded and verified: it is installed when Ringside ends. */
  | {
      readonly kind: 'ready';
      readonly version: string;
      readonly isPostponed: boolean;
      readonly canRestart: boolean;
    }
  /** `version` is what could not be downloaded; `null` when there was no answer even to that. */
  | { readonly kind: 'failed'; readonly version: string | null; readonly problem: UpdateProblem };

/** Why there is no update although one was asked for. Nothing was installed then. */
export type UpdateProblem =
  | 'unreachable'
  /** It is not what its publisher put there. */
  | 'damaged'
  /** It bears another signature than this copy, or none. */
  | 'unsigned'
  | 'cannot-save'
  | 'unexpected';

/** What happens on the way to a newer version. */
export type UpdateEvent =
  | { readonly kind: 'check' }
  | { readonly kind: 'none'; readonly at: number }
  | {
      readonly kind: 'found';
      readonly version: string;
      readonly mode: 'installs' | 'tells';
      readonly hasReleasePage: boolean;
    }
  /** The person said yes. */
  | { readonly kind: 'download' }
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'downloaded'; readonly canRestart: boolean }
  | { readonly kind: 'failed'; readonly problem: UpdateProblem }
  /** The person does not want to be asked about this version now. */
  | { readonly kind: 'later' };

/**
 * What comes of an event. What cannot happen in a state changes nothing, and the very same object
 * is returned: a download never starts without a yes, and what is ready stays ready.
 */
export function reduceUpdate(update: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'check':
      return canCheckForUpdates(update)
        ? { kind: 'checking', postponedVersion: getPostponedVersion(update) }
        : update;
    case 'none':
      return update.kind === 'checking' ? { kind: 'idle', checkedAt: event.at } : update;
    case 'found':
      return update.kind === 'checking' ? applyFound(event, update.postponedVersion) : update;
    case 'download':
      return canDownloadUpdate(update)
        ? { kind: 'downloading', version: update.version, percent: 0 }
        : update;
    case 'progress':
      return update.kind === 'downloading' ? applyProgress(update, event.percent) : update;
    case 'downloaded':
      return update.kind === 'downloading'
        ? {
            kind: 'ready',
            version: update.version,
            isPostponed: false,
            canRestart: event.canRestart,
          }
        : update;
    case 'failed':
      return applyFailure(update, event.problem);
    case 'later':
      return applyPostponed(update);
  }
}

/** Whether asking for a newer version makes sense now. */
export function canCheckForUpdates({ kind }: UpdateState): boolean {
  return kind === 'idle' || kind === 'available' || kind === 'told' || kind === 'failed';
}

/** Whether the person can say yes to a version. */
export function canDownloadUpdate(
  update: UpdateState,
): update is UpdateState & { readonly version: string } {
  return update.kind === 'available' || (update.kind === 'failed' && update.version !== null);
}

/** Between two checks (ms). */
const CHECK_INTERVAL_MS = 6 * 3_600_000;
/** Before the first check (ms): whoever starts Ringside is waiting for calls. */
const FIRST_CHECK_DELAY_MS = 5 * 60_000;

/** How long (ms) to wait for the next check, so that not all desktops ask at once. */
export function getNextCheckDelayMs(isFirst: boolean, random: () => number): number {
  const usual = isFirst ? FIRST_CHECK_DELAY_MS : CHECK_INTERVAL_MS;
  return Math.round(usual * (0.5 + random()));
}

/** Why something with an update did not work, by the code or the words of its error. */
export function classifyUpdateError(error: unknown): UpdateProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_DATA_HASH_MISMATCH') return 'damaged';
  if (/signature|not signed/i.test(`${code} ${text}`)) return 'unsigned';
  if (/^(ENOSPC|EACCES|EPERM|EROFS|EDQUOT)$/.test(code)) return 'cannot-save';
  const isNetwork = /^(HTTP_ERROR_|ECONN|ENOTFOUND|ETIMEDOUT|ERR_UPDATER_(CHANNEL|LATEST|NO_PUB))/;
  if (isNetwork.test(code) || /net::ERR_|timed out|aborted|hang up/i.test(text)) {
    return 'unreachable';
  }
  return 'unexpected';
}

function applyFound(
  { version, mode, hasReleasePage }: UpdateEvent & { readonly kind: 'found' },
  putOff: string | null,
): UpdateState {
  // Of a version that was put off the person hears no more, until there is yet another one.
  const later = version === putOff;
  return mode === 'tells'
    ? { kind: 'told', version, isPostponed: later, hasReleasePage }
    : { kind: 'available', version, isPostponed: later };
}

function getPostponedVersion(update: UpdateState): string | null {
  return (update.kind === 'available' || update.kind === 'told') && update.isPostponed
    ? update.version
    : null;
}

function applyProgress(
  update: UpdateState & { readonly kind: 'downloading' },
  percent: number,
): UpdateState {
  const whole = Math.min(100, Math.max(update.percent, Math.floor(percent)));
  return whole === update.percent ? update : { ...update, percent: whole };
}

function applyFailure(update: UpdateState, fault: UpdateProblem): UpdateState {
  switch (update.kind) {
    case 'checking':
      return { kind: 'failed', version: null, problem: fault };
    case 'downloading':
      return { kind: 'failed', version: update.version, problem: fault };
    default:
      return update;
  }
}

function applyPostponed(update: UpdateState): UpdateState {
  switch (update.kind) {
    case 'available':
    case 'told':
    case 'ready':
      return update.isPostponed ? update : { ...update, isPostponed: true };
    case 'failed':
      return update.version === null
        ? update
        : { kind: 'available', version: update.version, isPostponed: true };
    default:
      return update;
  }
}
