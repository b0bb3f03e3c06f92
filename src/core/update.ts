/** How this copy of Ringside comes to a newer version. */
export type UpdateWay =
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
export type Update =
  | { readonly kind: 'off'; readonly why: 'organisation' | 'nowhere-to-ask' }
  /** `checkedAt` (ms since 1970) tells when the newest version was known to be this one. */
  | { readonly kind: 'idle'; readonly checkedAt: number | null }
  /** `putOff` is the version that the person did not want to hear of. */
  | { readonly kind: 'checking'; readonly putOff: string | null }
  /** There is one, and the person is asked. `later` when they want to hear no more of it now. */
  | { readonly kind: 'available'; readonly version: string; readonly later: boolean }
  /** There is one, and whoever manages the computer installs it. */
  | {
      readonly kind: 'told';
      readonly version: string;
      readonly later: boolean;
      /** Whether there is a page to read about it. */
      readonly page: boolean;
    }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Downloaded and verified: it is installed when Ringside ends. */
  | {
      readonly kind: 'ready';
      readonly version: string;
      readonly later: boolean;
      readonly canRestart: boolean;
    }
  /** `version` is what could not be downloaded; `null` when there was no answer even to that. */
  | { readonly kind: 'failed'; readonly version: string | null; readonly fault: UpdateFault };

/** Why there is no update although one was asked for. Nothing was installed then. */
export type UpdateFault =
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
      readonly way: 'installs' | 'tells';
      readonly page: boolean;
    }
  /** The person said yes. */
  | { readonly kind: 'download' }
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'downloaded'; readonly canRestart: boolean }
  | { readonly kind: 'failed'; readonly fault: UpdateFault }
  /** The person does not want to be asked about this version now. */
  | { readonly kind: 'later' };

/**
 * What comes of an event. What cannot happen in a state changes nothing, and the very same object
 * is returned: a download never starts without a yes, and what is ready stays ready.
 */
export function nextUpdate(update: Update, event: UpdateEvent): Update {
  switch (event.kind) {
    case 'check':
      return mayCheck(update) ? { kind: 'checking', putOff: putOff(update) } : update;
    case 'none':
      return update.kind === 'checking' ? { kind: 'idle', checkedAt: event.at } : update;
    case 'found':
      return update.kind === 'checking' ? found(event, update.putOff) : update;
    case 'download':
      return mayDownload(update)
        ? { kind: 'downloading', version: update.version, percent: 0 }
        : update;
    case 'progress':
      return update.kind === 'downloading' ? progressed(update, event.percent) : update;
    case 'downloaded':
      return update.kind === 'downloading'
        ? { kind: 'ready', version: update.version, later: false, canRestart: event.canRestart }
        : update;
    case 'failed':
      return failed(update, event.fault);
    case 'later':
      return postponed(update);
  }
}

/** Whether asking for a newer version makes sense now. */
export function mayCheck({ kind }: Update): boolean {
  return kind === 'idle' || kind === 'available' || kind === 'told' || kind === 'failed';
}

/** Whether the person can say yes to a version. */
export function mayDownload(update: Update): update is Update & { readonly version: string } {
  return update.kind === 'available' || (update.kind === 'failed' && update.version !== null);
}

/** Between two checks (ms). */
const SIX_HOURS = 6 * 3_600_000;
/** Before the first check (ms): whoever starts Ringside is waiting for calls. */
const FIRST = 5 * 60_000;

/** How long (ms) to wait for the next check, so that not all desktops ask at once. */
export function untilNextCheck(isFirst: boolean, random: () => number): number {
  const usual = isFirst ? FIRST : SIX_HOURS;
  return Math.round(usual * (0.5 + random()));
}

/** Why something with an update did not work, by the code or the words of its error. */
export function updateFaultOf(error: unknown): UpdateFault {
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

function found(
  { version, way, page }: UpdateEvent & { readonly kind: 'found' },
  putOff: string | null,
): Update {
  // Of a version that was put off the person hears no more, until there is yet another one.
  const later = version === putOff;
  return way === 'tells'
    ? { kind: 'told', version, later, page }
    : { kind: 'available', version, later };
}

function putOff(update: Update): string | null {
  return (update.kind === 'available' || update.kind === 'told') && update.later
    ? update.version
    : null;
}

function progressed(update: Update & { readonly kind: 'downloading' }, percent: number): Update {
  const whole = Math.min(100, Math.max(update.percent, Math.floor(percent)));
  return whole === update.percent ? update : { ...update, percent: whole };
}

function failed(update: Update, fault: UpdateFault): Update {
  switch (update.kind) {
    case 'checking':
      return { kind: 'failed', version: null, fault };
    case 'downloading':
      return { kind: 'failed', version: update.version, fault };
    default:
      return update;
  }
}

function postponed(update: Update): Update {
  switch (update.kind) {
    case 'available':
    case 'told':
    case 'ready':
      return update.later ? update : { ...update, later: true };
    case 'failed':
      return update.version === null
        ? update
        : { kind: 'available', version: update.version, later: true };
    default:
      return update;
  }
}
