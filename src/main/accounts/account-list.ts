import { getAccountKey, getSessionId, createSessionKey } from '../../core/calls/session-key';
import type { Session } from '../../core/api/schema';
import type { Call, CurrentUser } from '../../core/calls/call';
import type { CallSummary } from '../../core/calls/call-summary';
import type { Contact, ContactIndex } from '../../core/contacts/contacts';
import type { LogEntry } from '../../core/log/entry';
import type { Voicemail } from '../../core/voicemail/voicemail';
import { getAccountLabel } from '../../shared/accounts';
import type { AccountView } from '../../shared/state';
import { withKnownName } from '../call-views';
import type { CallLog, EntryOwner } from '../storage/call-log';
import { NO_NOTES_STORE, type NotesStore } from '../storage/notes-store';
import type { Account } from './account';
import type { ChatResult } from './chats';
import type { Credentials } from './credentials';

const UNKNOWN_USER: CurrentUser = { id: undefined, name: undefined };

/** The voice messages of an account. */
export interface AccountVoicemails {
  /** The account and the others on its server, which may have logged the same calls. */
  readonly keys: readonly [key: string, ...others: string[]];
  /** Newest first. */
  readonly voicemails: readonly Voicemail[];
  /** How far (ms) the server's times are ahead of this computer's. */
  readonly serverAheadMs: number;
}

/** A contact, and the account whose contact it is. */
export interface AccountContact {
  readonly accountKey: string;
  /** The account's label, if there are several accounts. */
  readonly accountLabel: string | undefined;
  readonly contact: Contact;
}

/** The accounts, and the sessions, contacts, and chats of all of them. */
export class AccountList {
  /** In the order in which they were added. */
  all: readonly Account[] = [];

  constructor(
    private readonly callLog: Pick<CallLog, 'get' | 'getAccountEntries'>,
    private readonly notes: Pick<NotesStore, 'index'> = NO_NOTES_STORE,
  ) {}

  get views(): readonly AccountView[] {
    return this.all.map((account) => {
      const { key, color, connection, credentials, identity } = account;
      return {
        key,
        label: this.getLabel(credentials),
        color,
        connection,
        server: credentials.server,
        userName: credentials.userName,
        name: identity?.name,
        roles: identity?.roles ?? [],
        isManaged: credentials.managed,
        isHistoryRefused: account.history.isRefused,
        isVoicemailRefused: account.voicemail.isRefused,
        areContactsRefused: account.contacts.isRefused,
        areChatsRefused: account.chats.isRefused,
        isCatchingUp: account.history.isCatchingUp,
        canLoadEarlierCalls: account.history.canLoadEarlierCalls,
      };
    });
  }

  /** The owner of log entries that name no account, if there is only one account. */
  get onlyAccount(): EntryOwner | undefined {
    const [only, ...others] = this.all;
    if (!only || others.length > 0) return undefined;
    return { key: only.key, label: this.getSavedLabel(only.credentials) };
  }

  /** Keys of the active sessions, by account, in the server's order. */
  get sessionKeys(): readonly string[] {
    const keys = this.all.flatMap((account) =>
      [...(account.snapshot?.sessions.keys() ?? [])].map((id) => this.getSessionKey(account, id)),
    );
    return [...new Set(keys)];
  }

  /** Entries of the last responses that couldn't be read. */
  get skippedCount(): number {
    return this.all.reduce((sum, { snapshot }) => sum + (snapshot?.skippedCount ?? 0), 0);
  }

  /** An active session as the server sent it. */
  getSession(key: string): Session | undefined {
    const id = getSessionId(key);
    return this.#findBySession(key)
      .find(({ snapshot }) => snapshot?.sessions.has(id))
      ?.snapshot?.sessions.get(id);
  }

  /** A tracked call. */
  getCall(key: string): Call | undefined {
    const id = getSessionId(key);
    const accounts = this.#findBySession(key);
    const listing = accounts.find(({ snapshot }) => snapshot?.sessions.has(id)) ?? accounts[0];
    return listing?.alertState.calls.get(id);
  }

  /** The user who is signed in to an account, if known. */
  getCurrentUser(accountKey: string): CurrentUser {
    return this.find(accountKey)?.identity ?? UNKNOWN_USER;
  }

  /** How far (ms) the times of a session's server are ahead of this computer's. */
  getServerAheadMs(key: string): number {
    return this.#findBySession(key)[0]?.serverAheadMs ?? 0;
  }

  /** The key of the account that a session belongs to. */
  getAccountKey(key: string): string | undefined {
    return this.#findBySession(key)[0]?.key;
  }

  /** The contacts of an account. Every change creates a new one. */
  getContacts(accountKey: string | undefined): ContactIndex | undefined {
    const account = accountKey === undefined ? undefined : this.find(accountKey);
    return account?.contacts.getIndex(this.notes.index.getNumberKey);
  }

