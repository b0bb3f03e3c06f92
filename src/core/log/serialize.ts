/** Saves and restores call log entries, one JSON line each. */
import * as v from 'valibot';
import { normalizeRecord, storedRecord } from './call-record';
import type { LogEntry } from './entry';
import { normalizeParty } from '../calls/call-summary';
import { PHASES } from '../calls/phase';
import { truncate } from '../api/sanitize';
import { MAX_SEGMENTS } from '../calls/call';
import {
  MAX_DATE_MS,
  optionalText,
  parseJson,
  renameKeys,
  storedSummary,
  type RenamedKeys,
} from '../stored-json';

/** What a line of the call log file contains. */
export type ParsedLine =
  | {
      readonly kind: 'entry';
      readonly entry: LogEntry;
      /** Written before the log had been read, so an older line knows whether it was seen. */
      readonly isProvisional: boolean;
    }
  /** Written by a newer version; kept unchanged. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'invalid' };

/** No entry is longer, even with every character escaped. */
export const MAX_LINE_BYTES = 192 * 1024;

const VERSION = 2;
/** In UTF-16 units. Names and numbers aren't longer. */
const MAX_TEXT_LENGTH = 500;
/** The innermost customers are kept. */
const MAX_PATH_LENGTH = 20;

const instant = v.pipe(v.number(), v.minValue(-MAX_DATE_MS), v.maxValue(MAX_DATE_MS));
const duration = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_DATE_MS));
const optionalInstant = v.optional(instant, () => undefined);

const callbackMark = v.object({ kind: v.picklist(['done', 'reopened', 'past']), at: instant });

const fields: {
  readonly [Name in Exclude<keyof LogEntry, 'callbackMark'>]-?: v.GenericSchema<
    unknown,
    LogEntry[Name]
  >;
} = {
  summary: storedSummary,
  accountLabel: optionalText,
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('active') }),
    v.object({ kind: v.literal('answered'), by: optionalText, isOwn: v.boolean() }),
    v.object({ kind: v.literal('missed'), isInferred: v.boolean(), wasAway: v.boolean() }),
    v.object({ kind: v.literal('outgoing') }),
    v.object({ kind: v.literal('abandoned') }),
    v.object({ kind: v.literal('ended') }),
  ]),
  startedAt: instant,
  answeredAt: optionalInstant,
  endedAt: optionalInstant,
  ringMs: duration,
  talkMs: duration,
  holdMs: duration,
  segments: v.array(v.object({ phase: v.picklist(PHASES), from: instant })),
  isSeen: v.boolean(),
  gap: v.optional(v.object({ from: instant, to: instant }), () => undefined),
  record: storedRecord,
};
const savedEntry = v.object({
  v: v.literal(VERSION),
  isProvisional: v.optional(v.boolean(), false),
  callbackMark: v.optional(v.nullable(callbackMark)),
  ...fields,
});
const newer = v.object({ v: v.pipe(v.number(), v.gtValue(VERSION)) });

/** Limits the texts and lists of an entry and rounds its durations. */
export function normalizeEntry({ summary, outcome, segments, ...entry }: LogEntry): LogEntry {
  const { customerPath } = summary;
  const party = normalizeParty(summary.party);
  // Spelled out so that thousands of entries share one hidden class.
  return {
    summary: {
      id: summary.id,
      direction: summary.direction,
      channel: truncateOptional(summary.channel),
      party: {
        ...party,
        name: truncateOptional(party.name),
        number: truncateOptional(party.number),
      },
      customer: truncateOptional(summary.customer),
      customerPath: customerPath
        .slice(-MAX_PATH_LENGTH)
        .map((name) => truncate(name, MAX_TEXT_LENGTH)),
      endpoint: truncateOptional(summary.endpoint),
    },
    accountLabel: truncateOptional(entry.accountLabel),
    outcome:
      outcome.kind === 'answered'
        ? { kind: outcome.kind, by: truncateOptional(outcome.by), isOwn: outcome.isOwn }
        : outcome,
    startedAt: entry.startedAt,
    answeredAt: entry.answeredAt,
    endedAt: entry.endedAt,
    ringMs: Math.round(entry.ringMs),
    talkMs: Math.round(entry.talkMs),
    holdMs: Math.round(entry.holdMs),
    segments: segments.slice(0, MAX_SEGMENTS).map(({ phase, from }) => ({ phase, from })),
    isSeen: entry.isSeen,
    callbackMark: entry.callbackMark,
    gap: entry.gap && { from: entry.gap.from, to: entry.gap.to },
    record: entry.record && normalizeRecord(entry.record),
  };
}

/** Returns an entry as it's written to disk. */
export function toSavedEntry(entry: LogEntry): object {
  return { v: VERSION, ...entry };
}

/** Parses a saved entry; `undefined` if it isn't one of this version. */
export function parseEntry(json: unknown): LogEntry | undefined {
  const read = v.safeParse(savedEntry, json);
  return read.success ? toEntry(read.output) : undefined;
}

/**
 * Serializes a normalized entry as one line of ASCII, so that a damaged byte affects one character
 * only.
 */
export function serializeEntry(entry: LogEntry, { isProvisional = false } = {}): string {
  const line = JSON.stringify({
    ...toSavedEntry(entry),
    ...(isProvisional ? { isProvisional } : {}),
  });
  return line.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Parses a line of this version or an older one. Never throws. */
export function parseLine(line: string): ParsedLine {
  let json: unknown;
  try {
    json = parseJson(line);
  } catch {
    return { kind: 'invalid' };
  }
  const read = v.safeParse(savedEntry, migrate(json));
  if (!read.success) return { kind: v.is(newer, json) ? 'newer' : 'invalid' };
  return { kind: 'entry', entry: toEntry(read.output), isProvisional: read.output.isProvisional };
}

function toEntry(saved: v.InferOutput<typeof savedEntry>): LogEntry {
  const { isSeen, startedAt } = saved;
  // Versions without marks had no list of calls to return, only unseen missed calls.
  const { callbackMark = isSeen ? { kind: 'past', at: startedAt } : null } = saved;
  return normalizeEntry({ ...saved, callbackMark });
}

function truncateOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : truncate(text, MAX_TEXT_LENGTH);
}

const V1_KEYS: RenamedKeys = {
  facts: 'summary',
  place: null,
  path: 'customerPath',
  account: 'accountLabel',
  byMe: 'isOwn',
  inferred: 'isInferred',
  away: 'wasAway',
  rang: 'ringMs',
  talked: 'talkMs',
  held: 'holdMs',
  seen: 'isSeen',
  blind: 'isProvisional',
};

/** Version 1 used other names. */
function migrate(json: unknown): unknown {
  const v1 = v.safeParse(v.looseObject({ v: v.literal(1) }), json);
  if (!v1.success) return json;
  return renameKeys({ ...v1.output, v: VERSION }, V1_KEYS);
}
