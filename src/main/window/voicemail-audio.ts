import type { Session } from 'electron';
import type { HttpResult } from '../accounts/http-client';
import { downloadPublic, getMediaType, isAllowedUrl, type Download } from './public-download';

/** Where the audio of a voice message comes from. */
export interface VoicemailSource {
  /** As the server wrote it. */
  readonly uri: string;
  /** The origin of the account's server. */
  readonly origin: string;
  /** Gets a URL of that origin with the account's cookies. */
  readonly get: (url: string, timeoutMs: number) => Promise<HttpResult | undefined>;
}

export const MAX_AUDIO_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** How long audio is kept after a player last requested a part of it. */
const RELEASE_MS = 5 * 60_000;
const AUDIO_TYPE =
  /^audio\/(?:(?:x-|vnd\.)?wave?|mpeg|mp3|mp4|x-m4a|m4a|aac|ogg|opus|webm|basic|x-ms-wma|amr)$/;

/**
 * Loads the audio of voice messages for the page, which has no network access: with cookies from
 * the account's server, without cookies from elsewhere. It's kept in memory while it's played and
 * for a while afterward.
 */
export class VoicemailAudioLoader {
  #current: { readonly key: string; readonly audio: Promise<Download | undefined> } | undefined;
  #releaseTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly findSource: (key: string) => VoicemailSource | undefined,
    /** Returns a session without any account's cookies. */
    private readonly getSession: () => Pick<Session, 'fetch' | 'resolveHost'>,
    /** Allows plain http to this computer, which only a mock server uses. */
    private readonly allowLoopback: boolean,
  ) {}

  /** Loads the audio of a message, by its key. */
  async load(key: string): Promise<Download | undefined> {
    const source = this.findSource(key);
    if (!source) return undefined;
    // A player asks for parts of the same file again and again.
    const current =
      this.#current?.key === key ? this.#current : { key, audio: this.#download(source) };
    this.#current = current;
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => (this.#current = undefined), RELEASE_MS).unref();
    const audio = await current.audio;
    if (!audio && this.#current === current) this.#current = undefined;
    return audio;
  }

  async #download({ uri, origin, get }: VoicemailSource): Promise<Download | undefined> {
    if (!URL.canParse(uri, origin)) return undefined;
    const url = new URL(uri, origin);
    try {
      // A `blob:` URL and one with a username have the same origin, but can't be requested.
      if (url.href.startsWith(`${origin}/`)) return readAudio(await get(url.href, TIMEOUT_MS));
      if (!isAllowedUrl(url.href, this.allowLoopback)) return undefined;
      return await downloadPublic(this.getSession(), url.href, {
        types: AUDIO_TYPE,
        maxBytes: MAX_AUDIO_BYTES,
        timeoutMs: TIMEOUT_MS,
      });
    } catch {
      return undefined;
    }
  }
}

function readAudio(result: HttpResult | undefined): Download | undefined {
  if (!result?.ok || result.status !== 200 || result.body.length > MAX_AUDIO_BYTES)
    return undefined;
  const type = getMediaType(result.headers['content-type']);
  if (!AUDIO_TYPE.test(type)) return undefined;
  return { type, bytes: new Uint8Array(result.body).buffer };
}

/** The part of a file that a `Range` header asks for; `undefined` for the whole file. */
export function parseRange(
  header: string | null,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end ? { start, end } : undefined;
}
