import type { DayView } from '../../shared/contract';
import type { Ringside } from '../ringside';

/** The picture of the day, asked for when the call log has changed. */
export class Day {
  view = $state.raw<DayView | undefined>(undefined);
  readonly #bridge: Ringside['bridge'];

  constructor(bridge: Ringside['bridge']) {
    this.#bridge = bridge;
  }

  async load(): Promise<void> {
    this.view = await this.#bridge.request('log:day');
  }
}
