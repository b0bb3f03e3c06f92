import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyResponse, jsonResponse, rawResponse, type Response } from './http';

/**
 * How a response goes wrong. Without `status`, `body` or `headers` the real response is sent, only
 * late (`delayMs`, `dripMs`) or in part (`truncate`).
 */
export interface Fault {
  /** The path it applies to, such as `/sessions/my`; absent: every path of the API. */
  readonly path?: string;
  /** How many responses it applies to; absent: all, until the faults are cleared. */
  readonly times?: number;
  readonly status?: number;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** The delay before the response begins. */
  readonly delayMs?: number;
  /** The delay between two bytes of the body. */
  readonly dripMs?: number;
  /** The response never comes. */
  readonly hang?: boolean;
  /** The connection is reset. */
  readonly reset?: boolean;
  /** The connection is closed after this many bytes of the body; `true`: after half of it. */
  readonly truncate?: boolean | number;
}

/** The active faults, oldest first. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    if (fault.times !== 0) this.#faults.push(fault);
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return [...this.#faults];
  }

  /** Returns the fault for a request to this path and counts it down. */
  next(path: string): Fault | undefined {
    const index = this.#faults.findIndex((fault) => (fault.path ?? path).toLowerCase() === path);
    const fault = this.#faults[index];
    if (fault?.times === undefined) return fault;
    const times = fault.times - 1;
    this.#faults.splice(index, 1, ...(times > 0 ? [{ ...fault, times }] : []));
    return fault;
  }
}

/** Returns what is sent instead of the real response. */
export function applyFault(fault: Fault, createResponse: () => Response): Response {
  const { status, retryAfter, headers, body, contentType } = fault;
  const response =
    status === undefined && body === undefined && headers === undefined
      ? createResponse()
      : createFaultResponse(status ?? 200, body);
  return {
    ...response,
    headers: {
      ...response.headers,
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      ...headers,
    },
  };
}

function createFaultResponse(status: number, body: unknown): Response {
  if (typeof body === 'string' || body instanceof Uint8Array) return rawResponse(body, status);
  if (body !== undefined) return jsonResponse(body, status);
  if (status === 401) {
    return emptyResponse(status, { 'WWW-Authenticate': 'credentials realm="/auth/credentials"' });
  }
  if (status < 400) return emptyResponse(status);
  const responseStatus = { errorCode: 'Fault', message: 'A test fault', errors: [] };
  return jsonResponse({ responseStatus }, status);
}

/** Sends a response, late or in part if a fault says so. */
export async function sendResponse(
  output: ServerResponse,
  { status, headers, body }: Response,
  { delayMs = 0, dripMs = 0, truncate = false }: Fault = {},
): Promise<void> {
  const closed = new AbortController();
  output.once('close', () => {
    closed.abort();
  });
  const { signal } = closed;
  const bytes = Buffer.from(body);
  const end = typeof truncate === 'number' ? truncate : Math.floor(bytes.length / 2);
  const sent = truncate === false ? bytes : bytes.subarray(0, end);
  try {
    if (delayMs > 0) await delay(delayMs, undefined, { signal });
    output.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    if (dripMs === 0) output.write(sent);
    else {
      for (const byte of sent) {
        output.write(Buffer.of(byte));
        await delay(dripMs, undefined, { signal });
      }
    }
    if (truncate === false) output.end();
    else output.socket?.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
