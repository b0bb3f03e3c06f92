import { getFirstMessage, getLinks, type ChatMessage } from '../../core/chat/transcript';
import type { SettingsStore } from '../storage/settings-store';
import type { Account } from './account';
import { isRefusal, type ApiClient } from './api-client';

/** The messages of a chat, or why there are none. `missing`: the server no longer has them. */
export type ChatResult =
  | { readonly kind: 'messages'; readonly messages: readonly ChatMessage[] }
  | { readonly kind: 'off' | 'refused' | 'missing' | 'failed' };

/** The first message of a ringing chat, as far as it has been requested. */
interface FirstMessage {
  readonly text: string | undefined;
  readonly attempts: number;
  /** By the monotonic clock. */
  readonly attemptedAtMs: number;
}

const MIN_INTERVAL_MS = 5_000;
/** The interval that the window keeps may be a little shorter here. */
const TIMER_SLACK_MS = 200;
/** The first message may arrive after the chat begins to ring. */
const MAX_FIRST_MESSAGE_ATTEMPTS = 4;

/** The chats of an account: the messages of the one that is open, and the first of those that ring. */
export class Chats {
  #isRefused = false;
  #firstMessages: ReadonlyMap<string, FirstMessage> = new Map();
  #openChat: { readonly id: string; readonly loadedAtMs: number; result: ChatResult } | undefined;
  #loading: { readonly id: string; readonly result: Promise<ChatResult> } | undefined;
  /** Resume requests that wait for the current poll to end. */
  #waiting: readonly (() => void)[] = [];

  constructor(
    private readonly account: Pick<
      Account,
      'alertState' | 'connection' | 'isBusy' | 'isRunning'
    > & {
      emit(event: 'names' | 'change'): boolean;
    },
    private readonly client: Pick<ApiClient, 'getTranscript'>,
    private readonly settings: Pick<SettingsStore, 'get'>,
  ) {}

  /** Whether the server doesn't let this user read chats. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Lifts a refusal by the server, after a new sign-in. */
  retry(): void {
    this.#isRefused = false;
    this.#openChat = undefined;
  }

  /** The first message of a ringing chat, once known. */
  getFirstMessage(id: string): string | undefined {
    return this.#isWanted ? this.#firstMessages.get(id)?.text : undefined;
  }

  /** Whether a link is in the chat that is open. */
  hasLink(id: string, url: string): boolean {
    const { result } = this.#openChat?.id === id ? this.#openChat : {};
    return (
      result?.kind === 'messages' && result.messages.some((one) => getLinks(one).includes(url))
    );
  }

  /** The messages of a chat, from the server every few seconds at most. */
  async getTranscript(id: string): Promise<ChatResult> {
    if (!this.#isWanted) return { kind: 'off' };
    if (this.#isRefused) return { kind: 'refused' };
    const { kind } = this.account.connection;
    if (kind !== 'live') return { kind: 'failed' };
    const open = this.#openChat;
    const ageMs = performance.now() - (open?.loadedAtMs ?? 0);
    if (open?.id === id && ageMs < MIN_INTERVAL_MS - TIMER_SLACK_MS) return open.result;
    // One request at a time, if polls allow it.
    if (this.account.isBusy) {
      await new Promise<void>((resolve) => (this.#waiting = [...this.#waiting, resolve]));
    }
    while (this.#loading && this.#loading.id !== id) await this.#loading.result;
    const loadedAtMs = performance.now();
    const result = await (this.#loading?.result ?? this.#load(id));
    this.#openChat = { id, loadedAtMs, result };
    return result;
  }

  /** Loads the first message of a chat that rings. Called after each poll. */
  async update(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    const { calls } = this.account.alertState;
    const firstMessages = new Map([...this.#firstMessages].filter(([id]) => calls.has(id)));
    if (firstMessages.size < this.#firstMessages.size) this.#firstMessages = firstMessages;
    if (!this.account.isRunning || !this.#isWanted || this.#isRefused || this.#loading) return;
    const now = performance.now();
    const due = [...calls.values()].find(({ summary, phase, goneAt }) => {
      if (phase !== 'ringing' || goneAt !== null || summary.channel !== 'Chat') return false;
      const first = this.#firstMessages.get(summary.id);
      if (!first) return true;
      const isRecent = now - first.attemptedAtMs < MIN_INTERVAL_MS;
      return first.text === undefined && first.attempts < MAX_FIRST_MESSAGE_ATTEMPTS && !isRecent;
    });
    if (due) await this.#loadFirstMessage(due.summary.id, now);
  }

  async #loadFirstMessage(id: string, attemptedAtMs: number): Promise<void> {
    const result = await this.#load(id);
    const text = result.kind === 'messages' ? getFirstMessage(result.messages) : undefined;
    const attempts = (this.#firstMessages.get(id)?.attempts ?? 0) + 1;
    this.#firstMessages = new Map(this.#firstMessages).set(id, { text, attempts, attemptedAtMs });
    if (text !== undefined && this.account.isRunning) this.account.emit('names');
  }

  async #load(id: string): Promise<ChatResult> {
    const result = this.#request(id);
    this.#loading = { id, result };
    try {
      return await result;
    } finally {
      this.#loading = undefined;
    }
  }

  async #request(id: string): Promise<ChatResult> {
    const call = this.account.alertState.calls.get(id);
    const result = await this.client.getTranscript(call?.serverId ?? id);
    if (result.ok) return { kind: 'messages', messages: result.value };
    const { error } = result;
    if (!isRefusal(error)) return { kind: 'failed' };
    // A chat that is over may just be gone.
    if (error.kind === 'not-found' && call?.goneAt !== null) return { kind: 'missing' };
    this.#isRefused = true;
    if (this.account.isRunning) this.account.emit('change');
    return { kind: 'refused' };
  }

  get #isWanted(): boolean {
    return this.settings.get().chatMessages;
  }
}
