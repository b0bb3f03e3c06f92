/** How long a toast stays visible. */
const DURATION_MS = 2_500;
/** A button needs time to be reached. */
const ACTION_DURATION_MS = 8_000;

/** A button in a toast. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** The short confirmation at the bottom of the window. */
export class Toasts {
  text = $state<string>();
  action = $state.raw<ToastAction>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a text, replacing the current one. */
  show(text: string, action?: ToastAction): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.action = action;
    this.#timer = setTimeout(() => this.hide(), action ? ACTION_DURATION_MS : DURATION_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.text = undefined;
    this.action = undefined;
  }
}
