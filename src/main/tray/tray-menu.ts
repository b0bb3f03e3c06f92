import type { MenuItemConstructorOptions } from 'electron';
import { SILENCE_CHOICES, type SilenceChoice } from '../../core/silence';
import { shortened } from '../../core/text';
import { closed } from '../../shared/isolate';
import type { AppState, Destination, SessionView } from '../../shared/state';
import type { I18n } from '../i18n';

/** What the menus can do. */
export interface MenuActions {
  readonly open: (destination: Destination) => void;
  readonly setDoNotDisturb: (choice: SilenceChoice) => void;
  readonly refresh: () => void;
  readonly quit: () => void;
}

/** What the tray menu shows. */
export interface TrayMenuInput extends DoNotDisturbInput {
  /** The first sessions, at most {@link MAX_MENU_SESSIONS}. */
  readonly sessions: readonly SessionView[];
  readonly sessionCount: number;
}

/** What the Do Not Disturb menu shows. */
export type DoNotDisturbInput = Pick<AppState, 'silence' | 'glance'>;

/** The sessions listed in the menu; the window has the others. */
export const MAX_MENU_SESSIONS = 12;
const MAX_LABEL_LENGTH = 60;
const DO_NOT_DISTURB_CHOICES = SILENCE_CHOICES.filter((choice) => choice !== 'off');
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The tray menu. Templates with the same JSON are the same menu. */
export function getTrayMenu(
  input: TrayMenuInput,
  i18n: I18n,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const { t } = i18n;
  const { missed } = input.glance;
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
  const others = input.sessionCount - sessions.length;
  return [
    open(t('menu.open'), { view: 'calls' }),
    SEPARATOR,
    ...sessions,
    ...(others > 0 ? [open(t('menu.more', { count: others }), { view: 'calls' })] : []),
    ...(input.sessionCount === 0 ? [{ label: t('menu.noCalls'), enabled: false }] : []),
    SEPARATOR,
    missed > 0
      ? open(t('menu.missedCalls', { count: missed }), { view: 'missed' })
      : { label: t('menu.noMissed'), enabled: false },
    getDoNotDisturbMenu(input, i18n, actions),
    SEPARATOR,
    { label: t('menu.refresh'), click: actions.refresh },
    open(t('menu.settings'), { view: 'settings' }),
    SEPARATOR,
    { label: t('menu.quit'), click: actions.quit },
  ];
}

/** The Do Not Disturb menu. */
export function getDoNotDisturbMenu(
  { silence, glance }: DoNotDisturbInput,
  i18n: I18n,
  actions: Pick<MenuActions, 'setDoNotDisturb'>,
): MenuItemConstructorOptions {
  const { t } = i18n;
  const getItem = (label: string, choice: SilenceChoice): MenuItemConstructorOptions => ({
    label,
    click: () => {
      actions.setDoNotDisturb(choice);
    },
  });
  const choices = DO_NOT_DISTURB_CHOICES.map((choice) => getItem(t(`menu.${choice}`), choice));
  const isUntilTime = typeof silence === 'number' && glance.silent;
  return {
    label: isUntilTime
      ? t('menu.doNotDisturbUntil', { time: i18n.formatTime(silence) })
      : t('menu.doNotDisturb'),
    submenu: silence === null ? choices : [...choices, SEPARATOR, getItem(t('menu.off'), 'off')],
  };
}

function getSessionLabel(session: SessionView, i18n: I18n): string {
  const { t } = i18n;
  const name = session.name ?? session.number ?? t('alert.unknown');
  const { customer, phase } = session;
  const caller = customer === undefined ? i18n.isolate(name) : t('menu.call', { name, customer });
  return `${closed(shortened(caller, MAX_LABEL_LENGTH))} · ${t(`phase.${phase}`)}`;
}

/** A single ampersand marks a shortcut key and would disappear. */
function escapeLabel(label: string): string {
  return label.replaceAll('&', '&&');
}
