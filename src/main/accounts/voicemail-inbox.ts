import { createHash } from 'node:crypto';
import { decodeVoicemails, type Voicemail } from '../../core/voicemail/voicemail';
import { VoicemailSchedule } from '../../core/voicemail/voicemail-schedule';
import type { SettingsStore } from '../storage/settings-store';
import type { Account } from './account';
import { isRefusal, parseJson, type ApiClient } from './api-client';

/** The voice messages of an account. They are read between polls, which never wait for them. */
export class VoicemailInbox {
  #voicemails: readonly Voicemail[] = [];
  #isRefused = false;
  #isBusy = false;
  #schedule = new VoicemailSchedule();
  /** The hash of the last list, which can be megabytes long. */
  #lastHash = '';

  constructor(
    private readonly account: Account,
    private readonly client: Pick<ApiClient, 'getVoicemails'>,
    private readonly settings: Pick<SettingsStore, 'get'>,
  ) {
    account.on('log', (effects) => {
      for (const effect of effects) {
        if (effect.kind !== 'log') continue;
        const { outcome, isSeen } = effect.entry;
        if (outcome.kind === 'missed' && !isSeen) this.#schedule.expectMessage(performance.now());
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

  /** Lifts a refusal by the server, after a new sign-in. */
  retry(): void {
    if (!this.#isRefused) return;
    this.#isRefused = false;
    this.#schedule = new VoicemailSchedule();
  }

  /** Reads the messages if it's time to. */
  async refresh(): Promise<void> {
    const now = performance.now();
    if (this.#isBusy || this.#isRefused || !this.settings.get().voicemail) return;
    if (!this.#schedule.isDue(now)) return;
    this.#isBusy = true;
    this.#schedule.startRequest(now);
    const result = await this.client.getVoicemails();
    this.#isBusy = false;
    if (!this.account.isRunning) return;
    this.#schedule.endRequest(performance.now(), result.ok, Math.random());
    if (result.ok) this.#apply(result.value);
    else if (isRefusal(result.error)) this.#refuse();
  }

  #apply(body: Buffer): void {
    const hash = createHash('sha256').update(body).digest('hex');
    if (hash === this.#lastHash) return;
    const decoded = decodeVoicemails(parseJson(body));
    if (!decoded.ok) {
      this.#refuse();
      return;
    }
    this.#lastHash = hash;
    this.#voicemails = decoded.voicemails;
    this.account.emit('voicemails');
  }

  #refuse(): void {
    this.#isRefused = true;
    this.account.emit('change');
  }
}
