import { decodeVoicemails, type Voicemail } from '../../core/voicemail/voicemail';
import type { SettingsStore } from '../storage/settings-store';
import type { Account } from './account';
import { isRefusal, parseJson, type ApiClient } from './api-client';

const INTERVAL_MS = 15 * 60_000;
const FIRST_RETRY_MS = 60_000;
/** A message takes some time to arrive after the call that it belongs to. */
const DELAYS_AFTER_MISSED_CALL_MS = [20_000, 60_000, 180_000];
/** Many missed calls in a row cause no more requests than this. */
const MIN_INTERVAL_MS = 15_000;

/** The voice messages of an account. They are read between polls, which never wait for them. */
export class VoicemailInbox {
  #voicemails: readonly Voicemail[] = [];
  #isRefused = false;
  #isBusy = false;
  #failureCount = 0;
  #lastBody: Buffer | undefined;
  /** When to read, by the monotonic clock. */
  #dueAtMs: readonly number[] = [0];

  constructor(
    private readonly account: Account,
    private readonly client: Pick<ApiClient, 'getVoicemails'>,
    private readonly settings: Pick<SettingsStore, 'get'>,
  ) {
    account.on('log', (effects) => {
      for (const effect of effects) {
        if (effect.kind !== 'log') continue;
        const { outcome, isSeen } = effect.entry;
        if (outcome.kind === 'missed' && !isSeen) this.#expectMessage();
      }
    });
  }

  /** Newest first. */
  get voicemails(): readonly Voicemail[] {
    return this.#voicemails;
  }

  /** Whether the server doesn't let this user read voice messages. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Asks again, after a sign-in, a server that refused. */
  retry(): void {
    if (!this.#isRefused) return;
    this.#isRefused = false;
    this.#dueAtMs = [0];
  }

  /** Reads the messages if it's time to. */
  async refresh(): Promise<void> {
    const now = performance.now();
    if (this.#isBusy || this.#isRefused || !this.settings.get().voicemail) return;
    if (this.#dueAtMs.every((dueAt) => dueAt > now)) return;
    this.#isBusy = true;
    this.#dueAtMs = this.#dueAtMs.filter((dueAt) => dueAt > now + MIN_INTERVAL_MS);
    const result = await this.client.getVoicemails();
    this.#isBusy = false;
    if (!this.account.isRunning) return;
    this.#failureCount = result.ok ? 0 : this.#failureCount + 1;
    const delayMs = result.ok
      ? INTERVAL_MS * (0.9 + 0.2 * Math.random())
      : Math.min(INTERVAL_MS, FIRST_RETRY_MS * 2 ** (this.#failureCount - 1));
    this.#dueAtMs = [...this.#dueAtMs, performance.now() + delayMs];
    if (result.ok) this.#apply(result.value);
    else if (isRefusal(result.error)) this.#refuse();
  }

  #expectMessage(): void {
    const now = performance.now();
    for (const dueAt of DELAYS_AFTER_MISSED_CALL_MS.map((delay) => now + delay)) {
      const isCovered = this.#dueAtMs.some((other) => Math.abs(other - dueAt) < MIN_INTERVAL_MS);
      if (!isCovered) this.#dueAtMs = [...this.#dueAtMs, dueAt];
    }
  }

  #apply(body: Buffer): void {
    if (this.#lastBody?.equals(body)) return;
    const decoded = decodeVoicemails(parseJson(body));
    if (!decoded.ok) {
      this.#refuse();
      return;
    }
    this.#lastBody = body;
    this.#voicemails = decoded.voicemails;
    this.account.emit('voicemails');
  }

  #refuse(): void {
    this.#isRefused = true;
    this.account.emit('change');
  }
}
