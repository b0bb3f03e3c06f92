/**
 * The way data goes: poll → decode → compare → decide → show. One turn of it asks the server once,
 * and asks after vanished calls where the rules want to know; everything else is decided by them.
 */
import { compareSnapshots, type Changes } from '../core/compare';
import { decodeAnswer } from '../core/decode';
import type { Rules } from '../core/rules';
import type { Session } from '../core/session';
import { decide, GAP, type Effect, type Input } from '../core/watch/decide';
import type { Me } from '../core/watch/follow';
import { listedIds, wantedLookUps, type Watch } from '../core/watch/watch';
import { elapsedWithSleep, type Mark } from '../core/mark';
import { parse, type EvoVoice, type Problem } from './api/evo-voice';

/** What the spine drives and asks. */
export interface SpineNeeds {
  readonly api: Pick<EvoVoice, 'sessions' | 'lookUp'> & Partial<Pick<EvoVoice, 'serverAhead'>>;
  readonly watch: Watch;
  readonly rules: () => Rules;
  readonly me: () => Me;
  readonly now: () => Mark;
  /** Keeps the watch before anything of it is shown. */
  readonly keep: (watch: Watch) => void;
  readonly show: (effects: readonly Effect[]) => void;
}

/** The sessions as last heard of. */
export interface Picture {
  /** In the server's order. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** Entries of the answer that could not be used. */
  readonly setAside: number;
}

/** What became of one turn. */
export type Turn = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

/** What one answer says that was not known. */
interface News {
  readonly changes: Changes;
  readonly picture: Picture | undefined;
}

const NO_CHANGES: Changes = { appeared: [], changed: [], vanished: [] };

/** Follows the sessions of one account. */
export class Spine {
  readonly #needs: SpineNeeds;
  #watch: Watch;
  #picture: Picture | undefined;
  #lastBytes: Buffer | undefined;
  /** The server refused a look-up once: it is not asked again during this sign-in. */
  #lookUpsRefused = false;
  #left = false;

  constructor(needs: SpineNeeds) {
    this.#needs = needs;
    this.#watch = needs.watch;
  }

  get watch(): Watch {
    return this.#watch;
  }

  /** `undefined` until the first good answer. */
  get picture(): Picture | undefined {
    return this.#picture;
  }

  /** One turn. Never rejects: what goes wrong is told and becomes a failure for the rules. */
  async turn(): Promise<Turn> {
    const { api, now } = this.#needs;
    const asked = now();
    const answer = await api.sessions();
    if (!answer.ok) return this.#fail(answer.problem);
    // On its way while the machine slept, it tells of the evening before as if it were news.
    if (elapsedWithSleep(asked, now()) > GAP) {
      const fault = { kind: 'timeout', code: 'asleep' } as const;
      return this.#fail({ kind: 'fault', fault, retryAfter: undefined });
    }
    const news = this.#newsIn(answer.value);
    if (!news) {
      const fault = { kind: 'bad-answer', code: 'sessions' } as const;
      return this.#fail({ kind: 'fault', fault, retryAfter: undefined });
    }
    this.#takeAnswer(news, answer.value);
    await this.#lookUp();
    return { ok: true };
  }

  /** The account is left: nothing is decided any more, whatever is still under way. */
  leave(): void {
    this.#left = true;
  }

  /** Lets the rules decide about something that happened, keeps the outcome, and shows it. */
  take(input: Input): void {
    if (this.#left) return;
    const { rules, me, now, keep, show } = this.#needs;
    const { watch, effects } = decide(this.#watch, input, rules(), me(), now());
    this.#watch = watch;
    keep(watch);
    if (effects.length > 0) show(effects);
  }

  #takeAnswer({ changes, picture }: News, bytes: Buffer): void {
    if (this.#left) return;
    this.#picture = picture;
    this.#lastBytes = bytes;
    this.take({ kind: 'answer', changes, serverAhead: this.#needs.api.serverAhead ?? 0 });
  }

  /** What an answer changed; `undefined` when it is none. Equal bytes are not decoded again. */
  #newsIn(bytes: Buffer): News | undefined {
    if (this.#lastBytes?.equals(bytes)) return { changes: NO_CHANGES, picture: this.#picture };
    const decoded = decodeAnswer(parse(bytes), this.#picture?.sessions);
    if (!decoded.ok) return undefined;
    const next = new Map(decoded.sessions.map((session) => [session.id, session]));
    const changes = compareSnapshots(this.#known(), next);
    return { changes, picture: { sessions: next, setAside: decoded.setAside } };
  }

  #known(): ReadonlyMap<string, Session | undefined> {
    return this.#picture?.sessions ?? new Map(listedIds(this.#watch).map((id) => [id, undefined]));
  }

  async #lookUp(): Promise<void> {
    const asked = wantedLookUps(this.#watch);
    if (asked.length === 0) return;
    const answer = this.#lookUpsRefused ? undefined : await this.#needs.api.lookUp(asked);
    if (answer && !answer.ok && isRefusal(answer.problem)) this.#lookUpsRefused = true;
    this.take({ kind: 'looked-up', asked, found: answer?.ok ? answer.value : null });
  }

  #fail(problem: Problem): Turn {
    // Being signed out is no trouble yet: remembered credentials may sign in again.
    if (problem.kind !== 'signed-out') {
      const trouble = problem.kind === 'forbidden' ? 'forbidden' : 'offline';
      this.take({ kind: 'failure', trouble });
    }
    return { ok: false, problem };
  }
}

/** The server will not say what became of vanished sessions, now or later. */
function isRefusal(problem: Problem): boolean {
  if (problem.kind === 'fault') {
    // A 4xx that is no plea for a pause; what the network did may go well the next time.
    return problem.fault.kind === 'unexpected' && problem.fault.code.startsWith('HTTP 4');
  }
  return problem.kind === 'forbidden' || problem.kind === 'missing';
}
