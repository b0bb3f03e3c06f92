/** An entry of the call log as one line of JSON, and back. */
import * as v from 'valibot';
import type { LogEntry } from './entry';
import { normalizeParty } from '../calls/call-summary';
import { PHASES } from '../calls/phase';
import { truncate } from '../api/sanitize';
import { MAX_SEGMENTS } from '../calls/call';
import { renameKeys, type RenamedKeys } from '../stored-json';

/** What a line of the file holds. */
export type ParsedLine =
  | {
      readonly kind: 'entry';
      readonly entry: LogEntry;
      /** Written before the older lines were read: whether it was looked at, those tell. */
      readonly isProvisional: boolean;
    }
  /** Written by a newer Ringside: to be kept as it is. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'invalid' };

/** The longest line in bytes: more than the longest entry makes, all of it escaped. */
export const MAX_LINE_BYTES = 128 * 1024;

const VERSION = 2;
/** Longest text of an entry in UTF-16 units; what is longer is neither a name nor a number. */
const MAX_TEXT_LENGTH = 500;
/** Customers above a customer that are kept, the innermost ones. */
const MAX_PATH_LENGTH = 20;
/** The instant furthest from 1970 that is a date, in ms. */
const MAX_DATE_MS = 8.64e15;

const instant = v.pipe(v.number(), v.minValue(-MAX_DATE_MS), v.maxValue(MAX_DATE_MS));
const duration = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_DATE_MS));
/** JSON has no `undefined`: a property that is absent comes back with that value. */
const maybeText = v.optional(v.string(), () => undefined);
const maybeInstant = v.optional(instant, () => undefined);

const fields: { readonly [Name in keyof LogEntry]: v.GenericSchema<unknown, LogEntry[Name]> } = {
  summary: v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    direction: v.picklist(['incoming', 'outgoing']),
    channel: maybeText,
    party: v.object({
      name: maybeText,
      number: maybeText,
      isWithheld: v.exactOptional(v.boolean()),
    }),
    customer: maybeText,
    customerPath: v.array(v.string()),
    endpoint: maybeText,
  }),
  accountLabel: maybeText,
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('active') }),
    v.object({ kind: v.literal('answered'), by: maybeText, isOwn: v.boolean() }),
    v.object({ kind: v.literal('missed'), isInferred: v.boolean(), wasAway: v.boolean() }),
    v.object({ kind: v.literal('outgoing') }),
    v.object({ kind: v.literal('abandoned') }),
    v.object({ kind: v.literal('ended') }),
  ]),
  startedAt: instant,
  answeredAt: maybeInstant,
  endedAt: maybeInstant,
  ringMs: duration,
  talkMs: duration,
  holdMs: duration,
  segments: v.array(v.object({ phase: v.picklist(PHASES), from: instant })),
  isSeen: v.boolean(),
};
const savedEntry = v.object({
  v: v.literal(VERSION),
  isProvisional: v.optional(v.boolean(), false),
  ...fields,
});
const newer = v.object({ v: v.pipe(v.number(), v.gtValue(VERSION)) });

/** An entry in the form that is kept: texts and lists bounded, durations in whole ms. */
export function normalizeEntry({ summary, outcome, segments, ...entry }: LogEntry): LogEntry {
  const { customerPath } = summary;
  const party = normalizeParty(summary.party);
  // Spelled out, although spreading would be shorter: objects that all have their properties in
  // the same order share one layout in memory, and there are thousands of them.
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
  };
}

/**
 * A kept entry as the line that saves it, without the line's end. Plain ASCII, so that damage to
 * a file costs no character beside the damaged ones.
 */
export function serializeEntry(entry: LogEntry, { isProvisional = false } = {}): string {
  const line = JSON.stringify({
    v: VERSION,
    ...(isProvisional ? { isProvisional } : {}),
    ...entry,
  });
  return line.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads a line back, whoever wrote it. Never throws. */
export function parseLine(line: string): ParsedLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { kind: 'invalid' };
  }
  const read = v.safeParse(savedEntry, migrate(json));
  if (!read.success) return { kind: v.is(newer, json) ? 'newer' : 'invalid' };
  return {
    kind: 'entry',
    entry: normalizeEntry(read.output),
    isProvisional: read.output.isProvisional,
  };
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

/** Version 1 had other names. */
function migrate(json: unknown): unknown {
  const v1 = v.safeParse(v.looseObject({ v: v.literal(1) }), json);
  if (!v1.success) return json;
  return renameKeys({ ...v1.output, v: VERSION }, V1_KEYS);
}
