import type { Phase } from '../../../core/calls/phase';
import type { SessionDetails } from '../../../shared/ipc';

/** An event of a call, reported by the server or observed by Ringside. */
export interface TimelineEvent {
  readonly key: string;
  /** ms since 1970, undefined if the server sent an invalid date. */
  readonly at: number | undefined;
  readonly content:
    | { readonly kind: 'message'; readonly text: string }
    | { readonly kind: 'phase'; readonly phase: Phase };
}

/** Merges events and phases by time. An event without a date stays after its predecessor. */
export function createTimeline(
  details: Pick<SessionDetails, 'events' | 'segments'>,
): readonly TimelineEvent[] {
  let last = Number.NEGATIVE_INFINITY;
  const messages = details.events.map(({ at, message }, index) => {
    last = Math.max(last, at ?? last);
    const content = { kind: 'message', text: message } as const;
    return { order: at ?? last, key: `message:${index}`, at, content };
  });
  const phases = details.segments.map(({ phase, from }, index) => ({
    order: from,
    key: `phase:${index}`,
    at: from,
    content: { kind: 'phase', phase } as const,
  }));
  return [...phases, ...messages].toSorted((a, b) => a.order - b.order || 0);
}
