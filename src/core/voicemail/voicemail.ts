import * as v from 'valibot';
import { parseServerDate } from '../api/dates';
import { sanitizeLine, truncate } from '../api/sanitize';
import { isObject } from '../api/schema';
import { getRemoteParty, type RemoteParty } from '../calls/call-summary';
import type { GetNumberKey } from '../calls/number-key';
import type { LogEntry } from '../log/entry';

/** A voice message. */
export interface Voicemail {
  readonly id: string;
  /** Where its audio is, as the server wrote it. */
  readonly uri: string | undefined;
  readonly party: RemoteParty;
  readonly customer: string | undefined;
  /** When it was left, in ms since 1970 by the server's clock. */
  readonly createdAt: number | undefined;
  readonly durationMs: number | undefined;
  readonly transcription: string | undefined;
}

/** The voice messages of a response. */
export type DecodedVoicemails =
  { readonly ok: true; readonly voicemails: readonly Voicemail[] } | { readonly ok: false };

/** The newest ones are kept. */
export const MAX_VOICEMAILS = 500;
const MAX_ENTRIES = 20_000;
const MAX_URI_LENGTH = 2_000;
const MAX_DURATION_SECONDS = 24 * 60 * 60;

const text = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.transform((value) => sanitizeLine(value) || undefined),
    ),
  ),
  undefined,
);
const file = v.object({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
  type: text,
  uri: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(MAX_URI_LENGTH))), undefined),
  customerName: text,
  recordingFrom: text,
  fromAddress: text,
  transcription: text,
  aiTranscription: text,
  recordingDuration: v.fallback(
    v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_DURATION_SECONDS))),
    undefined,
  ),
  dateCreated: v.fallback(
    v.optional(v.pipe(v.string(), v.maxLength(100), v.transform(parseServerDate))),
    undefined,
  ),
});

/** Decodes the JSON of a list of files; newest voice messages first. Never throws. */
export function decodeVoicemails(json: unknown): DecodedVoicemails {
  const files = isObject(json) ? json['files'] : undefined;
  if (!Array.isArray(files)) return { ok: false };
  const byId = new Map<string, Voicemail>();
  for (const entry of files.slice(0, MAX_ENTRIES) as readonly unknown[]) {
    const voicemail = decodeVoicemail(entry);
    if (voicemail && !byId.has(voicemail.id)) byId.set(voicemail.id, voicemail);
  }
  const voicemails = [...byId.values()].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return { ok: true, voicemails: voicemails.slice(0, MAX_VOICEMAILS) };
}

function decodeVoicemail(entry: unknown): Voicemail | undefined {
  const read = v.safeParse(file, isObject(entry) ? entry : undefined);
  if (!read.success) return undefined;
  const { id, type, uri, customerName: customer, recordingFrom, fromAddress } = read.output;
  // The server may ignore the filter.
  if (type !== undefined && type !== 'VoiceMessage') return undefined;
  const { transcription, aiTranscription, recordingDuration, dateCreated } = read.output;
  return {
    id,
    uri,
    party: getRemoteParty({
      direction: 'Incoming',
      fromName: recordingFrom,
      fromAddress: fromAddress ?? recordingFrom,
      fromPhoneNumber: recordingFrom,
      callbackNumber: undefined,
      toAddress: undefined,
      destination: undefined,
      displayName: undefined,
      members: [],
    }),
    customer,
    createdAt: dateCreated,
    durationMs: recordingDuration === undefined ? undefined : recordingDuration * 1_000,
    transcription: transcription ?? aiTranscription,
  };
}

/** A message may begin this long before its call is over, and arrive this long after it. */
const MAX_BEFORE_MS = 60_000;
const MAX_AFTER_MS = 10 * 60_000;

/**
 * Finds the unanswered calls that messages belong to: from the same number, and the last one before
 * the message.
 */
export class VoicemailCallFinder {
  readonly #byNumber = new Map<string, LogEntry[]>();

  constructor(
    entries: Iterable<LogEntry>,
    private readonly getNumberKey: GetNumberKey,
  ) {
    for (const entry of entries) {
      const { outcome, summary } = entry;
      const { number } = summary.party;
      if (summary.direction !== 'incoming' || outcome.kind === 'answered') continue;
      if (number === undefined) continue;
      const { base } = getNumberKey(number);
      const others = this.#byNumber.get(base);
      if (others) others.push(entry);
      else this.#byNumber.set(base, [entry]);
    }
  }

  /** `createdAt` is in ms since 1970 by this computer's clock. */
  find(number: string | undefined, createdAt: number | undefined): LogEntry | undefined {
    if (number === undefined || createdAt === undefined) return undefined;
    const calls = this.#byNumber.get(this.getNumberKey(number).base) ?? [];
    return calls
      .filter(
        ({ startedAt, endedAt = startedAt }) =>
          startedAt - MAX_BEFORE_MS <= createdAt && createdAt <= endedAt + MAX_AFTER_MS,
      )
      .sort((one, other) => other.startedAt - one.startedAt)[0];
  }
}

/** The beginning of a transcription, whole words if possible. */
export function getFirstWords(transcription: string, maxLength: number): string {
  if (transcription.length <= maxLength) return transcription;
  const cut = transcription.slice(0, maxLength);
  const end = cut.lastIndexOf(' ');
  return end > maxLength / 2 ? `${cut.slice(0, end)}…` : truncate(transcription, maxLength);
}
