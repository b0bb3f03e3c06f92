/** The system's global shortcuts, as far as Ringside uses them: Electron's fits. */
export interface Shortcuts {
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
}

/** Keeps the one global shortcut that opens the window. */
export class OpenShortcut {
  #current = '';
  #isRefused = false;

  constructor(
    private readonly shortcuts: Shortcuts,
    private readonly pressed: () => void,
    /** Another program has this one, or it is none; `undefined` when that is over. */
    private readonly refused: (accelerator: string | undefined) => void,
  ) {}

  /** Makes `accelerator` the shortcut; an empty one is none. One that was refused is tried again. */
  set(accelerator: string): void {
    if (accelerator === this.#current && !this.#isRefused) return;
    if (this.#current !== '') this.shortcuts.unregister(this.#current);
    const wasRefused = this.#isRefused;
    this.#isRefused = accelerator !== '' && !this.#register(accelerator);
    this.#current = this.#isRefused ? '' : accelerator;
    if (this.#isRefused) this.refused(accelerator);
    else if (wasRefused) this.refused(undefined);
  }

  #register(accelerator: string): boolean {
    try {
      return this.shortcuts.register(accelerator, this.pressed);
    } catch {
      // Electron throws at what it cannot read as an accelerator.
      return false;
    }
  }
}
