import type { Outcome } from '../../core/log/entry';
import type { Bridge } from '../../shared/ipc';
import type { SessionView } from '../../shared/state';
import { isRinging } from '../features/calls/group-sessions';
import { getCallerName } from '../features/calls/session-text';
import type { I18n } from '../i18n.svelte';

/** A session that rings again within this time is still the same ring. */
const SAME_RING_MS = 10_000;
/** How long to wait until the call log says what became of a call. */
const OUTCOME_WAIT_MS = 30_000;
/** If more than this many changes of a kind happen at once, only their number is announced. */
const MAX_SENTENCES = 3;
/** In a longer list, only the user's own calls are announced when they are held. */
const MAX_FOLLOWED_SESSIONS = 20;

interface StoppedCall {
  readonly session: SessionView;
  readonly stoppedAt: number;
}

/** Finds the sentences that screen readers announce about calls. */
export class CallAnnouncements {
  #sessions: ReadonlyMap<string, SessionView> | undefined;
  /** When each session was last seen ringing. */
  readonly #lastRingingAt = new Map<string, number>();
  /** Sessions that stopped ringing without an answer, until the call log knows why. */
  readonly #stopped = new Map<string, StoppedCall>();

  constructor(private readonly i18n: I18n) {}

  /** Returns what to announce. Calls that ring when the window opens aren't: it shows them. */
  update(sessions: ReadonlyMap<string, SessionView>, now: number): readonly string[] {
    const before = this.#sessions;
    const texts = before === undefined ? [] : this.#describeChanges(before, sessions, now);
    this.#sessions = sessions;
    for (const { id, phase } of sessions.values()) {
      if (phase !== 'ringing') continue;
      this.#lastRingingAt.set(id, now);
      this.#stopped.delete(id);
    }
    for (const [id, at] of this.#lastRingingAt) {
      if (now - at > SAME_RING_MS) this.#lastRingingAt.delete(id);
    }
    return texts;
  }

  /** Returns what to announce about calls that stopped ringing, once the call log has them. */
  async findOutcomes(bridge: Bridge, now: number): Promise<readonly string[]> {
    const found = await Promise.all(
      [...this.#stopped].map(async ([id, call]) => {
        const details = await bridge.request('session:details', id);
        return { id, call, outcome: details?.entry?.outcome };
      }),
    );
    const missed: SessionView[] = [];
    const texts: string[] = [];
    for (const { id, call, outcome } of found) {
      // It rings again, or another request was faster.
      if (this.#stopped.get(id) !== call) continue;
      const isKnown = outcome !== undefined && outcome.kind !== 'active';
      if (isKnown || now - call.stoppedAt > OUTCOME_WAIT_MS) this.#stopped.delete(id);
      if (!isKnown) continue;
      if (outcome.kind === 'missed') missed.push(call.session);
      else texts.push(this.#describeOutcome(call.session, outcome));
    }
    const { t } = this.i18n;
    return [
      ...this.#describe(
        missed,
        (name) => t('announcement.missed', { name }),
        (count) => t('announcement.missedMany', { count }),
      ),
      ...(texts.length > MAX_SENTENCES ? [] : texts),
    ];
  }

  #describeChanges(
    before: ReadonlyMap<string, SessionView>,
    sessions: ReadonlyMap<string, SessionView>,
    now: number,
  ): readonly string[] {
    const ringing: SessionView[] = [];
    const answered: SessionView[] = [];
    const held: SessionView[] = [];
    const resumed: SessionView[] = [];
    for (const session of sessions.values()) {
      const { id, phase } = session;
      const previous = before.get(id)?.phase;
      if (phase === previous || session.notes.priority === 'nuisance') continue;
      const isFollowed = session.isOwn || sessions.size <= MAX_FOLLOWED_SESSIONS;
      if (phase === 'ringing') {
        if (!this.#lastRingingAt.has(id)) ringing.push(session);
      } else if (phase === 'connected') {
        if (previous === 'ringing') answered.push(session);
        else if (previous === 'held' && isFollowed) resumed.push(session);
      } else if (phase === 'held') {
        if (previous !== undefined && isFollowed) held.push(session);
      } else if (previous === 'ringing' && phase !== 'queued') {
        this.#stopped.set(id, { session, stoppedAt: now });
      }
    }
    for (const [id, session] of before) {
      if (isRinging(session) && !sessions.has(id)) {
        this.#stopped.set(id, { session, stoppedAt: now });
      }
    }
    const { t } = this.i18n;
    return [
      ...this.#describe(
        ringing,
        (name, session) => this.#describeRing(name, session),
        (count) => t('announcement.ringingMany', { count }),
      ),
      ...this.#describe(answered, (name, session) =>
        this.#describeAnswer(name, session.answeredBy, session.isAnsweredByUser),
      ),
      ...this.#describe(held, (name) => t('announcement.held', { name })),
      ...this.#describe(resumed, (name) => t('announcement.resumed', { name })),
    ];
  }

  #describeOutcome(session: SessionView, outcome: Outcome): string {
    const name = getCallerName(session, this.i18n);
    return outcome.kind === 'answered'
      ? this.#describeAnswer(name, outcome.by, outcome.isOwn)
      : this.i18n.t('announcement.stopped', { name });
  }

  #describeRing(name: string, { channel, customer }: SessionView): string {
    const { t } = this.i18n;
    const kind = channel === 'Chat' ? 'chat' : 'ringing';
    return customer === undefined
      ? t(`announcement.${kind}`, { name })
      : t(`announcement.${kind}For`, { name, customer });
  }

  #describeAnswer(name: string, agent: string | undefined, isOwn: boolean): string {
    const { t } = this.i18n;
    if (isOwn) return t('announcement.answeredByYou', { name });
    return agent === undefined
      ? t('announcement.answered', { name })
      : t('announcement.answeredBy', { name, agent });
  }

  /** Returns a sentence for each session, or the count if there are many. */
  #describe(
    sessions: readonly SessionView[],
    getText: (name: string, session: SessionView) => string,
    getCountText?: (count: number) => string,
  ): readonly string[] {
    if (sessions.length > MAX_SENTENCES) return getCountText ? [getCountText(sessions.length)] : [];
    return sessions.map((session) => getText(getCallerName(session, this.i18n), session));
  }
}
