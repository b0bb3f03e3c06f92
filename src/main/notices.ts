import type { Notice } from '../shared/state';

/** A list of faults in which each stands once. */
export class Notices {
  #list: readonly Notice[] = [];

  constructor(private readonly onChange: () => void) {}

  get list(): readonly Notice[] {
    return this.#list;
  }

  add(notice: Notice): void {
    const text = JSON.stringify(notice);
    if (this.#list.some((known) => JSON.stringify(known) === text)) return;
    this.#list = [...this.#list, notice];
    this.onChange();
  }
}
