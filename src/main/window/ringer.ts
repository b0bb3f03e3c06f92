import { isRingAlert } from '../../core/alerts/alert';
import type { Settings } from '../../core/settings/settings';
import type { AlertState } from '../../core/alerts/alert-state';

/** What is to be heard. */
export interface Ringing {
  readonly sound: Exclude<Settings['sound'], 'none'>;
  /** Per cent. */
  readonly volume: number;
}

/** While the person is talking already, a ring is this much of its volume. */
const WHILE_TALKING = 0.35;

/**
 * What is to be heard as things stand: a ring is, as long as its alert is up; quieter while
 * somebody is on a call already.
 */
export function ringingOf(
  watches: readonly Pick<AlertState, 'open' | 'calls'>[],
  { sound, volume }: Pick<Settings, 'sound' | 'volume'>,
): Ringing | undefined {
  const rings = watches.some(({ open }) => open.some(isRingAlert));
  if (!rings || sound === 'none' || volume === 0) return undefined;
  const talking = watches.some(({ calls }) =>
    [...calls.values()].some(({ goneAt, phase }) => goneAt === null && phase === 'connected'),
  );
  return { sound, volume: talking ? Math.max(1, Math.round(volume * WHILE_TALKING)) : volume };
}

/** Makes the sound: starts, changes and stops it. Applying the same twice changes nothing. */
export class Ringer {
  #now = '';
  #stop: (() => void) | undefined;

  /** `play` starts a sound that repeats until the function it returns is called. */
  constructor(private readonly play: (ringing: Ringing) => () => void) {}

  apply(ringing: Ringing | undefined): void {
    const next = JSON.stringify(ringing ?? null);
    if (next === this.#now) return;
    this.#now = next;
    this.#stop?.();
    this.#stop = ringing && this.play(ringing);
  }
}
