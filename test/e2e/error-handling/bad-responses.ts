/** Bad responses of a {@link FaultyServer}. */
import { createBrotliCompress, createGzip, constants } from 'node:zlib';
import { Readable, type Transform } from 'node:stream';
import type { ServerResponse } from 'node:http';
import type { BadResponse } from './faulty-server';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** Responds with a status and an error in the format of the real server. */
export function respondWithStatus(
  code: number,
  headers: Readonly<Record<string, string>> = {},
): BadResponse {
  const body = { responseStatus: { errorCode: 'Fault', message: 'Made to fail' } };
  return ({ response }) => {
    const bodiless = code < 200 || code === 204 || code === 304;
    response.writeHead(code, { ...JSON_TYPE, ...headers });
    response.end(bodiless ? undefined : JSON.stringify(body));
  };
}

/** Responds with HTTP 200 and this body. */
export function respondWith(
  body: string | Buffer,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): BadResponse {
  return ({ response }) => response.writeHead(200, { ...JSON_TYPE, ...headers }).end(body);
}

/** Responds with these bytes and nothing else. */
export function respondWithBytes(bytes: string, { end = true } = {}): BadResponse {
  return ({ socket }) => {
    if (end) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  };
}

/** Responds with one byte at a time. */
export function respondSlowly(bytes: string, ms: number): BadResponse {
  return ({ socket }) => {
    const rest = [...Buffer.from(bytes)];
    const next = (): void => {
      const byte = rest.shift();
      if (byte === undefined || socket.destroyed) return;
      socket.write(Buffer.of(byte));
      setTimeout(next, ms);
    };
    next();
  };
}

/** Responds with a body of this size. */
export function respondWithLargeBody(bytes: number): BadResponse {
  return ({ response }) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Length': bytes });
    streamSpaces(response, bytes);
  };
}

/** Responds with a small body that decompresses to this size. */
export function respondWithCompressedBomb(encoding: 'gzip' | 'br', bytes: number): BadResponse {
  return ({ response }) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': encoding });
    const packed =
      encoding === 'gzip'
        ? createGzip({ level: 1 })
        : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    streamSpaces(response, bytes, packed);
  };
}

/** Responds with a redirect. */
export function redirectTo(code: number, location: string): BadResponse {
  return ({ response }) => response.writeHead(code, { Location: location }).end();
}

const CHUNK = Buffer.alloc(256 * 1024, ' ');

/** Streams spaces, which are valid at the start of JSON. */
function streamSpaces(response: ServerResponse, bytes: number, through?: Transform): void {
  const chunks = Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
    })(),
  );
  const out = through ? chunks.pipe(through).pipe(response) : chunks.pipe(response);
  // A client that aborts must end the whole pipeline.
  out.on('close', () => {
    chunks.destroy();
    through?.destroy();
  });
  chunks.on('error', () => undefined);
}
