import { BrowserWindow } from 'electron';
import { isRingAlert } from '../../core/alerts/alert';
import type { AlertState } from '../../core/alerts/alert-state';
import type { Settings } from '../../core/settings/settings';
import { getPageUrl } from './protocol';

/** A ringtone and how loud it plays. */
export interface Ringtone {
  readonly sound: Exclude<Settings['sound'], 'none'>;
  /** In percent. */
  readonly volume: number;
}

/** Part of the volume while the user is on another call. */
const ON_CALL_VOLUME = 0.35;

/** Returns the ringtone to play: one as long as a ring alert is open. */
export function getRingtone(
  states: readonly Pick<AlertState, 'open' | 'calls'>[],
  { sound, volume }: Pick<Settings, 'sound' | 'volume'>,
): Ringtone | undefined {
  const isRinging = states.some(({ open }) => open.some(isRingAlert));
  if (!isRinging || sound === 'none' || volume === 0) return undefined;
  const isOnCall = states.some(({ calls }) =>
    [...calls.values()].some(({ goneAt, phase }) => goneAt === null && phase === 'connected'),
  );
  return { sound, volume: isOnCall ? Math.max(1, Math.round(volume * ON_CALL_VOLUME)) : volume };
}

/** Plays the ringtone. Setting the same one twice changes nothing. */
export class RingtonePlayer {
  #playing: Ringtone | undefined;
  #stop: (() => void) | undefined;

  constructor(private readonly play: typeof playInHiddenPage = playInHiddenPage) {}

  /** Plays a ringtone until another one, or none, is set. */
  set(ringtone: Ringtone | undefined): void {
    const { sound, volume } = this.#playing ?? {};
    if (ringtone?.sound === sound && ringtone?.volume === volume) return;
    this.#stop?.();
    this.#playing = ringtone;
    this.#stop = ringtone && this.play(ringtone);
  }

  dispose(): void {
    this.set(undefined);
  }
}

/**
 * Plays a ringtone in a page that is never shown, since the system's own players differ on every
 * platform. Returns a function that stops it.
 */
function playInHiddenPage({ sound, volume }: Ringtone): () => void {
  const window = new BrowserWindow({
    show: false,
    width: 1,
    height: 1,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
      // Without it, sound would need a click in the page first.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  const query = new URLSearchParams({ sound, volume: String(volume) });
  void window.loadURL(getPageUrl(`ringtone.html?${query.toString()}`));
  return () => {
    window.destroy();
  };
}
