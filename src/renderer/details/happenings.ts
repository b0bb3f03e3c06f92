import type { Phase } from '../../core/phase';
import type { SessionDetails } from '../../shared/contract';

/** Something that happened in a call: told by the server, or seen by Ringside. */
export interface Happening {
  readonly key: string;
  /** ms since 1970, absent where the server's date was no date. */
  readonly at: number | undefined;
  readonly what:
    | { readonly kind: 'told'; readonly message: string }
    | { readonly kind: 'seen'; readonly phase: Phase };
}

/** What happened, the earliest first; what has no date stays behind the one it came after. */
export function happeningsOf(
  details: Pick<SessionDetails, 'events' | 'segments'>,
): readonly Happening[] {
  let last = Number.NEGATIVE_INFINITY;
  const told = details.events.map(({ at, message }, index) => {
    last = Math.max(last, at ?? last);
    const order = at ?? last;
    return { order, key: `told:${index}`, at, what: { kind: 'told', message } as const };
  });
  const seen = details.segments.map(({ phase, from }, index) => ({
    order: from,
    key: `seen:${index}`,
    at: from,
    what: { kind: 'seen', phase } as const,
  }));
  return [...seen, ...told].toSorted((a, b) => a.order - b.order || 0);
}