  /** A call, identified by a session key, with the best name for its number. */
  nameCaller<Named extends Pick<CallSummary, 'id' | 'party'>>(call: Named): Named {
    return withKnownName(call, this.notes.index, this.getContacts(getAccountKey(call.id)));
  }

  /** The contacts of all accounts that match a typed text, each with its account. */
  searchContacts(typed: string): readonly AccountContact[] {
    const hasOthers = this.all.length > 1;
    return this.views.flatMap(({ key, label }) =>
      (this.getContacts(key)?.search(typed, hasOthers ? label : undefined) ?? []).map(
        (contact) => ({ accountKey: key, accountLabel: hasOthers ? label : undefined, contact }),
      ),
    );
  }

  /** The first message of a ringing chat, once known. */
  getFirstMessage(key: string): string | undefined {
    const id = getSessionId(key);
    const listing = this.#findBySession(key);
    return listing.map(({ chats }) => chats.getFirstMessage(id)).find((text) => text !== undefined);
  }

  /** The messages of a chat, from the account that lists it. */
  async getTranscript(key: string): Promise<ChatResult> {
    const id = getSessionId(key);
    const accounts = this.#findBySession(key);
    const account = accounts.find(({ snapshot }) => snapshot?.sessions.has(id)) ?? accounts[0];
    return (await account?.chats.getTranscript(id)) ?? { kind: 'failed' };
  }

  /** Whether a link is in the messages of a chat that were requested last. */
  hasChatLink(key: string, url: string): boolean {
    const id = getSessionId(key);
    return this.#findBySession(key).some(({ chats }) => chats.hasLink(id, url));
  }

  /** The voice messages of each account. */
  get voicemails(): readonly AccountVoicemails[] {
    return this.all.map((account) => ({
      keys: [account.key, ...this.getSameServerAccounts(account).map(({ key }) => key)],
      voicemails: account.voicemail.voicemails,
      serverAheadMs: account.serverAheadMs,
    }));
  }

  /** Whether the user has heard a voice message; `true` for one that isn't known yet. */
  isVoicemailHeard(accountKey: string, id: string): boolean {
    return this.find(accountKey)?.alertState.voicemail?.isHeard.get(id) !== false;
  }

  find(key: string): Account | undefined {
    return this.all.find((account) => account.key === key);
  }

  /**
   * The accounts that may list a session, its owner first. Links and old log entries have a bare
   * session id instead of a key.
   */
  #findBySession(key: string): readonly Account[] {
    const ownerKey = getAccountKey(key);
    if (ownerKey !== undefined) {
      const owner = this.find(ownerKey);
      return owner ? [owner, ...this.getSameServerAccounts(owner)] : [];
    }
    return [
      ...this.all.filter(({ snapshot }) => snapshot?.sessions.has(key)),
      ...this.all.filter(({ alertState }) => alertState.calls.has(key)),
    ];
  }

  /** The other accounts on the same server, which may list the same sessions. */
  getSameServerAccounts(account: Account): readonly Account[] {
    return this.all.filter(
      (other) => other !== account && other.credentials.server === account.credentials.server,
    );
  }

  /** The key of a session: of the account that logged it first, if several list it. */
  getSessionKey(account: Account, id: string): string {
    const loggedBy = this.getSameServerAccounts(account).find(
      ({ key }) => this.callLog.get(createSessionKey(key, id)) !== undefined,
    );
    return createSessionKey(loggedBy?.key ?? account.key, id);
  }

  /** The log entry of a session, with the session id of the account. */
  findLogEntry(account: Account, id: string): LogEntry | undefined {
    const entry = this.callLog.get(this.getSessionKey(account, id));
    return entry && { ...entry, summary: { ...entry.summary, id } };
  }

  /** The log entries of an account and of the others on its server, with bare session ids. */
  listLogEntries(account: Account): readonly LogEntry[] {
    const accountKeys = [account, ...this.getSameServerAccounts(account)].map(({ key }) => key);
    return this.callLog.getAccountEntries(accountKeys).map((entry) => {
      return { ...entry, summary: { ...entry.summary, id: getSessionId(entry.summary.id) } };
    });
  }

  getLabel(credentials: Credentials): string {
    return getAccountLabel(
      credentials,
      this.all.map((account) => account.credentials),
    );
  }

  /** Managed credentials are never written to disk. */
  getSavedLabel(credentials: Credentials): string | undefined {
    return credentials.managed ? undefined : this.getLabel(credentials);
  }

  /** The labels of all accounts that list a session. */
  getSavedLabels(account: Account, id: string): string | undefined {
    const sharing = this.getSameServerAccounts(account).filter(({ alertState }) =>
      alertState.calls.has(id),
    );
    const listing = this.all.filter((other) => other === account || sharing.includes(other));
    const labels = listing.flatMap(({ credentials }) => this.getSavedLabel(credentials) ?? []);
    return labels.length === 0 ? undefined : labels.join(', ');
  }
}
