import type { SessionDetails } from '../../../shared/ipc';

/** A raw field: a single value or nested fields. */
export type RawFieldContent =
  | { readonly kind: 'value'; readonly text: string; readonly fullText: string }
  | { readonly kind: 'nested'; readonly entries: readonly (readonly [string, unknown])[] };

/** Deeper levels are shown as JSON. */
const MAX_DEPTH = 6;
/** Longer values are truncated on screen, but copied in full. */
const MAX_TEXT_LENGTH = 2_000;

/** Prepares a raw value at a nesting depth for display. */
export function parseRawField(value: unknown, depth: number): RawFieldContent {
  if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    const entries = Object.entries(value);
    if (entries.length > 0) return { kind: 'nested', entries };
  }
  const fullText = typeof value === 'string' ? value : toJson(value);
  const text =
    fullText.length > MAX_TEXT_LENGTH ? `${fullText.slice(0, MAX_TEXT_LENGTH)}…` : fullText;
  return { kind: 'value', text, fullText };
}

/**
 * The fields of a session: as the server sent them or, once it no longer returns the session, what
 * the log kept, with times in ISO 8601.
 */
export function getAllFields({
  fields,
  entry,
  members,
  events,
}: SessionDetails): Readonly<Record<string, unknown>> | undefined {
  if (fields) return fields;
  if (!entry) return undefined;
  const { summary, segments, startedAt, answeredAt, endedAt, ringMs, talkMs, holdMs } = entry;
  const logged = {
    ...summary,
    calledNumber: entry.calledNumber,
    account: entry.accountLabel,
    outcome: entry.outcome,
    startedAt: formatInstant(startedAt),
    answeredAt: formatInstant(answeredAt),
    endedAt: formatInstant(endedAt),
    ringMs,
    talkMs,
    holdMs,
    segments: segments.map(({ phase, from }) => ({ phase, from: formatInstant(from) })),
    members,
    events: events.map(({ at, message }) => ({ at: formatInstant(at), message })),
  };
  return omitUndefined(logged) as Readonly<Record<string, unknown>>;
}

function formatInstant(instant: number | undefined): string | undefined {
  const date = new Date(instant ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function omitUndefined(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Formats a value as indented JSON. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
