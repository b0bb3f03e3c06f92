import type { ChatMessageInfo, SessionInfo } from './api-types';
import { formatDate, parseDate } from './dates';
import { JAMIE } from './scenario/people';

/** Who writes what, and how many seconds after the chat began. */
const SCRIPT: readonly (readonly [seconds: number, by: 'caller' | 'agent', body: string])[] = [
  [0, 'caller', 'Hi, are you open this Saturday?'],
  [2, 'caller', 'I’d like to bring something back that I rented last week.'],
  [12, 'agent', 'Good morning! Yes, from 9 to 1.'],
  [20, 'agent', 'Here’s the form for returns: https://example.com/returns'],
  [31, 'caller', 'Great, thank you.\nDo I need the receipt?'],
  [43, 'agent', 'No, your name is enough.'],
  [70, 'caller', 'Perfect. This is what it looks like:'],
];
const PICTURE = {
  seconds: 74,
  mediaUri: 'https://example.com/picture.jpg',
  mediaContentType: 'image/jpeg',
};

/** The messages of chats: written by a script, unless a test has set them. */
export class Transcripts {
  readonly #messages = new Map<string, unknown>();

  /** Replaces the messages of a chat with any value, valid or not. */
  set(id: string, messages: unknown): void {
    this.#messages.set(id, messages);
  }

  /** The messages of a session until `now` (ms since 1970). */
  get(session: SessionInfo, now: number): unknown {
    const { id, channel, answeredByName } = session;
    if (this.#messages.has(id)) return this.#messages.get(id);
    const startedAt = parseDate(session.dateCreated);
    if (channel !== 'Chat' || Number.isNaN(startedAt)) return [];
    const completedAt = parseDate(session.dateCompleted);
    const until = completedAt > startedAt ? Math.min(now, completedAt) : now;
    const isAnswered = answeredByName !== undefined || session.callState !== 'Ringing';
    const caller = session.fromAddress ?? session.fromName;
    const agent = answeredByName ?? JAMIE.name;
    const isSent = (seconds: number): boolean => startedAt + seconds * 1_000 <= until;
    const toDate = (seconds: number): string => formatDate(startedAt + seconds * 1_000, 'iso7');
    const lines = SCRIPT.slice(0, isAnswered ? SCRIPT.length : 2).flatMap(
      ([seconds, by, body]): readonly ChatMessageInfo[] => {
        const from = by === 'caller' ? caller : agent;
        return isSent(seconds)
          ? [{ date: toDate(seconds), ...(from !== undefined && { from }), body }]
          : [];
      },
    );
    if (!isAnswered || !isSent(PICTURE.seconds)) return lines;
    const { seconds, ...picture } = PICTURE;
    return [
      ...lines,
      { date: toDate(seconds), ...(caller !== undefined && { from: caller }), ...picture },
    ];
  }
}
