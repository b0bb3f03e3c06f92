import * as v from 'valibot';
import { isObject } from '../api/schema';
import { parseServerDate } from '../api/dates';
import { sanitizeLine, truncate } from '../api/sanitize';

/** A message of a chat. */
export interface ChatMessage {
  /** In ms since 1970 by the server's clock; absent if the date can't be read. */
  readonly at: number | undefined;
  /** A name, a number, or an id. */
  readonly from: string | undefined;
  /** Lines of text; empty if there is only an attachment. */
  readonly body: string;
  readonly attachment: ChatAttachment | undefined;
}

/** What a message has attached. */
export interface ChatAttachment {
  /** An https address; absent if the server sent another one. */
  readonly url: string | undefined;
  readonly contentType: string | undefined;
}

/** A part of a message: a link if it has an address. */
export interface ChatSegment {
  readonly text: string;
  readonly url?: string;
}

/** Of a longer chat, the first message and the latest ones are read. */
export const MAX_CHAT_MESSAGES = 2_000;
/** In UTF-16 units. */
const MAX_BODY_LENGTH = 4_000;
const MAX_LINES = 200;
const MAX_URL_LENGTH = 2_000;
const MAX_LINKS = 50;
const MAX_FIRST_MESSAGE_LENGTH = 200;
const PUNCTUATION = '.,;:!?)]}*’”»。、，！？）';

const text = v.fallback(v.optional(v.string(), ''), '');
const messageSchema = v.object({
  date: text,
  from: text,
  body: text,
  mediaUri: text,
  mediaContentType: text,
});

/**
 * Decodes the messages of a chat, the oldest first; `undefined` if the response has no list of them.
 * Never throws: messages without text and attachment are skipped.
 */
export function decodeTranscript(json: unknown): readonly ChatMessage[] | undefined {
  const list: unknown = isObject(json) ? json['messages'] : undefined;
  if (!Array.isArray(list)) return undefined;
  const all: readonly unknown[] = list;
  const entries =
    all.length > MAX_CHAT_MESSAGES ? [all[0], ...all.slice(1 - MAX_CHAT_MESSAGES)] : all;
  const messages = entries.flatMap((entry) => decodeMessage(entry) ?? []);
  // Where a date is missing, only the server knows the order.
  if (messages.some(({ at }) => at === undefined)) return messages;
  return messages.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function decodeMessage(entry: unknown): ChatMessage | undefined {
  const read = v.safeParse(messageSchema, isObject(entry) ? entry : undefined);
  if (!read.success) return undefined;
  const { date, from, body, mediaUri, mediaContentType } = read.output;
  const lines = toSafeLines(body);
  const contentType = sanitizeLine(mediaContentType) || undefined;
  const attachment = mediaUri === '' ? undefined : { url: toHttpsUrl(mediaUri), contentType };
  if (lines === '' && !attachment) return undefined;
  return {
    at: parseServerDate(date),
    from: sanitizeLine(from) || undefined,
    body: lines,
    attachment,
  };
}

function toSafeLines(body: string): string {
  const lines = truncate(body, MAX_BODY_LENGTH).split(/\r\n|[\r\n\u2028\u2029]/, MAX_LINES);
  return lines
    .map(sanitizeLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The first words of a chat on one line, if it has any. */
export function getFirstMessage(messages: readonly ChatMessage[]): string | undefined {
  const first = messages.find(({ body }) => body !== '');
  return first && truncate(first.body.replaceAll('\n', ' '), MAX_FIRST_MESSAGE_LENGTH);
}

/** Splits a message into text and https links. */
export function splitLinks(body: string): readonly ChatSegment[] {
  const segments: ChatSegment[] = [];
  let end = 0;
  let linkCount = 0;
  for (const { 0: match, index } of body.matchAll(/\bhttps:\/\/[^\s<>"'`]+/gi)) {
    const linkText = trimPunctuation(match);
    const url = linkCount < MAX_LINKS ? toHttpsUrl(linkText) : undefined;
    if (url === undefined) continue;
    if (index > end) segments.push({ text: body.slice(end, index) });
    segments.push({ text: linkText, url });
    linkCount += 1;
    end = index + linkText.length;
  }
  if (end < body.length) segments.push({ text: body.slice(end) });
  return segments;
}

/** Removes the end of a sentence, which isn't part of an address. */
function trimPunctuation(text: string): string {
  let end = text.length;
  while (end > 0 && PUNCTUATION.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The addresses that a message links to. */
export function getLinks({ body, attachment }: ChatMessage): readonly string[] {
  const urls = [...splitLinks(body).map(({ url }) => url), attachment?.url];
  return urls.filter((url) => url !== undefined);
}

/** An https address, unless it hides its host behind a username. */
function toHttpsUrl(text: string): string | undefined {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' ? href : undefined;
}
