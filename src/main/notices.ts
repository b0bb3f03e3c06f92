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

  /** Takes back what is no longer so. */
  remove(kind: Notice['kind']): void {
    const left = this.#list.filter((notice) => notice.kind !== kind);
    if (left.length === this.#list.length) return;
    this.#list = left;
    this.onChange();
  }
}
