import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { bodiless, json, written, type Reply, type Request } from './http';

/**
 * How an answer goes wrong. Without `status`, `body` or `headers` the true answer is sent, only
 * late (`delayMs`, `dripMs`) or in part (`truncate`).
 */
export interface Fault {
  /** The path concerned, such as `/sessions/my`; absent: every path of the API. */
  readonly path?: string;
  /** How many answers go wrong; absent: all, until the faults are cleared. */
  readonly times?: number;
  readonly status?: number;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Milliseconds until the answer begins. */
  readonly delayMs?: number;
  /** Milliseconds between one byte of the body and the next. */
  readonly dripMs?: number;
  /** No answer ever. */
  readonly hang?: boolean;
  /** The connection is reset instead of an answer. */
  readonly reset?: boolean;
  /** The connection ends after so many bytes of the body; `true`: after half of it. */
  readonly truncate?: boolean | number;
}

/** The faults in force, oldest first. */
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

  /** The fault that hits a request, which then has one time less to strike. */
  strike({ path }: Pick<Request, 'path'>): Fault | undefined {
    const index = this.#faults.findIndex((fault) => (fault.path ?? path).toLowerCase() === path);
    const fault = this.#faults[index];
    if (fault?.times === undefined) return fault;
    const left = fault.times - 1;
    this.#faults.splice(index, 1, ...(left > 0 ? [{ ...fault, times: left }] : []));
    return fault;
  }
}

/** What is sent in place of the true answer. */
export function faultyReply(fault: Fault, truth: () => Reply): Reply {
  const { status, retryAfter, headers = {}, body, contentType } = fault;
  const reply =
    status === undefined && body === undefined && fault.headers === undefined
      ? truth()
      : madeUp(status ?? 200, body);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      ...headers,
    },
  };
}

function madeUp(status: number, body: unknown): Reply {
  if (typeof body === 'string' || body instanceof Uint8Array) return written(body, status);
  if (body !== undefined) return json(body, status);
  if (status === 401) {
    return bodiless(status, { 'WWW-Authenticate': 'credentials realm="/auth/credentials"' });
  }
  return status < 400
    ? bodiless(status)
    : json({ responseStatus: { errorCode: 'Fault', message: 'Made to fail', errors: [] } }, status);
}

/** Sends an answer, whole and at once unless the fault has it otherwise. */
export async function send(
  response: ServerResponse,
  { status, headers, body }: Reply,
  { delayMs = 0, dripMs = 0, truncate = false }: Fault = {},
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  if (!(await waited(delayMs, gone.signal))) return;

  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  const end = typeof truncate === 'number' ? truncate : Math.floor(bytes.length / 2);
  const sent = truncate === false ? bytes : bytes.subarray(0, end);
  if (dripMs === 0) {
    response.write(sent);
  } else {
    for (const byte of sent) {
      response.write(Buffer.of(byte));
      if (!(await waited(dripMs, gone.signal))) return;
    }
  }
  if (truncate === false) response.end();
  else response.socket?.end();
}

/** Waits; false if the other side has gone in the meantime. */
async function waited(ms: number, gone: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !gone.aborted;
  return wait(ms, true, { signal: gone }).catch(() => false);
}
