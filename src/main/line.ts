import { nextPollDelay, type Pace } from '../core/cadence';
import type { Me } from '../core/watch/follow';
import type { Connection, Fault, SignInRefusal } from '../shared/state';
import type { EvoVoice, Identity, Problem } from './api/evo-voice';
import { refusalOf } from './sign-in';
import type { Spine } from './spine';

/** What a line to the server needs. */
export interface LineNeeds {
  readonly api: Pick<EvoVoice, 'signIn' | 'who' | 'signOut'>;
  readonly spine: Pick<Spine, 'turn' | 'take'>;
  readonly userName: string;
  /** Kept for this run, to sign in again once when the server ends the sign-in. */
  readonly password: string | undefined;
  /** The password must not be tried again: the server refused it. */
  readonly forgetPassword: () => void;
  readonly pace: () => Omit<Pace, 'failures' | 'retryAfter'>;
  readonly random: () => number;
  /** Ms since 1970. */
  readonly now: () => number;
  /** After how many ms something is called; returns how to call it off. */
  readonly after: (ms: number, what: () => void) => () => void;
  readonly onConnection: (connection: Connection) => void;
  /** An error that should not be. */
  readonly report: (error: unknown) => void;
}

/** Attempts to learn who is signed in; a server that will not say is not asked for ever. */
const MOST_WHO_ATTEMPTS = 3;

/** How long (ms) to wait where nobody can say. */
const WITHOUT_PACE = 10_000;

/** How often (ms) a working connection says so again. */
const LIVE_NEWS = 10_000;

/**
 * One account's line to its server: signs in, polls at its pace with one request in flight, signs
 * in again once, backs off and recovers. Ends when the person must act.
 */
export class Line {
  readonly #needs: LineNeeds;
  #password: string | undefined;
  #connection: Connection = { kind: 'starting' };
  #identity: Identity | undefined;
  #whoAttempts = 0;
  #failures = 0;
  /** What the server asked to wait, in ms. */
  #retryAfter: number | undefined;
  #answeredAt: number | null = null;
  #failingSince: number | null = null;
  #busy = false;
  #stopped = false;
  #paused = false;
  #callOff: (() => void) | undefined;

