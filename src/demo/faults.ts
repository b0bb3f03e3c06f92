import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyResponse, jsonResponse, rawResponse, type Response } from './http';

/** How a response goes wrong. Without `status`, `body`, or `headers`, the real response is sent. */
export interface Fault {
  /** The path it applies to, such as `/sessions/my`; absent: every path of the API. */
  readonly path?: string;
  /** How many responses it applies to; absent: all, until the faults are cleared. */
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** The delay before the response begins. */
  readonly delayMs?: number;
  /** The response never comes. */
  readonly hang?: boolean;
  /** The connection is reset. */
  readonly reset?: boolean;
}

/** Returns the first fault for a request to this path and counts it down. */
export function nextFault(faults: Fault[], path: string): Fault | undefined {
  const index = faults.findIndex((fault) => (fault.path ?? path).toLowerCase() === path);
  const fault = faults[index];
  if (fault?.times === undefined) return fault;
  const times = fault.times - 1;
  faults.splice(index, 1, ...(times > 0 ? [{ ...fault, times }] : []));
  return fault;
}

/** Returns what is sent instead of the real response. */
export function applyFault(fault: Fault, createResponse: () => Response): Response {
  const { status, headers, body } = fault;
  const response =
    status === undefined && body === undefined && headers === undefined
      ? createResponse()
      : createFaultResponse(status ?? 200, body);
  return { ...response, headers: { ...response.headers, ...headers } };
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

/** Sends a response, unless the client has gone in the meantime. */
export async function sendResponse(
  output: ServerResponse,
  { status, headers, body }: Response,
  delayMs = 0,
): Promise<void> {
  if (delayMs > 0) await delay(delayMs);
  if (output.destroyed) return;
  output.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
