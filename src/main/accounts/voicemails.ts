import { EventEmitter } from 'node:events';
import type { AnnouncedVoicemail } from '../../core/alerts/voicemail-alerts';
import type { RemoteParty } from '../../core/calls/call-summary';
import { createSessionKey, getAccountKey, getSessionId } from '../../core/calls/session-key';
import type { LogEntry } from '../../core/log/entry';
import { getFirstWords, VoicemailCallFinder, type Voicemail } from '../../core/voicemail/voicemail';
import type { AppState, VoicemailView } from '../../shared/state';
import { createCallerView } from '../call-views';
import type { I18n } from '../i18n';
import type { CallLog } from '../storage/call-log';
import type { NotesStore } from '../storage/notes-store';
import type { SettingsStore } from '../storage/settings-store';
import { SCHEME } from '../window/protocol';
import type { VoicemailSource } from '../window/voicemail-audio';
import type { AccountManager } from './account-manager';

interface VoicemailsEvents {
  change: [];
}

/** A message, the account that it belongs to, and its call. */
interface MatchedVoicemail {
  readonly account: string;
  readonly voicemail: Voicemail;
  /** When it was left, by this computer's clock. */
  readonly at: number | undefined;
  readonly call: LogEntry | undefined;
  readonly party: RemoteParty;
}

/** More of a transcription isn't kept for an alert. */
const MAX_ANNOUNCED_LENGTH = 120;

/** The voice messages of all accounts, with their calls. */
export class Voicemails extends EventEmitter<VoicemailsEvents> {
  /** Newest first; absent until they are needed again. */
  #matches: readonly MatchedVoicemail[] | undefined;
  #revision = 0;

  constructor(
    private readonly accounts: AccountManager,
    private readonly settings: Pick<SettingsStore, 'get' | 'subscribe'>,
    private readonly callLog: CallLog,
    private readonly notes: Pick<NotesStore, 'index'>,
    private readonly i18n: Pick<I18n, 'region'>,
  ) {
    super();
    accounts.on('voicemails', (key) => {
      this.#matches = undefined;
      const received = this.#list.filter(({ account }) => account === key);
      const voicemails = received.map(toAnnounced);
      accounts.dispatchVoicemails(key, { kind: 'voicemails', voicemails });
      this.#handleChange();
    });
    accounts.on('names', () => {
      this.#handleChange();
    });
    callLog.on('change', () => {
      this.#matches = undefined;
    });
    settings.subscribe((current, previous) => {
      if (current.voicemail !== previous.voicemail) this.#handleChange();
    });
  }

  /** Increases when messages change, but not when their calls do. */
  get revision(): number {
    return this.#revision;
  }

  /** What the window has without a request. */
  get state(): AppState['voicemail'] {
    const isAvailable =
      this.settings.get().voicemail &&
      this.accounts.list.voicemails.some(({ voicemails }) => voicemails.length > 0);
    return { revision: this.#revision, isAvailable };
  }

  /** All messages, newest first. */
  get views(): readonly VoicemailView[] {
    return this.#list.map((match) => this.#toView(match));
  }

  /** The latest message of a call. */
  findByCall(sessionKey: string): VoicemailView | undefined {
    const match = this.#list.find(({ call }) => call?.summary.id === sessionKey);
    return match && this.#toView(match);
  }

  /** The number that a message was left from. */
  getNumber(key: string): string | undefined {
    return this.#find(key)?.party.number;
  }

  /** Where the audio of a message is. */
  findAudio(key: string): VoicemailSource | undefined {
    const match = this.#find(key);
    const account = this.accounts.list.views.find((one) => one.key === match?.account);
    const uri = match?.voicemail.uri;
    if (!account || uri === undefined) return undefined;
    return {
      uri,
      origin: account.server,
      get: (url, timeoutMs) => this.accounts.getFile(account.key, url, timeoutMs),
    };
  }

  /** Marks a message as heard or as new. */
  setHeard(key: string, isHeard: boolean): void {
    const account = getAccountKey(key);
    if (account === undefined) return;
    const ids = [getSessionId(key)];
    this.accounts.dispatchVoicemails(account, { kind: 'voicemails-heard', ids, isHeard });
    this.#handleChange();
  }

  #find(key: string): MatchedVoicemail | undefined {
    return this.#list.find(
      ({ account, voicemail }) => createSessionKey(account, voicemail.id) === key,
    );
  }

  #handleChange(): void {
    this.#matches = undefined;
    this.#revision += 1;
    this.emit('change');
  }

  get #list(): readonly MatchedVoicemail[] {
    return (this.#matches ??= this.settings.get().voicemail ? this.#match() : []);
  }

  #match(): readonly MatchedVoicemail[] {
    const { index } = this.notes;
    const matches = this.accounts.list.voicemails.flatMap(({ keys, voicemails, serverAheadMs }) => {
      if (voicemails.length === 0) return [];
      const finder = new VoicemailCallFinder(
        this.callLog.getAccountEntries(keys),
        index.getNumberKey,
      );
      return voicemails.map((voicemail): MatchedVoicemail => {
        const { createdAt, party } = voicemail;
        const at = createdAt === undefined ? undefined : createdAt - serverAheadMs;
        const call = finder.find(party.number, at);
        const name = call?.summary.party.name ?? party.name;
        return { account: keys[0], voicemail, at, call, party: { ...party, name } };
      });
    });
    return matches.sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
  }

  #toView(match: MatchedVoicemail): VoicemailView {
    const { account, voicemail, at, call } = match;
    const key = createSessionKey(account, voicemail.id);
    const { party } = this.accounts.list.nameCaller({ id: key, party: match.party });
    return {
      key,
      sessionId: call?.summary.id,
      ...createCallerView(party, this.i18n.region),
      customer: voicemail.customer ?? call?.summary.customer,
      at,
      durationMs: voicemail.durationMs,
      transcription: voicemail.transcription,
      isHeard: this.accounts.list.isVoicemailHeard(account, voicemail.id),
      audio:
        voicemail.uri === undefined
          ? undefined
          : `${SCHEME}://voicemail/${encodeURIComponent(key.toWellFormed())}`,
    };
  }
}

function toAnnounced(match: MatchedVoicemail): AnnouncedVoicemail {
  const { id, durationMs, transcription = '' } = match.voicemail;
  const firstWords = getFirstWords(transcription, MAX_ANNOUNCED_LENGTH) || undefined;
  return { id, summary: toSummary(match), durationMs, transcription: firstWords };
}

/** The summary of a message's call, or a substitute made from the message. */
function toSummary({ voicemail, call, party }: MatchedVoicemail): AnnouncedVoicemail['summary'] {
  const { id, customer } = voicemail;
  if (call) return { ...call.summary, id: getSessionId(call.summary.id), party };
  return {
    id,
    direction: 'incoming',
    channel: undefined,
    party,
    customer,
    customerPath: customer === undefined ? [] : [customer],
    endpoint: undefined,
  };
}
