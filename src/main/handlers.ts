import { app, clipboard, dialog } from 'electron';
import { join } from 'node:path';
import { dialable, formatNumber, type Region } from '../core/phone';
import type { LogEntry } from '../core/log-entry';
import type { LogView } from '../shared/contract';
import type { Notice } from '../shared/state';
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
  readonly report: (notice: Notice) => void;
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
  const logView = (entry: LogEntry): LogView => {
    const { number } = entry.facts.party;
    return {
      ...entry,
      number: number === undefined ? undefined : formatNumber(number, region()),
      dialable: number === undefined ? undefined : dialable(number, region()),
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
      return refused ? { ok: false, refused } : { ok: true };
    },
    'account:pause': (account) => {
      accounts.pause(account);
      return null;
    },
    'account:resume': (account) => {
      accounts.resume(account);
      return null;
    },
    'account:remove': async ({ account, forgetCalls }) => {
      await accounts.remove(account, forgetCalls);
      return null;
    },
    'poll:now': () => {
      accounts.pollNow();
      return null;
    },
    'settings:change': (change) => {
      const refused = settings.update(change);
      return refused.length === 0 ? { ok: true } : { ok: false, refused };
    },
    'silence:set': (choice) => {
      settings.setDoNotDisturb(choice);
      return null;
    },
    'log:query': (query) => {
      const isOneOfSeveral = accounts.accounts.length > 1;
      const { entries, total, unseen } = callLog.query(query, isOneOfSeveral);
      return { entries: entries.map(logView), total, unseen };
    },
    'log:seen': (ids) => {
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
    'log:day': () => callLog.day(Date.now()),
    'call:back': async (id) => ({ ok: await links.callBack(id) }),
    'server:open': async (id) => ({ ok: await links.openServer(id) }),
    'call:pop': async (id) => ({ ok: await screenPop.open(id) }),
    'text:copy': async (text) => {
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
    'update:later': () => {
      updates.later();
      return null;
    },
    'update:restart': () => {
      void updates.restart();
      return null;
    },
    'update:page': async () => {
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
