/** How long a toast stays visible. */
const DURATION_MS = 2_500;

/** The short confirmation at the bottom of the window. */
export class Toasts {
  text = $state<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a text, replacing the current one. */
  show(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => (this.text = undefined), DURATION_MS);
  }
}
