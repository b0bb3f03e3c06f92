import { isRing, type Alert } from '../../core/alert';
import type { AppIcon } from './app-icon';

/** Asks for a look once a ring, for as long as something rings. */
export class Attention {
  #rings: ReadonlySet<string> = new Set();

  constructor(private readonly icon: Pick<AppIcon, 'beckon' | 'rest'>) {}

  /** Takes the alerts that are up. Taking the same ones twice changes nothing. */
  apply(open: readonly Alert[]): void {
    const before = this.#rings;
    this.#rings = new Set(open.filter(isRing).map(({ key }) => key));
    if (this.#rings.size === 0) {
      if (before.size > 0) this.icon.rest();
      return;
    }
    if ([...this.#rings].some((key) => !before.has(key))) this.icon.beckon();
  }
}
