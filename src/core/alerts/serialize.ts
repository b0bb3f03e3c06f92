/** Saves and restores the alert state, so that alerts stay exactly-once across restarts. */
import * as v from 'valibot';
import type { Alert, MissedCall } from './alert';
import type { Timestamp } from '../timestamp';
import { PHASES } from '../calls/phase';
import {
  MAX_DATE_MS,
  optionalText,
  renameKeys,
  storedSummary as summary,
  type RenamedKeys,
} from '../stored-json';
import type { Call, Interval, MissStatus } from '../calls/call';
import type { AlertState } from './alert-state';
import { UNKNOWN_OWNERSHIP } from './catch-up';
import type { AnnouncedVoicemail } from './voicemail-alerts';

/** The alert state as JSON. Maps are lists of pairs, so that any text can be a session id. */
export interface SavedAlertState extends Omit<
  AlertState,
  'calls' | 'missed' | 'aliases' | 'voicemail'
> {
  readonly version: 2;
  readonly calls: readonly Call[];
  readonly missed: readonly (readonly [id: string, missed: MissStatus])[];
  readonly aliases: readonly (readonly [serverId: string, id: string])[];
  readonly voicemail: {
    readonly isHeard: readonly (readonly [id: string, isHeard: boolean])[];
    readonly queued: readonly AnnouncedVoicemail[];
  } | null;
}

/** A parsed alert state, or why there is none. */
export type ParsedAlertState =
  | { readonly ok: true; readonly state: AlertState }
  | { readonly ok: false; readonly reason: 'invalid' | 'newer' };

const VERSION = 2;

const number = v.pipe(v.number(), v.minValue(-MAX_DATE_MS), v.maxValue(MAX_DATE_MS));
const count = v.pipe(number, v.integer(), v.minValue(0));
const optionalNumber = v.optional(number, () => undefined);

const timestamp: Of<Timestamp> = v.object({ wall: number, monotonic: number, bootId: v.string() });
const missedCall: Of<MissedCall> = v.object({
  summary,
  ringingSince: number,
  ringMs: optionalNumber,
  isInferred: v.boolean(),
  foundDuring: v.picklist(['live', 'away', 'do-not-disturb']),
});
const announcedVoicemail: Of<AnnouncedVoicemail> = v.object({
  id: v.string(),
  summary,
  durationMs: optionalNumber,
  transcription: optionalText,
});
const problem = v.picklist(['offline', 'keyring', 'sign-in', 'forbidden']);
const key = v.string();
const alert: Of<Alert> = v.variant('kind', [
  v.object({ kind: v.literal('ringing'), key, summary }),
  v.object({ kind: v.literal('missed'), key, missedCall }),
  v.object({ kind: v.literal('voicemail'), key, voicemail: announcedVoicemail, count }),
  v.object({ kind: v.literal('long-hold'), key, summary, limitMs: number }),
  v.object({ kind: v.literal('connection-problem'), key, problem }),
]);
const interval: Of<Interval> = v.object({
  number: count,
  startedAt: timestamp,
  endedAt: v.nullable(timestamp),
  stage: v.picklist(['pending', 'shown', 'done']),
});
const phase = v.picklist(PHASES);
const missed: Of<MissStatus> = v.object({
  isInferred: v.boolean(),
  wasAway: v.boolean(),
  isPast: v.boolean(),
  wasAnswered: v.boolean(),
});
const call: Of<Call> = v.object({
  summary,
  serverId: optionalText,
  callSid: optionalText,
  phase,
  phaseSince: timestamp,
  startedAt: number,
  ring: v.nullable(interval),
  hold: v.nullable(interval),
  answer: v.nullable(v.object({ at: number, by: optionalText, isOwn: v.boolean() })),
  missed: v.nullable(missed),
  isPast: v.boolean(),
  endedAt: v.nullable(number),
  phaseTotalsMs: v.object({ ringing: number, connected: number, held: number }),
  segments: v.array(v.object({ phase, from: number })),
  goneAt: v.nullable(timestamp),
  pendingLookup: v.nullable(
    v.object({
      wasAway: v.boolean(),
      attempts: v.optional(count, 0),
      lastAttemptAt: v.optional(v.nullable(timestamp), null),
    }),
  ),
});
const savedAlertState: Of<SavedAlertState> = v.object({
  version: v.literal(VERSION),
  lastSnapshotAt: v.nullable(timestamp),
  calls: v.array(call),
  missed: v.array(v.tuple([v.string(), missed])),
  queued: v.array(missedCall),
  open: v.array(alert),
  failure: v.nullable(
    v.object({
      since: timestamp,
      problem,
      problemSince: timestamp,
      announced: v.array(problem),
    }),
  ),
  catchUp: v.optional(
    v.nullable(v.object({ since: number, startedAt: timestamp, isFirstSignIn: v.boolean() })),
    null,
  ),
  ownership: v.optional(
    v.object({
      endpointIds: v.array(v.string()),
      memberIdentities: v.nullable(v.array(v.string())),
      lastSessionId: v.nullable(v.string()),
      hasSeveralSessions: v.boolean(),
    }),
    () => ({ ...UNKNOWN_OWNERSHIP, endpointIds: [], memberIdentities: null }),
  ),
  aliases: v.optional(v.array(v.tuple([v.string(), v.string()])), () => []),
  voicemail: v.optional(
    v.nullable(
      v.object({
        isHeard: v.array(v.tuple([v.string(), v.boolean()])),
        queued: v.array(announcedVoicemail),
      }),
    ),
    null,
  ),
});

