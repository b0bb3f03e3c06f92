/** The watch as plain JSON and back: what keeps the promise "exactly once" across runs of the app. */
import * as v from 'valibot';
import type { Alert, Miss } from '../alert';
import type { Facts } from '../facts';
import type { Mark } from '../mark';
import { PHASES } from '../phase';
import type { Call, Hold, Missed, Ring } from './call';
import type { Watch } from './watch';

/** A watch as JSON: lists of pairs for maps, so that any text can be the id of a session. */
export interface SavedWatch extends Omit<Watch, 'calls' | 'told'> {
  readonly version: 1;
  readonly calls: readonly Call[];
  readonly told: readonly (readonly [id: string, missed: Missed])[];
}

/** A watch that was read back, or why there is none: damaged, or written by a newer Ringside. */
export type ReadWatch =
  | { readonly ok: true; readonly watch: Watch }
  | { readonly ok: false; readonly reason: 'not-a-watch' | 'newer' };

const VERSION = 1;

/** Further from 1970 there are no dates, and no duration is longer. In ms. */
const FURTHEST = 8.64e15;
const number = v.pipe(v.number(), v.minValue(-FURTHEST), v.maxValue(FURTHEST));
const count = v.pipe(number, v.integer(), v.minValue(0));
/** JSON has no `undefined`: a property that is absent comes back with that value. */
const maybeText = v.optional(v.string(), () => undefined);
const maybeNumber = v.optional(number, () => undefined);

const mark: Of<Mark> = v.object({ wall: number, steady: number, run: v.string() });
const facts: Of<Facts> = v.object({
  id: v.string(),
  direction: v.picklist(['incoming', 'outgoing']),
  channel: maybeText,
  party: v.object({ name: maybeText, number: maybeText }),
  place: v.object({ customer: maybeText, path: v.array(v.string()), endpoint: maybeText }),
});
const miss: Of<Miss> = v.object({
  facts,
  at: number,
  rang: maybeNumber,
  inferred: v.boolean(),
  found: v.picklist(['now', 'away', 'silence']),
});
const trouble = v.picklist(['offline', 'sign-in', 'forbidden']);
const key = v.string();
const alert: Of<Alert> = v.variant('kind', [
  v.object({ kind: v.literal('ringing'), key, facts }),
  v.object({ kind: v.literal('ringing-many'), key, count }),
  v.object({ kind: v.literal('missed'), key, miss }),
  v.object({
    kind: v.literal('missed-many'),
    key,
    misses: v.array(miss),
    because: v.picklist(['away', 'silence']),
  }),
  v.object({ kind: v.literal('held-long'), key, facts, limit: number }),
  v.object({ kind: v.literal('trouble'), key, trouble }),
]);
const spell: Of<Ring> & Of<Hold> = v.object({
  number: count,
  startedAt: mark,
  leftAt: v.nullable(mark),
  telling: v.picklist(['untold', 'shown', 'counted', 'over']),
});
const phase = v.picklist(PHASES);
const missed: Of<Missed> = v.object({
  inferred: v.boolean(),
  away: v.boolean(),
  past: v.boolean(),
  answered: v.boolean(),
});
const call: Of<Call> = v.object({
  facts,
  phase,
  phaseSince: mark,
  startedAt: number,
  ring: v.nullable(spell),
  hold: v.nullable(spell),
  answer: v.nullable(v.object({ at: number, by: maybeText, byMe: v.boolean() })),
  missed: v.nullable(missed),
  past: v.boolean(),
  endedAt: v.nullable(number),
  spent: v.object({ ringing: number, connected: number, held: number }),
  segments: v.array(v.object({ phase, from: number })),
  gone: v.nullable(mark),
  lookUp: v.nullable(v.object({ away: v.boolean() })),
});
const savedWatch: Of<SavedWatch> = v.object({
  version: v.literal(VERSION),
  seenAt: v.nullable(mark),
  calls: v.array(call),
  told: v.array(v.tuple([v.string(), missed])),
  waiting: v.array(miss),
  open: v.array(alert),
  failing: v.nullable(
    v.object({ since: mark, trouble, troubleSince: mark, told: v.array(trouble) }),
  ),
});

/** A schema that reads exactly this type. */
type Of<Out> = v.GenericSchema<unknown, Out>;

/** The watch as it is written to disk. */
export function toSaved(watch: Watch): SavedWatch {
  return {
    ...watch,
    version: VERSION,
    calls: [...watch.calls.values()],
    told: [...watch.told],
  };
}

/** The text of a watch as it is written to disk. */
export function savedText(watch: Watch): string {
  return JSON.stringify(toSaved(watch));
}

/** Reads a watch back from parsed JSON. Never throws, and never makes do with half a watch. */
export function fromSaved(json: unknown): ReadWatch {
  if (v.is(v.object({ version: v.pipe(number, v.gtValue(VERSION)) }), json)) {
    return { ok: false, reason: 'newer' };
  }
  const read = v.safeParse(savedWatch, json);
  if (!read.success) return { ok: false, reason: 'not-a-watch' };
  const { seenAt, calls, told, waiting, open, failing } = read.output;
  const byId = new Map(calls.map((call) => [call.facts.id, call]));
  const watch = { seenAt, calls: byId, told: new Map(told), waiting, open, failing };
  return { ok: true, watch };
}
