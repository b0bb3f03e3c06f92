import type { Connection } from '../../shared/state';
import type { Words } from '../words.svelte';

/** How fresh the picture is, in few words, and the tone in which to say it. */
export interface Freshness {
  readonly tone: 'live' | 'waiting' | 'trouble';
  readonly text: string;
}

/** Puts the connection in words. `now` is asked only where the words tell a time. */
export function freshness(connection: Connection, words: Words, now: () => number): Freshness {
  const { t } = words;
  switch (connection.kind) {
    case 'live':
      return { tone: 'live', text: t('fresh.live') };
    case 'starting':
      return { tone: 'waiting', text: t('fresh.starting') };
    case 'signing-in':
      return { tone: 'waiting', text: t('fresh.signing-in') };
    case 'signed-out':
      return { tone: 'waiting', text: t('fresh.signed-out') };
    case 'paused':
      return { tone: 'waiting', text: t('fresh.paused') };
    case 'forbidden':
      return { tone: 'trouble', text: t('fresh.forbidden') };
    case 'offline': {
      const age = Math.max(0, now() - connection.since);
      return { tone: 'trouble', text: t('fresh.offline', { duration: coarse(age, words) }) };
    }
  }
}

/** An age in words that do not change every second once it is minutes. */
export function coarse(ms: number, words: Words): string {
  const minute = 60_000;
  return words.duration(ms < minute ? ms : Math.floor(ms / minute) * minute);
}
