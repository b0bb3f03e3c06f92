import type { SessionInfo } from './api-types';
import { formatDate, parseDate } from './dates';
import { JAMIE } from './scenario/people';

/** Who writes what, and how many seconds after the chat began. */
const SCRIPT: readonly (readonly [seconds: number, by: 'caller' | 'agent', message: object])[] = [
  [0, 'caller', { body: 'Hi, are you open this Saturday?' }],
  [2, 'caller', { body: 'I’d like to bring something back that I rented last week.' }],
  [12, 'agent', { body: 'Good morning! Yes, from 9 to 1.' }],
  [20, 'agent', { body: 'Here’s the form for returns: https://example.com/returns' }],
  [31, 'caller', { body: 'Great, thank you.\nDo I need the receipt?' }],
  [43, 'agent', { body: 'No, your name is enough.' }],
  [70, 'caller', { body: 'Perfect. This is what it looks like:' }],
  [74, 'caller', { mediaUri: 'https://example.com/picture.jpg', mediaContentType: 'image/jpeg' }],
];
/** The messages of a chat that no one has answered. */
const UNANSWERED_COUNT = 2;

/** The messages of chats: written by a script, unless a test has set them. */
export class Transcripts {
  readonly #messages = new Map<string, unknown>();

  /** Replaces the messages of a chat with any value, valid or not. */
  set(id: string, messages: unknown): void {
    this.#messages.set(id, messages);
  }

  /** The messages of a session until `now` (ms since 1970). */
  get(session: SessionInfo, now: number): unknown {
    const { id, channel, answeredByName, callState } = session;
    if (this.#messages.has(id)) return this.#messages.get(id);
    const startedAt = parseDate(session.dateCreated);
    if (channel !== 'Chat' || Number.isNaN(startedAt)) return [];
    const completedAt = parseDate(session.dateCompleted);
    const until = completedAt > startedAt ? Math.min(now, completedAt) : now;
    const isAnswered = answeredByName !== undefined || callState !== 'Ringing';
    const caller = session.fromAddress ?? session.fromName;
    const agent = answeredByName ?? JAMIE.name;
    return SCRIPT.slice(0, isAnswered ? SCRIPT.length : UNANSWERED_COUNT)
      .map(([seconds, by, message]) => ({ at: startedAt + seconds * 1_000, by, message }))
      .filter(({ at }) => at <= until)
      .map(({ at, by, message }) => ({
        date: formatDate(at, 'iso7'),
        from: by === 'caller' ? caller : agent,
        ...message,
      }));
  }
}
