import { app, clipboard, dialog } from 'electron';
import { join } from 'node:path';
import { getDialableNumber, formatPhoneNumber, type Region } from '../core/calls/phone';
import type { LogEntry } from '../core/log/entry';
import type { LogEntryView } from '../shared/ipc';
import type { SystemNotice } from '../shared/state';
import type { AccountManager } from './accounts/account-manager';
import { createSessionDetails } from './accounts/session-details';
import { writeCsv } from './csv-file';
import { csvWords } from './csv-words';
import type { ExternalLinks } from './external-links';
import type { Translate } from './i18n';
import type { ScreenPop } from './screen-pop';
import type { SettingsStore } from './storage/settings-store';
import type { Updates } from './update/updates';
import type { CallLog } from './storage/call-log';
import type { Handlers } from './window/bridge';
import type { PageWindow } from './window/page-window';

/** What answering the window takes. */
export interface HandlerNeeds {
  readonly accounts: AccountManager;
  readonly settings: SettingsStore;
  readonly callLog: CallLog;
  readonly window: Pick<
    PageWindow,
    'applySettings' | 'hide' | 'rendererReady' | 'subscribe' | 'whileOpen'
  >;
  readonly links: ExternalLinks;
  readonly screenPop: ScreenPop;
  readonly updates: Updates;
  readonly region: () => Region | undefined;
  readonly translate: () => Translate;
  readonly diagnostics: () => string;
  /** Tells of what went wrong, in the window. */
  readonly report: (notice: SystemNotice) => void;
}

/** Answers each request of the window. */
export function windowHandlers(needs: HandlerNeeds): Handlers {
  const {
    accounts,
    settings,
    callLog,
    window,
    links,
    screenPop,
    updates,
    region,
    translate,
    diagnostics,
  } = needs;
  const logView = (entry: LogEntry): LogEntryView => {
    const { number } = entry.summary.party;
    return {
      ...entry,
      number: number === undefined ? undefined : formatPhoneNumber(number, region()),
      dialable: number === undefined ? undefined : getDialableNumber(number, region()),
    };
  };
  return {
    'state:subscribe': () => window.subscribe(),
    'session:details': (id) => {
      const entry = callLog.get(id);
      return createSessionDetails(
        id,
        accounts.getSession(id),
        accounts.getCall(id),
        entry ? logView(entry) : null,
        screenPop.canOpen(id),
      );
    },
    'account:sign-in': async (typed) => {
      const refused = await accounts.signIn(typed);
      return refused ? { ok: false, error: refused } : { ok: true };
    },
    'account:pause': (account) => {
      accounts.pause(account);
      return null;
    },
    'account:resume': (account) => {
      accounts.resume(account);
      return null;
    },
    'account:remove': async ({ account, shouldDeleteCalls: forgetCalls }) => {
      await accounts.remove(account, forgetCalls);
      return null;
    },
    'poll:now': () => {
      accounts.pollNow();
      return null;
    },
    'settings:update': (change) => {
      const refused = settings.update(change);
      return refused.length === 0 ? { ok: true } : { ok: false, error: refused };
    },
    'do-not-disturb:set': (choice) => {
      settings.setDoNotDisturb(choice);
      return null;
    },
    'log:query': (query) => {
      const isOneOfSeveral = accounts.accounts.length > 1;
      const { entries, total, unseen } = callLog.query(query, isOneOfSeveral);
      return { entries: entries.map(logView), total, unseenCount: unseen };
    },
    'log:mark-seen': (ids) => {
      accounts.markSeen(ids);
      return null;
    },
    'log:export': async () => {
      const chosen = await window.whileOpen(() =>
        dialog.showSaveDialog({
          defaultPath: join(app.getPath('documents'), 'ringside-calls.csv'),
          filters: [{ name: 'CSV', extensions: ['csv'] }],
        }),
      );
      if (chosen.canceled) return null;
      return writeCsv(chosen.filePath, callLog.csv(csvWords(translate())), needs.report);
    },
    'log:clear': () => {
      callLog.clear();
      return null;
    },
    'log:get-day': () => callLog.day(Date.now()),
    'session:call-back': async (id) => ({ ok: await links.callBack(id) }),
    'session:open-in-browser': async (id) => ({ ok: await links.openServer(id) }),
    'session:screen-pop': async (id) => ({ ok: await screenPop.open(id) }),
    'clipboard:copy': async (text) => {
      await clipboard.writeText(text);
      return null;
    },
    'diagnostics:copy': async () => {
      await clipboard.writeText(diagnostics());
      return null;
    },
    'update:check': () => {
      void updates.check();
      return null;
    },
    'update:download': () => {
      void updates.download();
      return null;
    },
    'update:postpone': () => {
      updates.later();
      return null;
    },
    'update:restart': () => {
      void updates.restart();
      return null;
    },
    'update:open-release-page': async () => {
      const { page } = updates;
      return { ok: page === undefined ? false : await links.openPage(page) };
    },
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
    'app:quit': () => {
      app.quit();
      return null;
    },
  };
}
