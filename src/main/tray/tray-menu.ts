import type { MenuItemConstructorOptions } from 'electron';
import {
  DO_NOT_DISTURB_OPTIONS,
  isNextOccurrence,
  resolveDoNotDisturb,
  type ActiveDoNotDisturb,
  type DoNotDisturbOption,
} from '../../core/settings/do-not-disturb';
import { truncate } from '../../core/api/sanitize';
import { closeIsolates } from '../../shared/bidi';
import type { AppState, Destination, SessionView } from '../../shared/state';
import type { I18n } from '../i18n';

/** What the menus can do. */
export interface MenuActions {
  readonly open: (destination: Destination) => void;
  readonly callBack: (session: string) => void;
  readonly setDoNotDisturb: (choice: DoNotDisturbOption) => void;
  readonly refresh: () => void;
  readonly quit: () => void;
}

/** What the tray shows. */
export interface TrayMenuInput extends Pick<
  AppState,
  'connection' | 'doNotDisturb' | 'trayStatus'
> {
  /** The most urgent sessions, at most {@link MAX_MENU_SESSIONS}. */
  readonly sessions: readonly SessionView[];
  readonly sessionCount: number;
  /** Callers to call back, at most {@link MAX_MENU_CALLERS}. Those who called last come first. */
  readonly callers: readonly TrayCaller[];
}

/** A caller whom the menu offers to call back. */
export interface TrayCaller {
  /** The key of the latest call. */
  readonly id: string;
  /** The name, or the formatted number of a caller without one. */
  readonly name: string;
  readonly isNameFromContacts: boolean | undefined;
}

/** What the Do Not Disturb menu shows. */
export type DoNotDisturbInput = Pick<AppState, 'doNotDisturb'>;

/** The sessions listed in the menu; the window has the others. */
export const MAX_MENU_SESSIONS = 12;
/** The callers listed in the menu; Recent has the others. */
export const MAX_MENU_CALLERS = 3;
const MAX_LABEL_LENGTH = 60;
/** A longer name leaves no room for the customer. */
const MAX_NAME_LENGTH = 30;
const DO_NOT_DISTURB_CHOICES = DO_NOT_DISTURB_OPTIONS.filter((choice) => choice !== 'off');
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The tray menu. Templates with the same JSON are the same menu. */
export function getTrayMenu(
  input: TrayMenuInput,
  i18n: I18n,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const { t } = i18n;
  const { missedCount } = input.trayStatus;
  const open = (label: string, destination: Destination): MenuItemConstructorOptions => ({
    id: JSON.stringify(destination),
    label: escapeLabel(label),
    click: () => {
      actions.open(destination);
    },
  });
  const sessions = input.sessions.map((session) =>
    open(getSessionLabel(session, i18n), { view: 'session', id: session.id }),
  );
  const callers = input.callers.map(({ id, name, isNameFromContacts }) => ({
    id,
    label: escapeLabel(t('menu.callBack', { name: getShortName(name, isNameFromContacts, i18n) })),
    click: () => {
      actions.callBack(id);
    },
  }));
  const others = input.sessionCount - sessions.length;
  return [
    open(t('menu.open'), { view: 'calls' }),
    SEPARATOR,
    ...getLastUpdate(input, i18n),
    ...sessions,
    ...(others > 0 ? [open(t('menu.more', { count: others }), { view: 'calls' })] : []),
    ...(input.sessionCount === 0 ? [{ label: t('menu.noCalls'), enabled: false }] : []),
    SEPARATOR,
    missedCount > 0
      ? open(t('menu.callbacks', { count: missedCount }), { view: 'missed' })
      : { label: t('menu.noCallbacks'), enabled: false },
    ...callers,
    getDoNotDisturbMenu(input, i18n, actions),
    SEPARATOR,
    { label: t('menu.refresh'), click: actions.refresh },
    open(t('menu.settings'), { view: 'settings' }),
    SEPARATOR,
    { label: t('menu.quit'), click: actions.quit },
  ];
}

/** Says how old the calls are while offline, when they're those of the last response. */
function getLastUpdate({ connection }: TrayMenuInput, i18n: I18n): MenuItemConstructorOptions[] {
  if (connection.kind !== 'offline' || connection.lastResponseAt === null) return [];
  const time = i18n.formatTime(connection.lastResponseAt);
  return [{ label: i18n.t('menu.lastKnown', { time }), enabled: false }];
}