  constructor(needs: LineNeeds) {
    this.#needs = needs;
    this.#password = needs.password;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** Who is signed in, for telling one's own answers from a colleague's. */
  get me(): Me {
    return { id: this.#identity?.id, name: this.#identity?.name };
  }

  /** Polls as whoever the cookies say is signed in. */
  start(): void {
    void this.#turn(() => this.#poll(true));
  }

  /** Signs in with the password first, again and again while the server cannot be reached. */
  startSigningIn(): void {
    void this.#turn(() => this.#signInThenPoll());
  }

  /** Polls at once, unless a request is under way already. */
  pollNow(): void {
    if (this.#busy || this.#isStopped() || this.#paused || this.#callOff === undefined) return;
    this.#callOff();
    this.#callOff = undefined;
    void this.#turn(() => this.#next());
  }

  /** Sends nothing until {@link resume}: the machine is asleep. */
  pause(): void {
    this.#paused = true;
    this.#callOff?.();
  }

  /** Polls at once and goes on. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#callOff) this.pollNow();
  }

  /** Ends for good. What is under way is the business of the API's abort signal. */
  stop(): void {
    this.#stopped = true;
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #next: () => Promise<void> = () => this.#poll(true);

  /** Runs one step, then waits as long as the step says; `undefined` waits for the person. */
  async #turn(step: () => Promise<void>): Promise<void> {
    if (this.#busy || this.#isStopped()) return;
    this.#busy = true;
    this.#retryAfter = undefined;
    try {
      await step();
    } catch (error) {
      // A bug of ours must not end the polling: somebody waits for calls.
      this.#needs.report(error);
      if (!this.#isStopped()) this.#fail({ kind: 'unexpected', code: 'internal' });
    } finally {
      this.#busy = false;
    }
    if (this.#isStopped() || this.#connection.kind === 'signed-out') return;
    const { after, now } = this.#needs;
    const delay = this.#delay();
    if (this.#failures > 0) this.#tellRetry(now() + delay);
    const next = (): void => {
      this.#callOff = undefined;
      void this.#turn(() => this.#next());
    };
    this.#callOff = this.#paused ? noop : after(delay, next);
  }

  /** How long to wait, in ms. A bug in what decides it must not end the polling either. */
  #delay(): number {
    const { pace, random, report } = this.#needs;
    const retryAfter = this.#retryAfter;
    try {
      return nextPollDelay({ ...pace(), failures: this.#failures, retryAfter }, random());
    } catch (error) {
      report(error);
      return WITHOUT_PACE;
    }
  }

  async #signInThenPoll(): Promise<void> {
    this.#next = () => this.#signInThenPoll();
    if (this.#connection.kind === 'starting') this.#become({ kind: 'signing-in' });
    const refusal = await this.#trySignIn();
    if (this.#isStopped()) return;
    await this.#afterSigningIn(refusal);
  }

  async #afterSigningIn(refusal: SignInRefusal | null): Promise<void> {
    if (refusal?.kind === 'unreachable') {
      this.#needs.spine.take({ kind: 'failure', trouble: 'offline' });
      this.#fail(refusal.fault);
    } else if (refusal) {
      this.#mustSignIn(refusal);
    } else {
      await this.#poll(false);
    }
  }

  /** One turn of the spine. `again`: a sign-in that has ended may be renewed once. */
  async #poll(again: boolean): Promise<void> {
    this.#next = () => this.#poll(true);
    const turn = await this.#needs.spine.turn();
    if (this.#isStopped()) return;
    if (!turn.ok) {
      await this.#failWith(turn.problem, again);
      return;
    }
    this.#failures = 0;
    this.#failingSince = null;
    this.#answeredAt = this.#needs.now();
    this.#tellLive(this.#answeredAt);
    await this.#learnWho();
  }

  async #failWith(problem: Problem, again: boolean): Promise<void> {
    switch (problem.kind) {
      case 'signed-out':
        await this.#renew(again);
        return;
      case 'forbidden':
        this.#failures += 1;
        this.#become({ kind: 'forbidden', role: problem.role, retryAt: this.#needs.now() });
        return;
      case 'missing':
        this.#fail({ kind: 'bad-answer', code: `HTTP ${problem.status}` });
        return;
      case 'fault':
        this.#retryAfter = problem.retryAfter;
        this.#fail(problem.fault);
        return;
    }
  }

  /** The server has ended the sign-in: renews it once with what is remembered, or asks. */
  async #renew(again: boolean): Promise<void> {
    if (!again || this.#password === undefined) {
      this.#mustSignIn({ kind: 'expired' });
      return;
    }
    const refusal = await this.#trySignIn();
    if (this.#isStopped()) return;
    await this.#afterSigningIn(refusal);
  }

  #fail(fault: Fault): void {
    this.#failures += 1;
    const since = (this.#failingSince ??= this.#needs.now());
    const { now } = this.#needs;
    this.#become({ kind: 'offline', answeredAt: this.#answeredAt, since, retryAt: now(), fault });
  }

  #mustSignIn(refused: SignInRefusal): void {
    this.#become({ kind: 'signed-out', refused });
    this.#needs.spine.take({ kind: 'failure', trouble: 'sign-in' });
  }

  /** Not each answer is news: the moment of the last one is told now and then. */
  #tellLive(answeredAt: number): void {
    const before = this.#connection;
    const told = before.kind === 'live' ? before.answeredAt : -Infinity;
    if (Math.abs(answeredAt - told) >= LIVE_NEWS) this.#become({ kind: 'live', answeredAt });
  }

  #tellRetry(retryAt: number): void {
    const { kind } = this.#connection;
    if (kind === 'offline' || kind === 'forbidden') {
      this.#become({ ...this.#connection, retryAt });
    }
  }

  async #trySignIn(): Promise<SignInRefusal | null> {
    const { api, userName, forgetPassword } = this.#needs;
    const result = await api.signIn(userName, this.#password ?? '');
    if (result.ok) return null;
    const { problem } = result;
    if (problem.kind === 'fault') this.#retryAfter = problem.retryAfter;
    if (problem.kind === 'signed-out') {
      // The server may lock an account after several refusals: this one is never sent again.
      this.#password = undefined;
      forgetPassword();
    }
    return refusalOf(problem);
  }

  async #learnWho(): Promise<void> {
    if (this.#identity || this.#whoAttempts >= MOST_WHO_ATTEMPTS) return;
    this.#whoAttempts += 1;
    const who = await this.#needs.api.who();
    if (this.#isStopped() || !who.ok || !who.value) return;
    this.#identity = who.value;
    this.#become({ ...this.#connection });
  }

  /** Asked anew after each wait: it may have been stopped meanwhile. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    try {
      this.#needs.onConnection(connection);
    } catch (error) {
      this.#needs.report(error);
    }
  }
}

function noop(): void {
  // Nothing waits: the line is paused.
}
