import type { SystemNotice } from '../shared/state';

/** The problems of this computer that the window shows, each once. */
export class SystemNotices {
  #list: readonly SystemNotice[] = [];

  constructor(private readonly onChange: () => void) {}

  get list(): readonly SystemNotice[] {
    return this.#list;
  }

  /** Adds a notice, unless it is in the list. */
  add(notice: SystemNotice): void {
    const text = JSON.stringify(notice);
    if (this.#list.some((known) => JSON.stringify(known) === text)) return;
    this.#list = [...this.#list, notice];
    this.onChange();
  }

  /** Removes all notices of a kind. */
  remove(kind: SystemNotice['kind']): void {
    this.#removeWhere((notice) => notice.kind === kind);
  }

  /** Removes the notices that a file couldn't be saved, now that it's saved. */
  removeUnsaved(file: string): void {
    this.#removeWhere((notice) => notice.kind === 'cannot-save' && notice.file === file);
  }

  #removeWhere(isObsolete: (notice: SystemNotice) => boolean): void {
    const remaining = this.#list.filter((notice) => !isObsolete(notice));
    if (remaining.length === this.#list.length) return;
    this.#list = remaining;
    this.onChange();
  }
}
