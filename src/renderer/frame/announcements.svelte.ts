import { untrack } from 'svelte';
import type { SessionView } from '../../shared/state';
import type { Words } from '../words.svelte';
import { partyName } from '../calls/describe';

/** A call that rings again within this many ms is the same ring. */
const SAME_RING = 10_000;

/** What is read out to those who do not see the window: each ring once. */
export class Announcements {
  text = $state('');
  /** When each ring was last heard, by session. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
  readonly #heard = new Map<string, number>();

  /** Takes note of the sessions at `now` (ms since 1970) and says which of them newly ring. */
  hear(sessions: Iterable<SessionView>, now: number, words: Words): void {
    const ringing = [...sessions].filter(({ phase }) => phase === 'ringing');
    const fresh = ringing.filter(({ id }) => !this.#heard.has(id));
    for (const { id } of ringing) this.#heard.set(id, now);
    for (const [id, at] of this.#heard) {
      if (now - at > SAME_RING) this.#heard.delete(id);
    }
    if (fresh.length === 0) return;
    const text = fresh.map((session) => sentence(session, words)).join(' ');
    untrack(() => (this.text = text));
  }
}

function sentence(session: SessionView, words: Words): string {
  const name = partyName(session, words);
  return session.customer === undefined
    ? words.t('announce.ringing', { name })
    : words.t('announce.ringingFor', { name, customer: session.customer });
}
