import { app, clipboard, ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { toPlainLines } from '../../core/api/sanitize';
import * as v from 'valibot';
import {
  IPC_REQUESTS,
  type RequestArgument,
  type RequestName,
  type RequestResults,
} from '../../shared/ipc';
import type { SignInFailure, SystemNotice } from '../../shared/state';
import type { AccountManager } from '../accounts/account-manager';
import { createChatView } from '../accounts/chat-views';
import type { Voicemails } from '../accounts/voicemails';
import { createContactView } from '../accounts/contact-view';
import { createSessionDetails } from '../accounts/session-details';
import type { ExternalLinks } from '../external-links';
import type { I18n } from '../i18n';
import type { NotificationManager } from '../notifications/notification-manager';
import type { NotesStore } from '../storage/notes-store';
import type { LogViews } from '../log-views';
import { RateLimit } from '../rate-limit';
import type { ScreenPop } from '../screen-pop';
import type { CallLog } from '../storage/call-log';
import type { SettingsStore } from '../storage/settings-store';
import type { Updater } from '../updater';
import type { ExportSelection } from '../../core/log/export-selection';
import { exportCallLog } from './csv-export';
import { exportNotes, importNotes } from './notes-files';
import type { MainWindow } from './main-window';
import { isAppUrl } from './protocol';
import type { StatePublisher } from './state-publisher';

/** Keeps a compromised page from sending data to servers through many sign-ins. */
const MAX_SIGN_INS_PER_MINUTE = 6;
/** Keeps such a page from flooding the desktop with pages and calls. */
const MAX_OPENED_PER_MINUTE = 30;
const TOO_MANY_SIGN_INS: SignInFailure = {
  kind: 'unreachable',
  error: { kind: 'too-many-requests', code: 'sign-in' },
};

/** The notes of each kind that a search returns, the latest first. */
const MAX_LISTED_NOTES = 200;
/** The contacts that a search returns. */
const MAX_LISTED_CONTACTS = 20;

/** The handler of each request of the page. */
export type IpcHandlers = {
  readonly [Name in RequestName]: (
    argument: RequestArgument<Name>,
  ) => RequestResults[Name] | Promise<RequestResults[Name]>;
};

/** A request that isn't from the app's own page, or whose argument doesn't match the contract. */
export class InvalidRequestError extends Error {}

/**
 * Registers the handlers. The sender and the argument of a request are checked here and nowhere
 * else: only the main frame of the app's own page may send one.
 */
export function registerIpcHandlers(
  handlers: IpcHandlers,
  getWebContents: () => WebContents | undefined,
): void {
  for (const name of Object.keys(IPC_REQUESTS) as RequestName[]) {
    ipcMain.handle(name, (event, argument: unknown) => {
      if (!isFromMainFrame(event, getWebContents())) {
        throw new InvalidRequestError(`${name}: not from the window`);
      }
      return handle(name, argument, handlers);
    });
  }
}

function handle<Name extends RequestName>(name: Name, argument: unknown, handlers: IpcHandlers) {
  const read = v.safeParse(IPC_REQUESTS[name], argument);
  if (!read.success) throw new InvalidRequestError(`${name}: ${read.issues[0].message}`);
  return handlers[name](read.output);
}

function isFromMainFrame(
  { senderFrame }: IpcMainInvokeEvent,
  contents: WebContents | undefined,
): boolean {
  return senderFrame !== null && senderFrame === contents?.mainFrame && isAppUrl(senderFrame.url);
}

/** The services that handle the page's requests. */
export interface IpcServices {
  readonly accounts: AccountManager;
  readonly settings: SettingsStore;
  readonly callLog: CallLog;
  readonly voicemails: Voicemails;
  readonly logViews: LogViews;
  readonly notes: NotesStore;
  readonly window: MainWindow;
  readonly notifications: Pick<NotificationManager, 'showMessage'>;
  readonly publisher: StatePublisher;
  readonly links: ExternalLinks;
  readonly screenPop: ScreenPop;
  readonly updater: Updater;
  readonly i18n: I18n;
  readonly getDiagnostics: () => string;
  readonly report: (notice: SystemNotice) => void;
}

/** Creates the handlers of all requests. */
export function createIpcHandlers(services: IpcServices): IpcHandlers {
  const {
    accounts,
    settings,
    callLog,
    voicemails,
    logViews,
    notes,
    window,
    publisher,
    links,
    screenPop,
    updater,
  } = services;
  const exportOnce = shareRunning((selection: ExportSelection) =>
    exportCallLog(callLog, selection, window, services.i18n, services.report),
  );
  const exportNotesOnce = shareRunning(() => exportNotes(notes, window, services.report));
  const importNotesOnce = shareRunning(() => importNotes(notes, window));
  const signIns = new RateLimit(MAX_SIGN_INS_PER_MINUTE);
  const opened = new RateLimit(MAX_OPENED_PER_MINUTE);
  const open = async <Result>(action: () => Promise<Result>): Promise<Result | { ok: false }> =>
    opened.allow() ? action() : { ok: false };
  return {
    'state:subscribe': () => publisher.subscribe(),
    'session:details': (id) => {
      const entry = callLog.get(id);
      const call = accounts.list.getCall(id);
      return createSessionDetails(
        id,
        accounts.list.getSession(id),
        call,
        entry,
        entry ? logViews.createView(entry) : null,
        screenPop.canOpen(id),
        accounts.list.getServerAheadMs(id),
        logViews.getCallerInfo(id, call ?? entry),
      );
    },
    'account:sign-in': async (typed) => {
      if (!signIns.allow()) return { ok: false, error: TOO_MANY_SIGN_INS };
      const error = await accounts.signIn(typed);
      return error ? { ok: false, error } : { ok: true };
    },
    'account:cancel-sign-in': () => {
      accounts.cancelSignIn();
      return null;
    },
    'account:pause': (account) => {
      accounts.pause(account);
      return null;
    },
    'account:resume': (account) => {
      accounts.resume(account);
      return null;
    },
    'account:remove': async ({ account, shouldDeleteCalls }) => {
      await accounts.remove(account, shouldDeleteCalls);
      return null;
    },
    'poll:now': () => {
      accounts.pollNow();
      return null;
    },
    'settings:update': (change) => {
      const error = settings.update(change);
      return error.length === 0 ? { ok: true } : { ok: false, error };
    },
    'do-not-disturb:set': (choice) => {
      settings.setDoNotDisturb(choice);
      return null;
    },
    'introduction:dismiss': () => {
      settings.finishIntroduction('card');
      return null;
    },
    'alert:test': () => {
      services.notifications.showMessage('test');
      return null;
    },
    'log:query': (query) => {
      const { entries, total } = callLog.query(query, accounts.list.views.length > 1, (summary) =>
        accounts.list.nameCaller(summary),
      );
      return { entries: entries.map((entry) => logViews.createView(entry)), total };
    },
    'log:mark-seen': (ids) => {
      accounts.markSeen(ids);
      return null;
    },
    'log:load-earlier': (account) => accounts.loadEarlierCalls(account),
    'log:mark-callbacks': ({ ids, isDone }) => {
      accounts.markCallbacks(ids, isDone);
      return null;
    },
    'voicemail:list': () => voicemails.views,
    'voicemail:set-heard': ({ key, isHeard }) => {
      voicemails.setHeard(key, isHeard);
      return null;
    },
    'log:export': exportOnce,
    'log:clear': () => {
      accounts.clearLog();
      return null;
    },
    'notes:put': ({ numbers, customers }) => {
      notes.put(numbers, customers);
      return null;
    },
    'notes:query': ({ search }) => {
      const { numbers, customers } = notes.search(search);
      return {
        numbers: numbers
          .slice(-MAX_LISTED_NOTES)
          .reverse()
          .map((note) => ({ ...note, formatted: services.i18n.formatNumber(note.number) })),
        customers: customers.slice(-MAX_LISTED_NOTES).reverse(),
        total: numbers.length + customers.length,
      };
    },
    'contacts:query': ({ search }) => {
      const found = accounts.list.searchContacts(search);
      return {
        contacts: found
          .slice(0, MAX_LISTED_CONTACTS)
          .map((contact) => createContactView(contact, services.i18n.region)),
        total: found.length,
      };
    },
    'notes:export': exportNotesOnce,
    'notes:import': importNotesOnce,
    'notes:clear': () => {
      notes.clear();
      return null;
    },
    'log:get-day': (at) => callLog.day(at),
    'chat:messages': async (id) => {
      const result = await accounts.list.getTranscript(id);
      const session = accounts.list.getSession(id);
      const { summary } = accounts.list.getCall(id) ?? callLog.get(id) ?? {};
      const account = accounts.list.getAccountKey(id);
      return createChatView(result, {
        members: session?.members ?? [],
        party: summary && accounts.list.nameCaller({ ...summary, id }).party,
        currentUser: accounts.list.getCurrentUser(account ?? ''),
        region: services.i18n.region,
        getNumberKey: notes.index.getNumberKey,
        serverAheadMs: accounts.list.getServerAheadMs(id),
      });
    },
    'chat:open-link': ({ id, url }) =>
      open(async () => ({ ok: accounts.list.hasChatLink(id, url) && (await links.openPage(url)) })),
    'session:call-back': (id) => open(() => links.callBack(id)),
    'contact:call-back': ({ account, address }) => open(() => links.callContact(account, address)),
    'voicemail:call-back': (key) => open(() => links.callNumber(voicemails.getNumber(key))),
    'session:open-in-browser': (id) => open(async () => ({ ok: await links.openServer(id) })),
    'session:screen-pop': (id) => open(async () => ({ ok: await screenPop.open(id) })),
    'screen-pop:try': () => open(async () => ({ ok: await screenPop.openExample() })),
    'clipboard:copy': async (text) => {
      // Control characters would run commands in a terminal that the text is pasted into.
      await clipboard.writeText(toPlainLines(text));
      return null;
    },
    'diagnostics:copy': async () => {
      await clipboard.writeText(services.getDiagnostics());
      return null;
    },
    'update:check': () => {
      void updater.check();
      return null;
    },
    'update:download': () => {
      void updater.download();
      return null;
    },
    'update:postpone': () => {
      updater.postpone();
      return null;
    },
    'update:restart': () => {
      void updater.restart();
      return null;
    },
    'update:open-release-page': () =>
      open(async () => ({ ok: await links.openPage(updater.releasePage ?? '') })),
    'window:ready': () => {
      window.rendererReady();
      return null;
    },
    'window:pin': (pinned) => {
      settings.update({ pinned });
      window.applySettings();
      return null;
    },
    'window:hide': () => {
      window.hide();
      return null;
    },
    'window:keep-open': (isKeptOpen) => {
      window.setKeptOpen(isKeptOpen);
      return null;
    },
    'app:quit': () => {
      app.quit();
      return null;
    },
  };
}

/** While an action runs, further calls get its result: there's only one file dialog at a time. */
function shareRunning<Arguments extends readonly unknown[], Result>(
  action: (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  let running: Promise<Result> | undefined;
  return (...args) =>
    (running ??= action(...args).finally(() => {
      running = undefined;
    }));
}
