import { bodyOf, faultIn, lookupModeIn, numberIn, objectOf, textIn, type Body } from './bodies';
import type { Controls } from './controls';
import { BadRequest, json, type Reply, type Request } from './http';

interface SteeringRoute {
  readonly method: 'GET' | 'POST';
  /** `:id` stands for the id of a session. */
  readonly path: string;
  readonly does: string;
  /** A body to start from. */
  readonly example?: Body;
  readonly run: (controls: Controls, body: Body, id: string) => unknown;
}

const BY_COLLEAGUE = { by: 'Maya Kent' };

const ROUTES: readonly SteeringRoute[] = [
  {
    method: 'GET',
    path: '/demo',
    does: 'Lists these requests.',
    run: help,
  },
  {
    method: 'GET',
    path: '/demo/state',
    does: 'Tells what is going on: the sessions, the scenario, the faults.',
    run: (controls) => controls.state(),
  },
  {
    method: 'POST',
    path: '/demo/calls',
    does: 'Makes a call ring. Any field of a session may be given; null leaves a field out.',
    example: { fromName: 'Grace Whitfield', customerName: 'Bright Dental' },
    // Passed on as given, so that also what breaks the contract can be tried.
    run: (controls, body) => ({ id: controls.ring(body) }),
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/answer',
    does: 'Somebody answers: you, unless "by" names a colleague.',
    example: BY_COLLEAGUE,
    run: (controls, body, id) => {
      controls.answer(id, textIn(body, 'by'));
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/hold',
    does: 'Puts the call on hold.',
    run: (controls, body, id) => {
      controls.hold(id, textIn(body, 'by'));
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/resume',
    does: 'Takes the call off hold.',
    run: (controls, body, id) => {
      controls.resume(id, textIn(body, 'by'));
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/queue',
    does: 'Sends the call into the queue.',
    run: (controls, _body, id) => {
      controls.queue(id);
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/ring',
    does: 'Makes the call ring again, "at" somebody’s desk.',
    run: (controls, body, id) => {
      controls.ringAgain(id, textIn(body, 'at'));
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/miss',
    does: 'Flags the call as missed; it stays listed for "linger" seconds (10).',
    example: { linger: 5 },
    run: (controls, body, id) => {
      controls.miss(id, numberIn(body, 'linger'));
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/end',
    does: 'Ends the call; it stays listed as ended for "linger" seconds (10).',
    example: { linger: 0, outcome: 'Completed' },
    run: (controls, body, id) => {
      controls.end(id, { ...numberIn(body, 'linger'), ...textIn(body, 'outcome') });
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/vanish',
    does:
      'Takes the call off the list at once. Looked up, it was taken by somebody ("by"), or is ' +
      'unknown ("forget": true), else what its state suggests; "fields" have the last word.',
    example: BY_COLLEAGUE,
    run: (controls, body, id) => {
      controls.vanish(id, {
        ...textIn(body, 'by'),
        forget: body['forget'] === true,
        fields: objectOf(body['fields'] ?? {}),
      });
    },
  },
  {
    method: 'POST',
    path: '/demo/calls/:id/patch',
    does: 'Lays fields over the session; null takes a field away.',
    example: { fromName: 'Grace Whitfield-Jones' },
    run: (controls, body, id) => {
      controls.patch(id, body);
    },
  },
  {
    method: 'POST',
    path: '/demo/clear',
    does: 'Takes all sessions away.',
    run: (controls) => {
      controls.clear();
    },
  },
  {
    method: 'POST',
    path: '/demo/pause',
    does: 'Lets the scenario stand still.',
    run: (controls) => {
      controls.pauseScenario();
    },
  },
  {
    method: 'POST',
    path: '/demo/resume',
    does: 'Lets the scenario go on.',
    run: (controls) => {
      controls.resumeScenario();
    },
  },
  {
    method: 'POST',
    path: '/demo/faults',
    does:
      'Makes the next answers ("times", else all) of a "path" (else of all) go wrong: status, ' +
      'retryAfter, headers, body, contentType, delayMs, dripMs, hang, reset, truncate.',
    example: { path: '/sessions/my', times: 2, status: 503, retryAfter: 5 },
    run: (controls, body) => {
      controls.fault(faultIn(body));
    },
  },
  {
    method: 'POST',
    path: '/demo/faults/clear',
    does: 'Makes all answers right again.',
    run: (controls) => {
      controls.clearFaults();
    },
  },
  {
    method: 'POST',
    path: '/demo/revoke',
    does: 'Signs everybody out: all cookies die.',
    run: (controls) => {
      controls.revoke();
    },
  },
  {
    method: 'POST',
    path: '/demo/lookup',
    does: 'Looking sessions up by specificIds goes well ("ok"), is "refused" or "missing".',
    example: { mode: 'refused' },
    run: (controls, body) => {
      controls.lookup(lookupModeIn(body));
    },
  },
];

/** True for the requests that are for the controls and not for the API. */
export function isSteering({ path }: Request): boolean {
  return path === '/demo' || path.startsWith('/demo/');
}

/** Answers a request to the controls. Anybody may send one: the stand-in is on loopback. */
export function steer(controls: Controls, request: Request): Reply {
  for (const route of ROUTES) {
    const id = route.method === request.method ? match(route.path, request.exactPath) : undefined;
    if (id === undefined) continue;
    const result = route.run(controls, bodyOf(request), id);
    return json(result ?? { done: true });
  }
  throw new BadRequest(404, 'There is no such request; GET /demo lists those there are.');
}

function help(): unknown {
  return {
    requests: ROUTES.map(({ method, path, does, example }) => ({ method, path, does, example })),
  };
}

/** The id in a path, '' for a path without one, undefined if the path is another. */
function match(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split(':id');
  if (after === undefined) return path === pattern ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const id = path.slice(before.length, path.length - after.length);
  return id === '' || id.includes('/') ? undefined : decoded(id);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    throw new BadRequest(400, 'The id is not well encoded.');
  }
}
