/** An entry of the call log as one line of JSON, and back. */
import * as v from 'valibot';
import type { LogEntry } from '../log-entry';
import { PHASES } from '../phase';
import { shortened } from '../text';
import { MOST_SEGMENTS } from '../watch/call';

/** What a line of the file holds. */
export type SavedLine =
  | {
      readonly kind: 'entry';
      readonly entry: LogEntry;
      /** Written before the older lines were read: whether it was looked at, those tell. */
      readonly blind: boolean;
    }
  /** Written by a newer Ringside: to be kept as it is. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'rubbish' };

/** The longest line in bytes: more than the longest entry makes, all of it escaped. */
export const LONGEST_LINE = 128 * 1024;

const VERSION = 1;
/** Longest text of an entry in UTF-16 units; what is longer is neither a name nor a number. */
const LONGEST_TEXT = 500;
/** Customers above a customer that are kept, the innermost ones. */
const DEEPEST_PATH = 20;
/** The instant furthest from 1970 that is a date, in ms. */
const FURTHEST = 8.64e15;

const instant = v.pipe(v.number(), v.minValue(-FURTHEST), v.maxValue(FURTHEST));
const duration = v.pipe(v.number(), v.minValue(0), v.maxValue(FURTHEST));
/** JSON has no `undefined`: a property that is absent comes back with that value. */
const maybeText = v.optional(v.string(), () => undefined);
const maybeInstant = v.optional(instant, () => undefined);

const fields: { readonly [Name in keyof LogEntry]: v.GenericSchema<unknown, LogEntry[Name]> } = {
  facts: v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    direction: v.picklist(['incoming', 'outgoing']),
    channel: maybeText,
    party: v.object({ name: maybeText, number: maybeText }),
    place: v.object({ customer: maybeText, path: v.array(v.string()), endpoint: maybeText }),
  }),
  account: maybeText,
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('active') }),
    v.object({ kind: v.literal('answered'), by: maybeText, byMe: v.boolean() }),
    v.object({ kind: v.literal('missed'), inferred: v.boolean(), away: v.boolean() }),
    v.object({ kind: v.literal('outgoing') }),
    v.object({ kind: v.literal('abandoned') }),
    v.object({ kind: v.literal('ended') }),
  ]),
  startedAt: instant,
  answeredAt: maybeInstant,
  endedAt: maybeInstant,
  rang: duration,
  talked: duration,
  held: duration,
  segments: v.array(v.object({ phase: v.picklist(PHASES), from: instant })),
  seen: v.boolean(),
};
const saved = v.object({ v: v.literal(VERSION), blind: v.optional(v.boolean(), false), ...fields });
const newer = v.object({ v: v.pipe(v.number(), v.gtValue(VERSION)) });

/** An entry in the form that is kept: texts and lists bounded, durations in whole ms. */
export function keptEntry({ facts, outcome, segments, ...entry }: LogEntry): LogEntry {
  const { party, place } = facts;
  // Spelled out, although spreading would be shorter: objects that all have their properties in
  // the same order share one layout in memory, and there are thousands of them.
  return {
    facts: {
      id: facts.id,
      direction: facts.direction,
      channel: short(facts.channel),
      party: { name: short(party.name), number: short(party.number) },
      place: {
        customer: short(place.customer),
        path: place.path.slice(-DEEPEST_PATH).map((name) => shortened(name, LONGEST_TEXT)),
        endpoint: short(place.endpoint),
      },
    },
    account: short(entry.account),
    outcome:
      outcome.kind === 'answered'
        ? { kind: outcome.kind, by: short(outcome.by), byMe: outcome.byMe }
        : outcome,
    startedAt: entry.startedAt,
    answeredAt: entry.answeredAt,
    endedAt: entry.endedAt,
    rang: Math.round(entry.rang),
    talked: Math.round(entry.talked),
    held: Math.round(entry.held),
    segments: segments.slice(0, MOST_SEGMENTS).map(({ phase, from }) => ({ phase, from })),
    seen: entry.seen,
  };
}

/**
 * A kept entry as the line that saves it, without the line's end. Plain ASCII, so that damage to
 * a file costs no character beside the damaged ones.
 */
export function lineOf(entry: LogEntry, { blind = false } = {}): string {
  const line = JSON.stringify({ v: VERSION, ...(blind ? { blind } : {}), ...entry });
  return line.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads a line back, whoever wrote it. Never throws. */
export function readLine(line: string): SavedLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { kind: 'rubbish' };
  }
  const read = v.safeParse(saved, json);
  if (!read.success) return { kind: v.is(newer, json) ? 'newer' : 'rubbish' };
  return { kind: 'entry', entry: keptEntry(read.output), blind: read.output.blind };
}

function short(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shortened(text, LONGEST_TEXT);
}
