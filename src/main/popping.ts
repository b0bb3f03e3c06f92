import type { Settings } from '../core/settings';
import type { Effect } from '../core/watch/decide';

/** What opening screen pops unasked takes. */
export interface PoppingNeeds {
  readonly settings: () => Pick<Settings, 'screenPopWhen'>;
  /** Opens the screen pop of a session. */
  readonly pop: (id: string) => void;
  readonly now: () => number;
}

/** An answer no older than this (ms) is news. */
const JUST_NOW = 10_000;

/** Calls remembered as popped at most: the news of older ones is long over. */
const MOST_POPPED = 100;

/** Opens screen pops by itself: when a call rings, or when the person answers it, as they chose. */
export class Popping {
  readonly #needs: PoppingNeeds;
  /** Calls that were popped when they were answered: each at most once. */
  readonly #popped = new Set<string>();

  constructor(needs: PoppingNeeds) {
    this.#needs = needs;
  }

  apply(effects: readonly Effect[]): void {
    const { settings, pop } = this.#needs;
    const { screenPopWhen } = settings();
    const ids = screenPopWhen === 'ringing' ? ringingIn(effects) : this.#answeredIn(effects);
    // What was answered meanwhile is no news either once the person chooses otherwise.
    if (screenPopWhen !== 'button') for (const id of ids) pop(id);
  }

  /** Calls that the person has just answered, each once. */
  #answeredIn(effects: readonly Effect[]): readonly string[] {
    return effects.flatMap((effect) => {
      if (effect.kind !== 'log' || effect.entry.outcome.kind !== 'answered') return [];
      const { outcome, answeredAt = 0, facts } = effect.entry;
      const isNew = this.#needs.now() - answeredAt < JUST_NOW && !this.#popped.has(facts.id);
      if (!outcome.byMe || !isNew) return [];
      this.#popped.add(facts.id);
      for (const oldest of this.#popped) {
        if (this.#popped.size <= MOST_POPPED) break;
        this.#popped.delete(oldest);
      }
      return [facts.id];
    });
  }
}

function ringingIn(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.kind === 'raise' && effect.alert.kind === 'ringing' ? [effect.alert.facts.id] : [],
  );
}
