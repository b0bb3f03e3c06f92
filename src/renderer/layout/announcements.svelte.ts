import { untrack } from 'svelte';
import type { SessionView } from '../../shared/state';
import { getCallerName } from '../features/calls/session-text';
import type { I18n } from '../i18n.svelte';

/** A session that rings again within this time is still the same ring. */
const SAME_RING_MS = 10_000;

/** The text for screen readers: announces each ring once. */
export class RingAnnouncements {
  text = $state('');
  /** When each session was last seen ringing. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- not rendered
  readonly #lastRingingAt = new Map<string, number>();

  /** Announces the sessions that started to ring. */
  update(sessions: Iterable<SessionView>, now: number, i18n: I18n): void {
    const ringing = [...sessions].filter(({ phase }) => phase === 'ringing');
    const started = ringing.filter(({ id }) => !this.#lastRingingAt.has(id));
    for (const { id } of ringing) this.#lastRingingAt.set(id, now);
    for (const [id, at] of this.#lastRingingAt) {
      if (now - at > SAME_RING_MS) this.#lastRingingAt.delete(id);
    }
    if (started.length === 0) return;
    const text = started.map((session) => getAnnouncement(session, i18n)).join(' ');
    untrack(() => (this.text = text));
  }
}

function getAnnouncement(session: SessionView, i18n: I18n): string {
  const name = getCallerName(session, i18n);
  return session.customer === undefined
    ? i18n.t('announcement.ringing', { name })
    : i18n.t('announcement.ringingFor', { name, customer: session.customer });
}
