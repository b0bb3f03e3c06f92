import type { Bridge } from '../shared/contract';
import type { Words } from './words.svelte';

/** How long a note stays, in ms. */
const STAY = 2_500;

/** A short word about what was just done, shown at the foot of the window and read out. */
export class Notes {
  text = $state<string>();
  readonly #bridge: Bridge;
  readonly #words: Words;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, words: Words) {
    this.#bridge = bridge;
    this.#words = words;
  }

  /** Shows a note in place of the one before. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => (this.text = undefined), STAY);
  }

  /** Puts a text on the clipboard and says so. */
  async copy(text: string): Promise<void> {
    await this.#bridge.request('text:copy', text);
    this.say(this.#words.t('note.copied'));
  }

  /** Hands the number of a session to the system's softphone. */
  async callBack(id: string): Promise<void> {
    const { ok } = await this.#bridge.request('call:back', id);
    this.say(this.#words.t(ok ? 'note.calling' : 'note.noPhone'));
  }

  /** Opens a page about a session in the browser. */
  async open(page: 'call:pop' | 'server:open', id: string): Promise<void> {
    const { ok } = await this.#bridge.request(page, id);
    if (!ok) this.say(this.#words.t('note.noBrowser'));
  }
}
