/** The update channels. */
export const UPDATE_CHANNELS = ['stable', 'beta'] as const;

/** The state of updates. */
export type UpdateState =
  | { readonly kind: 'off'; readonly reason: 'managed' | 'no-feed' }
  /** `checkedAt` (ms since 1970) is when this was last known to be the newest version. */
  | { readonly kind: 'idle'; readonly checkedAt: number | null }
  | { readonly kind: 'checking' }
  /** The user can download a version. `isPostponed` is true if they asked to be reminded later. */
  | { readonly kind: 'available'; readonly version: string; readonly isPostponed: boolean }
  /** An administrator has to install a version. */
  | {
      readonly kind: 'manual';
      readonly version: string;
      readonly isPostponed: boolean;
      /** Whether there are release notes. */
      readonly hasReleasePage: boolean;
    }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Downloaded and verified; installed on exit. */
  | {
      readonly kind: 'ready';
      readonly version: string;
      readonly isPostponed: boolean;
      readonly canRestart: boolean;
    }
  /** `version` couldn't be downloaded; `null` if the check itself failed. */
  | { readonly kind: 'failed'; readonly version: string | null; readonly problem: UpdateProblem };

/** Why a check or a download failed. */
export type UpdateProblem =
  | 'unreachable'
  /** The download doesn't match the published checksum. */
  | 'damaged'
  /** The signature is missing or not the publisher's. */
  | 'unsigned'
  | 'cannot-save'
  | 'unexpected';

/** Returns whether a check can start. */
export function canCheckForUpdates({ kind }: UpdateState): boolean {
  return kind === 'idle' || kind === 'available' || kind === 'manual' || kind === 'failed';
}

/** Returns whether the user can download a version. */
export function canDownloadUpdate(
  update: UpdateState,
): update is UpdateState & { readonly version: string } {
  return update.kind === 'available' || (update.kind === 'failed' && update.version !== null);
}
