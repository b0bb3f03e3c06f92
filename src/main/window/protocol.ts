import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol, type Session } from 'electron';
import type { AvatarLoader } from './avatars';
import { parseRange, type VoicemailAudioLoader } from './voicemail-audio';

/** The scheme of the app's pages and deep links. */
export const SCHEME = 'ringside';

const PAGES_URL = `${SCHEME}://window/`;

/** While developing, pages come from a server that reloads them. A packaged app has none. */
const DEV_SERVER_URL = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];

/** What a page may load: only the app's own files; no inline code and no network. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' ${SCHEME}: data:`,
  `media-src ${SCHEME}://voicemail`,
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  // Without allow-modals, a page can't block itself with a print or message dialog.
  'sandbox allow-scripts allow-same-origin allow-forms',
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Returns the URL of one of the app's pages, such as `index.html`. */
export function getPageUrl(page: string, devServerUrl = DEV_SERVER_URL): string {
  return new URL(page, devServerUrl ?? PAGES_URL).href;
}

/** Returns whether a URL is one of the app's pages. */
export function isAppUrl(url: string, devServerUrl = DEV_SERVER_URL): boolean {
  if (url.startsWith(PAGES_URL)) return true;
  if (devServerUrl === undefined || !URL.canParse(url)) return false;
  return new URL(url).origin === new URL(devServerUrl).origin;
}

/** Registers the scheme. Must be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** No proxy listens here, so nothing in the pages' session can connect to anything. */
const DEAD_PROXY = {
  mode: 'fixed_servers',
  proxyRules: 'socks5://127.0.0.1:1',
  // Without this rule, loopback addresses bypass the proxy.
  proxyBypassRules: '<-loopback>',
} as const;

/** Cuts the pages' session off the network, except from the development server. */
export function blockNetwork(
  session: Pick<Session, 'setProxy'>,
  devServerUrl = DEV_SERVER_URL,
): Promise<void> {
  return devServerUrl === undefined ? session.setProxy(DEAD_PROXY) : Promise.resolve();
}

/** Serves the pages from a folder, avatars, and voice messages; nothing else. */
export function handleAppProtocol(
  session: Session,
  folder: string,
  avatars: Pick<AvatarLoader, 'load'>,
  voicemails: Pick<VoicemailAudioLoader, 'load'>,
): void {
  session.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host === 'window') return createFileResponse(folder, pathname);
    if (host === 'voicemail') return createAudioResponse(request, voicemails);
    const avatar = host === 'avatar' ? await avatars.load(pathname.slice(1)) : undefined;
    return avatar ? createResponse(avatar.bytes, avatar.type) : createNotFoundResponse();
  });
}

/** Players seek by asking for a part of the audio. */
async function createAudioResponse(
  { url, headers }: Request,
  voicemails: Pick<VoicemailAudioLoader, 'load'>,
): Promise<Response> {
  const key = decodePath(new URL(url).pathname.slice(1));
  const audio = key === undefined ? undefined : await voicemails.load(key);
  if (!audio) return createNotFoundResponse();
  const { type, bytes } = audio;
  const size = bytes.byteLength;
  const range = parseRange(headers.get('range'), size);
  const part = range ? bytes.slice(range.start, range.end + 1) : bytes;
  const response = createResponse(part, type, range ? 206 : 200);
  response.headers.set('Accept-Ranges', 'bytes');
  // Without it, players don't know how long the audio is.
  response.headers.set('Content-Length', String(part.byteLength));
  if (range) response.headers.set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  return response;
}

async function createFileResponse(folder: string, pathname: string): Promise<Response> {
  const path = resolveInside(folder, pathname);
  const type = path === undefined ? undefined : CONTENT_TYPES[extname(path)];
  if (path === undefined || type === undefined) return createNotFoundResponse();
  try {
    return createResponse(new Uint8Array(await readFile(path)).buffer, type);
  } catch {
    return createNotFoundResponse();
  }
}

function createResponse(body: ArrayBuffer, type: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function createNotFoundResponse(): Response {
  return new Response(null, { status: 404 });
}

/** Returns the file of a URL's path, or `undefined` if it's outside of the folder. */
export function resolveInside(folder: string, pathname: string): string | undefined {
  const decoded = decodePath(pathname);
  if (decoded === undefined) return undefined;
  const path = normalize(join(folder, decoded));
  return path.startsWith(normalize(folder) + sep) && !decoded.includes('\0') ? path : undefined;
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
