/** The system's global shortcuts, as far as Ringside uses them: Electron's fits. */
export interface Shortcuts {
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
}

/** Keeps the one global shortcut that opens the window. */
export class OpenShortcut {
  #current = '';

  constructor(
    private readonly shortcuts: Shortcuts,
    private readonly pressed: () => void,
    /** Another program has it, or it is none. */
    private readonly refused: (accelerator: string) => void,
  ) {}

  /** Makes `accelerator` the shortcut; an empty one is none. */
  set(accelerator: string): void {
    if (accelerator === this.#current) return;
    if (this.#current !== '') this.shortcuts.unregister(this.#current);
    this.#current = accelerator;
    if (accelerator === '' || this.#register(accelerator)) return;
    this.#current = '';
    this.refused(accelerator);
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
