import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/** The scheme from which the window is served; nothing else may use it. */
export const SCHEME = 'ringside';
/** Where the window lives. */
export const WINDOW_URL = `${SCHEME}://window/index.html`;

/**
 * What a page of ours may load: its own files and nothing else, no inline script or style, no
 * network of its own.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' ${SCHEME}: data:`,
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Declares the scheme; must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** What else than files the page may ask for. */
export interface Pictures {
  picture(
    name: string,
  ): Promise<{ readonly type: string; readonly bytes: ArrayBuffer } | undefined>;
}

/** Serves the page its own files from `root`, and the pictures of members; nothing else. */
export function serveWindow(session: Session, root: string, pictures: Pictures): void {
  session.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host === 'window') return serveFile(root, pathname);
    if (host !== 'avatar') return notFound();
    const picture = await pictures.picture(pathname.slice(1));
    return picture ? answer(picture.bytes, picture.type) : notFound();
  });
}

async function serveFile(root: string, pathname: string): Promise<Response> {
  const path = fileWithin(root, pathname);
  const type = path === undefined ? undefined : TYPES[extname(path)];
  if (path === undefined || type === undefined) return notFound();
  try {
    return answer(new Uint8Array(await readFile(path)).buffer, type);
  } catch {
    return notFound();
  }
}

function answer(body: ArrayBuffer, type: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}

/** The file that a path names, or `undefined` where it leads out of the folder. */
export function fileWithin(root: string, pathname: string): string | undefined {
  let plain: string;
  try {
    plain = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const path = normalize(join(root, plain));
  return path.startsWith(normalize(root) + sep) && !plain.includes('\0') ? path : undefined;
}