/** Returns the active sessions: ringing ones first, then waiting ones, the user's own, and the team's. */
export function sortByUrgency(sessions: readonly SessionView[]): readonly SessionView[] {
  return sessions
    .filter(({ phase }) => phase !== 'ended')
    .toSorted((a, b) => getUrgency(a) - getUrgency(b));
}

function getUrgency({ phase, isOwn, notes }: SessionView): number {
  if (notes.priority === 'nuisance') return 4;
  if (phase === 'ringing') return 0;
  if (phase === 'held' || phase === 'queued') return 1;
  return isOwn ? 2 : 3;
}

/** The Do Not Disturb menu. Each choice shows when it ends. */
export function getDoNotDisturbMenu(
  { doNotDisturb }: DoNotDisturbInput,
  i18n: I18n,
  actions: Pick<MenuActions, 'setDoNotDisturb'>,
): MenuItemConstructorOptions {
  const { t } = i18n;
  const getItem = (label: string, choice: DoNotDisturbOption): MenuItemConstructorOptions => ({
    label,
    click: () => {
      actions.setDoNotDisturb(choice);
    },
  });
  const now = Date.now();
  const choices = DO_NOT_DISTURB_CHOICES.map((choice) =>
    getItem(getChoiceLabel(choice, now, i18n), choice),
  );
  if (!doNotDisturb) return { label: t('menu.doNotDisturb'), submenu: choices };
  const turnOff = getItem(t(doNotDisturb.isScheduled ? 'menu.offToday' : 'menu.off'), 'off');
  return {
    label: getDoNotDisturbLabel(doNotDisturb, i18n),
    submenu: [turnOff, SEPARATOR, ...choices],
  };
}

/** A choice with its end: `For 30 minutes (until 5:58 PM)`, `Until tomorrow, 6:00 AM`. */
function getChoiceLabel(
  choice: (typeof DO_NOT_DISTURB_CHOICES)[number],
  now: number,
  i18n: I18n,
): string {
  const { t } = i18n;
  const end = resolveDoNotDisturb(choice, now);
  const label = t(`menu.${choice}`);
  if (typeof end !== 'number') return label;
  const time = i18n.formatTime(end);
  if (choice !== 'tomorrow') return t('menu.choiceUntil', { choice: label, time });
  // After midnight, the next morning is today's.
  const isToday = new Date(end).toDateString() === new Date(now).toDateString();
  return t(isToday ? 'menu.todayUntil' : 'menu.tomorrowUntil', { time });
}

/** Says until when Do Not Disturb is on. */
export function getDoNotDisturbLabel({ until }: ActiveDoNotDisturb, i18n: I18n): string {
  if (until === null) return i18n.t('menu.doNotDisturbOn');
  const time = i18n.formatTime(until);
  return isNextOccurrence(until, Date.now())
    ? i18n.t('menu.doNotDisturbUntil', { time })
    : i18n.t('menu.doNotDisturbUntilDay', { day: i18n.formatWeekday(until), time });
}

function getSessionLabel(session: SessionView, i18n: I18n): string {
  const { t } = i18n;
  const known =
    session.name ?? session.number ?? t(session.isWithheld ? 'alert.withheld' : 'alert.unknown');
  const { customer, phase, isNameFromContacts } = session;
  const caller =
    customer === undefined
      ? i18n.isolate(isNameFromContacts ? getShortName(known, true, i18n) : known)
      : t('menu.call', { name: getShortName(known, isNameFromContacts, i18n), customer });
  return `${closeIsolates(truncate(caller, MAX_LABEL_LENGTH))} · ${t(`phase.${phase}`)}`;
}

/** A name that leaves room for the rest, and says if it comes from the contacts. */
function getShortName(name: string, isFromContacts: boolean | undefined, { t }: I18n): string {
  const short = truncate(name, MAX_NAME_LENGTH);
  return isFromContacts ? t('menu.contactName', { name: short }) : short;
}

/** A single ampersand marks a shortcut key and would disappear. */
function escapeLabel(label: string): string {
  return label.replaceAll('&', '&&');
}