/** A schema whose output is exactly this type. */
type Of<Out> = v.GenericSchema<unknown, Out>;

/** Returns the alert state as it's written to disk. */
export function toSavedAlertState(state: AlertState): SavedAlertState {
  return {
    ...state,
    version: VERSION,
    calls: [...state.calls.values()],
    missed: [...state.missed],
    aliases: [...state.aliases],
    voicemail: state.voicemail && {
      ...state.voicemail,
      isHeard: [...state.voicemail.isHeard],
    },
  };
}

/**
 * Parses a saved alert state of this version or an older one. Never throws, and never returns part
 * of a state.
 */
export function parseAlertState(json: unknown): ParsedAlertState {
  if (v.is(v.object({ version: v.pipe(number, v.gtValue(VERSION)) }), json)) {
    return { ok: false, reason: 'newer' };
  }
  const read = v.safeParse(savedAlertState, migrate(json));
  if (!read.success) return { ok: false, reason: 'invalid' };
  const { calls, missed, aliases, voicemail } = read.output;
  const state: AlertState = {
    lastSnapshotAt: read.output.lastSnapshotAt,
    queued: read.output.queued,
    open: read.output.open,
    failure: read.output.failure,
    catchUp: read.output.catchUp,
    ownership: read.output.ownership,
    calls: new Map(calls.map((call) => [call.summary.id, call])),
    missed: new Map(missed),
    aliases: new Map(aliases),
    voicemail: voicemail && { ...voicemail, isHeard: new Map(voicemail.isHeard) },
  };
  return { ok: true, state };
}

const V1_CALL_KEYS: RenamedKeys = {
  facts: 'summary',
  place: null,
  path: 'customerPath',
  steady: 'monotonic',
  run: 'bootId',
  leftAt: 'endedAt',
  telling: 'stage',
  byMe: 'isOwn',
  inferred: 'isInferred',
  away: 'wasAway',
  past: 'isPast',
  answered: 'wasAnswered',
  spent: 'phaseTotalsMs',
  gone: 'goneAt',
  lookUp: 'pendingLookup',
};
const V1_MISSED_CALL_KEYS: RenamedKeys = {
  facts: 'summary',
  place: null,
  path: 'customerPath',
  at: 'ringingSince',
  rang: 'ringMs',
  inferred: 'isInferred',
  found: 'foundDuring',
};
const V1_VALUES = {
  stage: { untold: 'pending', counted: 'done', over: 'done' },
  foundDuring: { now: 'live', silence: 'do-not-disturb' },
};

/** Version 1 used other names. Its open alerts are dropped, since a restart closes them anyway. */
function migrate(json: unknown): unknown {
  const v1 = v.safeParse(v.looseObject({ version: v.literal(1) }), json);
  if (!v1.success) return json;
  const { seenAt, calls, told, waiting } = v1.output;
  return {
    version: VERSION,
    lastSnapshotAt: renameKeys(seenAt, V1_CALL_KEYS),
    calls: renameKeys(calls, V1_CALL_KEYS, V1_VALUES),
    missed: renameKeys(told, V1_CALL_KEYS),
    queued: renameKeys(waiting, V1_MISSED_CALL_KEYS, V1_VALUES),
    open: [],
    failure: null,
  };
}
