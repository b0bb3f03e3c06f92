import type { Region } from '../core/calls/phone';
import type { CallbackItem, Callbacks } from '../core/log/callbacks';
import type { LogEntry } from '../core/log/entry';
import type { LogEntryView } from '../shared/ipc';
import type { CallbackList, CallbackView, Today } from '../shared/state';
import type { AccountList } from './accounts/account-list';
import type { CallerInfo } from './accounts/session-details';
import type { Voicemails } from './accounts/voicemails';
import { createCallerView, createCallView, withKnownName } from './call-views';
import type { CallLog } from './storage/call-log';
import type { NotesStore } from './storage/notes-store';
import type { TrayCaller } from './tray/tray-menu';

/** Limits the callers that the window lists; the count includes the rest. */
const MAX_CALLBACK_ITEMS = 200;

/** The entries of the call log as the window shows them. */
export class LogViews {
  #callbackList: CallbackList = { count: 0, items: [] };
  #shownCallbacks: Callbacks | undefined;
  #shownRegion: Region | undefined;
  #shownVoicemails = 0;

  constructor(
    private readonly callLog: Pick<CallLog, 'callbacks' | 'getCallerHistory' | 'today'>,
    private readonly i18n: { readonly region: Region | undefined },
    private readonly notes: Pick<NotesStore, 'index'>,
    private readonly voicemails: Pick<Voicemails, 'findByCall' | 'revision'>,
    private readonly nameCaller: AccountList['nameCaller'] = (call) =>
      withKnownName(call, notes.index),
  ) {}

  /** Names of callers changed. */
  updateNames(): void {
    this.#shownCallbacks = undefined;
  }

  /** The view of an entry. */
  createView({ summary: logged, record, ...entry }: LogEntry): LogEntryView {
    const summary = this.nameCaller(logged);
    const call = { summary, startedAt: entry.startedAt };
    return {
      ...entry,
      ...createCallView(call, record?.calledNumber, this.notes.index, this.i18n.region),
      resolution: this.callLog.callbacks.resolutions.get(summary.id),
      voicemail: this.voicemails.findByCall(summary.id),
    };
  }

  /** Today's calls. */
  get today(): Today {
    const today = this.callLog.today(Date.now());
    if (!today.lastCall) return { ...today, lastCall: null };
    const { at, party } = this.nameCaller(today.lastCall);
    return { ...today, lastCall: { ...createCallerView(party, this.i18n.region), at } };
  }

  /** What the log and the notes say about the caller of a session. */
  getCallerInfo(id: string, call: Pick<LogEntry, 'summary' | 'startedAt'> | undefined): CallerInfo {
    if (!call) return { history: null, numberNote: null, customerNote: null };
    const { party, customer } = call.summary;
    const { number } = party;
    const { index } = this.notes;
    const note = index.getNumberNote(number);
    const customerNote = customer === undefined ? undefined : index.getCustomerNote([customer]);
    return {
      history: this.callLog.getCallerHistory({ id, number, startedAt: call.startedAt }),
      numberNote:
        number === undefined ? null : (note ?? { number, name: '', text: '', priority: 'normal' }),
      customerNote:
        customer === undefined
          ? null
          : (customerNote ?? { customer, text: '', priority: 'normal' }),
    };
  }

  /** Callers to call back, latest first, without those who have no number to dial. */
  getLatestCallers(limit: number): readonly TrayCaller[] {
    const callers: TrayCaller[] = [];
    for (const { entries } of this.callLog.callbacks.items) {
      if (callers.length === limit) break;
      const { id, party } = this.nameCaller(entries[0].summary);
      const { number, dialable, isNameFromContacts, ...caller } = createCallerView(
        party,
        this.i18n.region,
      );
      if (number === undefined || dialable === undefined) continue;
      callers.push({ id, name: caller.name ?? number, isNameFromContacts });
    }
    return callers;
  }

  /** The calls to return. An unchanged list is the same object. */
  get callbackList(): CallbackList {
    const { callbacks } = this.callLog;
    const { region } = this.i18n;
    const { revision } = this.voicemails;
    if (
      callbacks === this.#shownCallbacks &&
      region === this.#shownRegion &&
      revision === this.#shownVoicemails
    ) {
      return this.#callbackList;
    }
    this.#shownVoicemails = revision;
    this.#shownCallbacks = callbacks;
    this.#shownRegion = region;
    const items = callbacks.items.slice(0, MAX_CALLBACK_ITEMS);
    this.#callbackList = {
      count: callbacks.items.length,
      items: items.map((item) => this.#createCallbackView(item)),
    };
    return this.#callbackList;
  }

  #createCallbackView({ entries }: CallbackItem): CallbackView {
    const [latest] = entries;
    const { accountLabel, startedAt, outcome } = latest;
    const summary = this.nameCaller(latest.summary);
    const customers = entries.flatMap((entry) => entry.summary.customer ?? []);
    return {
      id: summary.id,
      ids: entries.map((entry) => entry.summary.id),
      ...createCallerView(summary.party, this.i18n.region),
      channel: summary.channel,
      customers: [...new Set(customers)],
      accountLabel,
      lastAt: startedAt,
      isAbandoned: outcome.kind === 'abandoned',
      priority: this.notes.index.getPriority(summary),
      isNew: entries.some(({ isSeen }) => !isSeen),
      voicemail: entries
        .map((entry) => this.voicemails.findByCall(entry.summary.id))
        .find((voicemail) => voicemail !== undefined),
    };
  }
}
