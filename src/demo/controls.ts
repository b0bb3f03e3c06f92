import type { LookupMode } from './api';
import type { SignIns } from './auth';
import { arrivalOf } from './byhand';
import { ME, personNamed, RECEPTION } from './cast';
import { answeredBy, heldBy, missed, over, patched, resumedBy, type Event } from './changes';
import type { PlayClock } from './clock';
import type { Fault, Faults } from './faults';
import { BadRequest } from './http';
import { backIn, ringsAt } from './queueing';
import type { Random } from './random';
import type { Scenario } from './scenario';
import type { Switchboard } from './switchboard';
import type { WireFields, WireSession } from './wire';

/** What the controls are wired to. */
export interface ControlParts {
  readonly board: Switchboard;
  readonly clock: PlayClock;
  readonly scenario: Scenario;
  readonly signIns: SignIns;
  readonly faults: Faults;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How the stand-in is doing. */
export interface DemoState {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly scenario: { readonly running: boolean; readonly second: number };
  readonly lookup: LookupMode;
  readonly signIns: number;
  readonly faults: readonly Fault[];
  readonly sessions: readonly WireSession[];
}

/** What a look-up tells of a session that vanished. */
export interface Vanishing {
  /** The name of who took the call. */
  readonly by?: string;
  /** True if the look-up is to know nothing of it. */
  readonly forget?: boolean;
  readonly fields?: WireFields;
}

/**
 * The stand-in, steered by hand. A session that is touched by hand is let go of by the scenario.
 * An operation on a session that is not on the list throws a {@link BadRequest} with status 404.
 */
export class Controls {
  readonly #parts: ControlParts;
  #lookup: LookupMode = 'ok';

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  /** Makes a session appear, as a rule one that rings; any of its fields may be given. */
  ring(fields: WireFields = {}): string {
    const { board, random } = this.#parts;
    const at = this.catchUp();
    if (typeof fields.id === 'string' && board.isListed(fields.id)) {
      throw new BadRequest(409, `There is a session ${fields.id} already.`);
    }
    return board.open(arrivalOf(fields, random), { at, fields });
  }

  /** Somebody answers, I if nobody is named. The session stays listed. */
  answer(id: string, { by = ME.name }: { by?: string } = {}): void {
    this.#happen(id, answeredBy(personNamed(by)));
  }

  /** Puts the call on hold. */
  hold(id: string, { by = ME.name }: { by?: string } = {}): void {
    this.#happen(id, heldBy(personNamed(by)));
  }

  /** Takes the call off hold. */
  resume(id: string, { by = ME.name }: { by?: string } = {}): void {
    this.#happen(id, resumedBy(personNamed(by)));
  }

  /** Sends the call into the queue, out of which it may ring again. */
  queue(id: string): void {
    this.#happen(id, backIn(RECEPTION));
  }

  /** The phone rings (again). */
  ringAgain(id: string, { at = ME.name }: { at?: string } = {}): void {
    this.#happen(id, ringsAt(personNamed(at)));
  }

  /** Nobody answered. The session stays listed, flagged as missed, for some seconds. */
  miss(id: string, { linger = LINGER }: { linger?: number } = {}): void {
    this.#happen(id, missed());
    this.#dismiss(id, linger);
  }

  /** The call is over. The session stays listed, flagged as ended, for some seconds. */
  end(id: string, { linger = LINGER, outcome = 'Completed' } = {}): void {
    this.#happen(id, over(outcome));
    this.#dismiss(id, linger);
  }

  /**
   * The session leaves the list at once, with no flag ever seen there. A look-up tells what became
   * of it: somebody took it (`by`), it is unknown (`forget`), else what its last state suggests: a
   * call that was ringing was missed. `fields` have the last word.
   */
  vanish(id: string, { by, forget = false, fields = {} }: Vanishing = {}): void {
    this.#happen(id, by === undefined ? supposedEnd : answeredBy(personNamed(by)));
    this.#happen(id, patched(fields));
    this.#dismiss(id, 0);
    if (forget) this.#parts.board.forget(id);
  }

  /** Lays fields over the session; `null` takes a field away. */
  patch(id: string, fields: WireFields): void {
    this.#happen(id, patched(fields));
  }

  /** Takes all sessions away, and what is remembered of earlier ones. */
  clear(): void {
    this.catchUp();
    this.#parts.board.clear();
  }

  /** Lets the scenario stand still; its sessions stay as they are. */
  pauseScenario(): void {
    this.#parts.clock.pause(this.catchUp());
  }

  /** Lets the scenario go on, or begin. */
  resumeScenario(): void {
    this.#parts.clock.resume(this.catchUp());
  }

  /** Lets answers go wrong from now on. */
  fault(fault: Fault): void {
    this.#parts.faults.add(fault);
  }

  /** Lets all answers be right again. */
  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** Signs everybody out: their cookies are worth nothing any more. */
  revoke(): void {
    this.#parts.signIns.revokeAll();
  }

  /** Decides how looking sessions up by `specificIds` goes. */
  lookup(mode: LookupMode): void {
    this.#lookup = mode;
  }

  get lookupMode(): LookupMode {
    return this.#lookup;
  }

  state(): DemoState {
    const { board, clock, signIns, faults } = this.#parts;
    const now = this.catchUp();
    return {
      now,
      scenario: { running: clock.running, second: clock.secondAt(now) },
      lookup: this.#lookup,
      signIns: signIns.count,
      faults: faults.list(),
      sessions: board.listed(),
    };
  }

  /** Brings the switchboard up to the present moment, and returns it. */
  catchUp(): number {
    const { board, clock, scenario, now } = this.#parts;
    const present = now();
    if (clock.running) scenario.advanceTo(clock.secondAt(present));
    board.sweep(present);
    return present;
  }

  #happen(id: string, event: Event): void {
    const { board } = this.#parts;
    const at = this.catchUp();
    if (!board.isListed(id)) throw new BadRequest(404, `There is no active session ${id}.`);
    board.happen(id, event, at, 'person');
  }

  #dismiss(id: string, seconds: number): void {
    const { board } = this.#parts;
    const at = this.catchUp();
    board.dismiss(id, at + seconds * 1000, 'person');
    board.sweep(at);
  }
}

/** How a session in this state ends if nothing else is said. */
const supposedEnd: Event = (session, mint) => {
  const { callState, queueState, direction, ended } = session;
  if (ended === true) return { fields: {} };
  const ringing = callState === 'Ringing' || queueState === 'Ringing';
  const end =
    ringing && direction !== 'Outgoing'
      ? missed()
      : over(queueState === 'Queued' ? 'Abandoned' : 'Completed');
  return end(session, mint);
};

/** Seconds for which a session that is over stays listed when nothing else is said. */
const LINGER = 10;
