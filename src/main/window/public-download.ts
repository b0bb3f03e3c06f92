import { app, session, type Session } from 'electron';
import { isLoopback } from '../../core/api/server-address';
import { isPublicAddress } from './public-address';

/** What may be downloaded, and how much of it. */
export interface DownloadLimits {
  readonly types: RegExp;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** A downloaded file. */
export interface Download {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

const MAX_URL_LENGTH = 2_000;

/** The session for downloads from other servers, which has nothing of an account. */
export function getDownloadSession(): Session {
  const downloads = session.fromPartition('downloads', { cache: false });
  downloads.setUserAgent(`Ringside/${app.getVersion()}`);
  return downloads;
}

/** Whether a URL from the server may be requested at all. */
export function isAllowedUrl(url: string, allowLoopback: boolean): boolean {
  if (url.length > MAX_URL_LENGTH || !URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (allowLoopback && protocol === 'http:' && isLoopback(hostname));
}

/**
 * Downloads what the server links to, without cookies and redirects and from public addresses only.
 * Rejects or returns `undefined` for anything else.
 */
export async function downloadPublic(
  session: Pick<Session, 'fetch' | 'resolveHost'>,
  url: string,
  { types, maxBytes, timeoutMs }: DownloadLimits,
): Promise<Download | undefined> {
  if (!(await isPublic(session, new URL(url)))) return undefined;
  const response = await session.fetch(url, {
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const type = getMediaType(response.headers.get('content-type'));
  if (response.status !== 200 || !types.test(type) || !response.body) return undefined;
  const bytes = await readLimited(response.body, maxBytes);
  return bytes && { type, bytes };
}

/** The media type of a header, without parameters. */
export function getMediaType(header: string | null | undefined): string {
  return header?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * Whether a host has only public addresses: the server must not choose targets on the local
 * network.
 */
async function isPublic(
  session: Pick<Session, 'resolveHost'>,
  { protocol, hostname }: URL,
): Promise<boolean> {
  // Allowed for the mock server only.
  if (protocol === 'http:') return true;
  const { endpoints } = await session.resolveHost(hostname.replace(/^\[|\]$/g, ''));
  return endpoints.length > 0 && endpoints.every(({ address }) => isPublicAddress(address));
}

/** Reads a body, or returns `undefined` and cancels the download if it's too large. */
async function readLimited(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<ArrayBuffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks)).buffer;
}
