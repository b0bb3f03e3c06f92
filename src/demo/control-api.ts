import * as v from 'valibot';
import { ENDPOINTS, type EndpointName } from './api';
import type { SessionFields } from './api-types';
import { jsonResponse, RequestError, type Request, type Response } from './http';
import type { DemoServer } from './server';

// Any field is accepted, so that clients can be tested with sessions that break the contract.
const sessionFields = v.custom<SessionFields>(isObject, 'a JSON object is expected');
const seconds = v.exactOptional(v.pipe(v.number(), v.minValue(0)));
const text = v.exactOptional(v.string());

const callOptions = v.strictObject({
  by: text,
  at: text,
  listedSeconds: seconds,
  outcome: text,
  forget: v.exactOptional(v.boolean()),
  fields: v.exactOptional(sessionFields),
});
const mode = v.strictObject({ mode: v.picklist(['ok', 'refused', 'missing']) });
const contactList = v.strictObject({ contacts: v.unknown() });
const messageList = v.strictObject({ messages: v.unknown() });
const fault = v.strictObject({
  path: text,
  times: seconds,
  status: v.exactOptional(v.pipe(v.number(), v.minValue(200), v.maxValue(599))),
  headers: v.exactOptional(v.record(v.string(), v.string())),
  body: v.exactOptional(v.unknown()),
  delayMs: seconds,
  hang: v.exactOptional(v.boolean()),
  reset: v.exactOptional(v.boolean()),
});

type Control = readonly [
  description: string,
  run: (server: DemoServer, body: unknown, id: string) => unknown,
];

/** What can be done with a call: the fields of the body, and what it does. */
const CALL_CONTROLS: Readonly<Record<string, Control>> = {
  answer: ['{by}: answers the call', (server, body, id) => server.answer(id, options(body))],
  hold: ['{by}: puts the call on hold', (server, body, id) => server.hold(id, options(body))],
  resume: ['{by}: takes the call off hold', (server, body, id) => server.resume(id, options(body))],
  queue: ['moves the call to the queue', (server, _, id) => server.queue(id)],
  ring: ['{at}: rings again', (server, body, id) => server.ringAgain(id, options(body))],
  miss: [
    '{listedSeconds}: ends it as missed',
    (server, body, id) => server.miss(id, options(body)),
  ],
  end: ['{listedSeconds, outcome}: ends it', (server, body, id) => server.end(id, options(body))],
  vanish: [
    '{by, forget, fields}: removes it immediately; with `forget`, from lookups too',
    (server, body, id) => server.vanish(id, options(body)),
  ],
  messages: [
    '{messages}: replaces the messages of the chat',
    (server, body, id) => server.setMessages(id, parse(messageList, body).messages),
  ],
  patch: [
    '{…}: sets fields of the session; null removes a field',
    (server, body, id) => server.patch(id, parse(sessionFields, body)),
  ],
};

const CONTROLS: Readonly<Record<string, Control>> = {
  'GET /demo': ['lists the control endpoints', () => ({ endpoints: describeEndpoints() })],
  'GET /demo/state': ['the sessions, the endpoints, and the faults', (server) => server.state()],
  'POST /demo/calls': [
    '{…}: rings with these fields of a session; null leaves a field out',
    (server, body) => ({ id: server.ring(parse(sessionFields, body)) }),
  ],
  'POST /demo/clear': ['removes all sessions and the history', (server) => server.clear()],
  'POST /demo/faults': [
    `{${Object.keys(fault.entries).join(', ')}}: makes the next responses go wrong`,
    (server, body) => server.fault(parse(fault, body)),
  ],
  'POST /demo/faults/clear': ['ends all faults', (server) => server.clearFaults()],
  ...Object.fromEntries(
    Object.entries(ENDPOINTS).map(([name, endpoint]) => [
      `POST /demo/${name}`,
      modeControl(name, endpoint),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(CALL_CONTROLS).map(([name, run]) => [`POST /demo/calls/:id/${name}`, run]),
  ),
  'POST /demo/revoke': ['ends all sign-ins', (server) => server.revoke()],
  'POST /demo/contacts/list': [
    '{contacts}: replaces the contacts',
    (server, body) => server.setContacts(parse(contactList, body).contacts),
  ],
  'POST /demo/voicemails': [
    '{…}: leaves a voice message with these fields of a file',
    (server, body) => ({ id: server.leaveVoicemail(parse(sessionFields, body)) }),
  ],
};

function modeControl(name: string, endpoint: string): Control {
  return [
    `{mode}: ${endpoint} is "ok", "refused", or "missing"`,
    (server, body) => server.setMode(name as EndpointName, parse(mode, body).mode),
  ];
}

/** Whether a request is for the control API. */
export function isControlRequest({ path }: Request): boolean {
  return path === '/demo' || path.startsWith('/demo/');
}

/** Handles a request to the control API, which needs no sign-in. */
export function handleControlRequest(server: DemoServer, request: Request): Response {
  const { method, exactPath } = request;
  const [, id = '', name = ''] = /^\/demo\/calls\/([^/]+)\/(\w+)$/.exec(exactPath) ?? [];
  const path = name === '' ? exactPath : `/demo/calls/:id/${name}`;
  const [, run] = CONTROLS[`${method} ${path}`] ?? [];
  if (run === undefined) {
    throw new RequestError(404, 'There is no such endpoint; GET /demo lists the endpoints.');
  }
  const body = method === 'GET' ? undefined : parseBody(request);
  return jsonResponse(run(server, body, decodeId(id)) ?? { done: true });
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    throw new RequestError(400, 'The id is not encoded correctly.');
  }
}

function describeEndpoints(): Readonly<Record<string, string>> {
  const all = Object.entries(CONTROLS);
  return Object.fromEntries(all.map(([endpoint, [description]]) => [endpoint, description]));
}

/** Web pages can't send this content type to another origin without a preflight request. */
function parseBody({ headers, body }: Request): unknown {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new RequestError(415, 'The content type must be application/json.');
  }
  try {
    return body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    throw new RequestError(400, 'The body is not valid JSON.');
  }
}

function parse<Output>(
  schema: v.BaseSchema<unknown, Output, v.BaseIssue<unknown>>,
  body: unknown,
): Output {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RequestError(400, `Body ${v.getDotPath(issue) ?? ''}: ${issue.message}.`);
}

function options(body: unknown): v.InferOutput<typeof callOptions> {
  return parse(callOptions, body);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
