import { createApi } from '../../../src/demo/api';
import { SignIns } from '../../../src/demo/auth';
import { CALLERS, type Caller } from '../../../src/demo/callers';
import { ME } from '../../../src/demo/cast';
import { CUSTOMERS } from '../../../src/demo/customers';
import { PLOTS } from '../../../src/demo/plots';
import type { Random } from '../../../src/demo/random';
import type { Performance, Plot, Scene } from '../../../src/demo/scene';
import { Switchboard } from '../../../src/demo/switchboard';
import type { Sent } from './electron';

/** What comes back of a request. */
export type Served =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[]>>;
      readonly body: string | Uint8Array;
    }
  | { readonly error: string };

/** What can be wrong for a while. */
type Fault = (truth: () => Served, random: Random) => Served | undefined;

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

const FAULTS: readonly Fault[] = [
  ...[500, 502, 503, 504, 403, 404, 418].map(
    (status): Fault =>
      () =>
        said('', status),
  ),
  () => ({ ...said('', 429), headers: { ...JSON_TYPE, 'retry-after': '7' } }),
  () => ({ status: 307, headers: {}, body: '' }),
  () => ({ status: 200, headers: HTML, body: '<p>Welcome to the hotel</p>' }),
  ...['', 'null', '[]', '{"error":"none"}', '{"sessions":[{'].map(
    (body): Fault =>
      () =>
        said(body),
  ),
  // No answer at all, and one that is broken somewhere.
  () => undefined,
  (truth, random) => brokenSomewhere(truth(), random),
  ...['CONNECTION_RESET', 'NAME_NOT_RESOLVED', 'CERT_DATE_INVALID', 'INTERNET_DISCONNECTED'].map(
    (name): Fault =>
      () => ({ error: `net::ERR_${name}` }),
  ),
];

/** The name and the password of who works here. */
export const SIGN_IN = { userName: 'jamie@clearwater.example', password: 'ring-ring' };

/**
 * The phone system of a small answering service: calls of every kind that the stand-in knows, as
 * many in a day as a receptionist has, and every now and then something is wrong for a while.
 */
export class PhoneSystem {
  readonly #random: Random;
  readonly #board: Switchboard;
  readonly #signIns = new SignIns([{ ...SIGN_IN, id: ME.userId, name: ME.name, roles: ['User'] }]);
  readonly #api: ReturnType<typeof createApi>;
  #playing = 0;
  #needsMe = 0;
  #fault: Fault | undefined;
  calls = 0;
  faults = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#board = new Switchboard(random);
    this.#api = createApi({
      board: this.#board,
      signIns: this.#signIns,
      lookupMode: () => 'ok',
      now: Date.now,
    });
  }

  /** Whether any call is under way. */
  get isBusy(): boolean {
    return this.#playing > 0 || this.#board.listed().length > 0;
  }

  /** Answers a request; `undefined` for never. */
  serve(sent: Sent): Served | undefined {
    const truth = (): Served => this.#truth(sent);
    return this.#fault ? this.#fault(truth, this.#random) : truth();
  }

  /** Calls come in until `end` (ms since 1970), `gap` ms from one to the next as a rule. */
  worksUntil(end: number, gap: number): void {
    const next = (): void => {
      if (Date.now() >= end) return;
      this.#begin();
      // Calls know nothing of each other: often two at once, and then none for a while.
      setTimeout(next, -Math.log(1 - this.#random.next()) * gap);
    };
    next();
  }

  /** Something is wrong for so many ms. */
  fails(ms: number): void {
    this.#fault = this.#random.pick(FAULTS);
    this.faults += 1;
    setTimeout(() => {
      this.#fault = undefined;
    }, ms);
  }

  /** Everybody has to sign in again. */
  revokes(): void {
    this.#signIns.revokeAll();
  }

  #truth({ method, url, headers, body }: Sent): Served {
    const { pathname, searchParams } = new URL(url);
    this.#board.sweep(Date.now());
    const path = pathname.toLowerCase();
    const request = { method, path, exactPath: pathname, query: searchParams, headers, body };
    const reply = this.#api({ ...request, wantsJson: true });
    const date = new Date().toUTCString();
    return { ...reply, headers: { date, ...lowerCase(reply.headers) } };
  }

  #begin(): void {
    const plots = PLOTS.filter(({ needsMe }) => needsMe !== true || this.#needsMe === 0);
    const plot = this.#random.pick(plots);
    const mine = plot.needsMe === true ? 1 : 0;
    this.#playing += 1;
    this.#needsMe += mine;
    this.#goOn(plot, plot.play(this.#scene()), () => {
      this.#playing -= 1;
      this.#needsMe -= mine;
    });
  }

  #goOn(plot: Plot, performance: Performance, over: () => void): void {
    const step = performance.next();
    if (step.done === true) over();
    else
      setTimeout(() => {
        this.#goOn(plot, performance, over);
      }, step.value * 1_000);
  }

  #scene(): Scene {
    const random = this.#random;
    return {
      random,
      someone: (caller: Caller = random.pick(CALLERS)) => ({
        caller,
        customer: random.pick(CUSTOMERS),
      }),
      opens: (arrival) => {
        this.calls += 1;
        const id = this.#board.open(arrival, { at: Date.now() });
        return {
          happens: (event) => {
            this.#board.happen(id, event, Date.now(), 'scenario');
          },
          leaves: () => {
            this.#board.dismiss(id, Date.now(), 'scenario');
          },
        };
      },
    };
  }
}

function said(body: string, status = 200): Exclude<Served, { error: string }> {
  return { status, headers: JSON_TYPE, body };
}

/** The truth with something else in the place of a few of its characters. */
function brokenSomewhere(truth: Served, random: Random): Served {
  if ('error' in truth) return truth;
  const text = truth.body.toString();
  const at = random.whole(0, text.length);
  const rubbish = random.pick(['', '"', '}', '\0', 'null', '\ud83d']);
  return { ...truth, body: text.slice(0, at) + rubbish + text.slice(at + 3) };
}

function lowerCase(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    // The jar looks for cookies under the name that the stand-in gives them.
    Object.entries(headers).map(([name, value]) => [
      name === 'Set-Cookie' ? name : name.toLowerCase(),
      value,
    ]),
  );
}
