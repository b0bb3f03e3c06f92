import { globalShortcut, type GlobalShortcut } from 'electron';

/** The global shortcut that opens the window. */
export class WindowShortcut {
  #accelerator = '';
  #hasConflict = false;

  constructor(
    private readonly onPress: () => void,
    /** Receives an accelerator that can't be registered, and `undefined` once that is resolved. */
    private readonly onConflict: (accelerator: string | undefined) => void,
    private readonly shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'> = globalShortcut,
  ) {}

  /** Registers the accelerator instead of the last one; an empty one turns the shortcut off. */
  set(accelerator: string): void {
    if (accelerator === this.#accelerator && !this.#hasConflict) return;
    if (this.#accelerator !== '') this.shortcuts.unregister(this.#accelerator);
    const hadConflict = this.#hasConflict;
    this.#hasConflict = accelerator !== '' && !this.#register(accelerator);
    this.#accelerator = this.#hasConflict ? '' : accelerator;
    if (this.#hasConflict) this.onConflict(accelerator);
    else if (hadConflict) this.onConflict(undefined);
  }

  #register(accelerator: string): boolean {
    try {
      return this.shortcuts.register(accelerator, this.onPress);
    } catch {
      // Electron throws at an invalid accelerator.
      return false;
    }
  }
}
