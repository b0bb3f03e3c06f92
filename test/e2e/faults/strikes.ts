/** The ways in which an answer goes wrong. */
import { createBrotliCompress, createGzip, constants } from 'node:zlib';
import { Readable, type Transform } from 'node:stream';
import type { ServerResponse } from 'node:http';
import type { Strike } from './hostile-server';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** An answer with this status, and an error as the server writes it. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Strike {
  const body = { responseStatus: { errorCode: 'Fault', message: 'Made to fail' } };
  return ({ response }) => {
    const bodiless = code < 200 || code === 204 || code === 304;
    response.writeHead(code, { ...JSON_TYPE, ...headers });
    response.end(bodiless ? undefined : JSON.stringify(body));
  };
}

/** An answer with status 200 and this body. */
export function answer(
  body: string | Buffer,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Strike {
  return ({ response }) => response.writeHead(200, { ...JSON_TYPE, ...headers }).end(body);
}

/** An answer of which these bytes are all that ever comes, and then nothing. */
export function raw(bytes: string, { end = true } = {}): Strike {
  return ({ socket }) => {
    if (end) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  };
}

/** An answer whose bytes come one by one, so many ms apart. */
export function drip(bytes: string, ms: number): Strike {
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

/** An answer of so many bytes, sent as fast as they are taken. */
export function flood(bytes: number): Strike {
  return ({ response }) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Length': bytes });
    pour(response, bytes);
  };
}

/** An answer that is small on the way and unpacks to so many bytes. */
export function bomb(encoding: 'gzip' | 'br', bytes: number): Strike {
  return ({ response }) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': encoding });
    const packed =
      encoding === 'gzip'
        ? createGzip({ level: 1 })
        : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    pour(response, bytes, packed);
  };
}

/** A redirect. */
export function redirect(code: number, location: string): Strike {
  return ({ response }) => response.writeHead(code, { Location: location }).end();
}

const CHUNK = Buffer.alloc(256 * 1024, ' ');

/** Sends so many spaces, which any JSON may begin with. */
function pour(response: ServerResponse, bytes: number, through?: Transform): void {
  const chunks = Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
    })(),
  );
  const out = through ? chunks.pipe(through).pipe(response) : chunks.pipe(response);
  // Cut off in the middle, it is over for all of them.
  out.on('close', () => {
    chunks.destroy();
    through?.destroy();
  });
  chunks.on('error', () => undefined);
}
