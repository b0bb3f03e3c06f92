import type { Phase } from '../../../core/calls/phase';
import type { LogEntryView, SessionDetails } from '../../../shared/ipc';

/** An event of a call, reported by the server or observed by Ringside. */
export interface TimelineEvent {
  readonly key: string;
  /** ms since 1970, undefined if the server sent an invalid date. */
  readonly at: number | undefined;
  readonly content:
    | { readonly kind: 'message'; readonly text: string }
    | { readonly kind: 'phase'; readonly phase: Phase }
    /** How the call ended. */
    | { readonly kind: 'end'; readonly entry: LogEntryView };
}

/**
 * Merges events and phases by time, with the end of a call that is over last. An event without a date
 * stays after its predecessor.
 */
export function createTimeline(
  details: Pick<SessionDetails, 'events' | 'segments'>,
  ended?: LogEntryView,
): readonly TimelineEvent[] {
  let last = Number.NEGATIVE_INFINITY;
  const messages = details.events.map(({ at, message }, index) => {
    last = Math.max(last, at ?? last);
    const content = { kind: 'message', text: message } as const;
    return { order: at ?? last, key: `message:${index}`, at, content };
  });
  const segments = ended
    ? details.segments.filter(({ phase }) => phase !== 'ended')
    : details.segments;
  const phases = segments.map(({ phase, from }, index) => ({
    order: from,
    key: `phase:${index}`,
    at: from,
    content: { kind: 'phase', phase } as const,
  }));
  const events = [...phases, ...messages].toSorted((a, b) => a.order - b.order || 0);
  if (!ended) return events;
  return [...events, { key: 'end', at: ended.endedAt, content: { kind: 'end', entry: ended } }];
}
