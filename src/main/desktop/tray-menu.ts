import { SILENCE_CHOICES, type SilenceChoice } from '../../core/silence';
import { shortened } from '../../core/text';
import { closed, directionOf, isolated } from '../../shared/isolate';
import type { AppState, Destination, SessionView } from '../../shared/state';
import type { Say } from '../desktop-words';

/** What an entry of the menu does. */
export type MenuAction =
  | { readonly kind: 'go'; readonly destination: Destination }
  | { readonly kind: 'silence'; readonly choice: SilenceChoice }
  | { readonly kind: 'check-now' }
  | { readonly kind: 'quit' };

/** An entry of the menu, as plain data: two menus that say the same are equal. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: MenuAction }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** Sessions that the menu lists; the window has the rest. */
const MOST_SESSIONS = 12;
const LONGEST_LABEL = 60;
const CHOICES = SILENCE_CHOICES.filter((choice) => choice !== 'off');
const SEPARATOR: MenuEntry = { kind: 'separator' };

/** What the menu is made of. */
export type MenuScene = Pick<AppState, 'sessions' | 'order' | 'silence' | 'glance'>;

/** The menu of the tray: the sessions, missed calls, do not disturb, check now, settings, quit. */
export function trayMenu(scene: MenuScene, say: Say, language: string): readonly MenuEntry[] {
  const { missed } = scene.glance;
  return [
    go(say('menu.open'), { view: 'calls' }),
    SEPARATOR,
    ...sessionEntries(scene, say, language),
    SEPARATOR,
    missed > 0
      ? go(say('menu.missedCalls', { count: missed }), { view: 'missed' })
      : { kind: 'label', label: say('menu.noMissed') },
    silenceEntry(scene, say, language),
    SEPARATOR,
    { kind: 'action', label: say('menu.checkNow'), action: { kind: 'check-now' } },
    go(say('menu.settings'), { view: 'settings' }),
    SEPARATOR,
    { kind: 'action', label: say('menu.quit'), action: { kind: 'quit' } },
  ];
}

/** The menu of macOS's dock, which adds the windows and quitting by itself. */
export function dockMenu(
  scene: Pick<MenuScene, 'silence' | 'glance'>,
  say: Say,
  language: string,
): readonly MenuEntry[] {
  return [silenceEntry(scene, say, language)];
}

function sessionEntries(
  { sessions, order }: MenuScene,
  say: Say,
  language: string,
): readonly MenuEntry[] {
  const listed = order.flatMap((id) => (Object.hasOwn(sessions, id) ? (sessions[id] ?? []) : []));
  if (listed.length === 0) return [{ kind: 'label', label: say('menu.noCalls') }];
  const shown = listed
    .slice(0, MOST_SESSIONS)
    .map((session) =>
      go(sessionLabel(session, say, language), { view: 'session', id: session.id }),
    );
  // Whoever draws the menu need not have drawn up the sessions that it only counts.
  const more = order.length - shown.length;
  if (more === 0) return shown;
  return [...shown, go(say('menu.more', { count: more }), { view: 'calls' })];
}

function sessionLabel(session: SessionView, say: Say, language: string): string {
  const name = session.name ?? session.number ?? say('alert.unknown');
  const { customer } = session;
  const who =
    customer === undefined
      ? isolated(name, directionOf(language))
      : say('menu.call', { name, customer });
  const phase = say(`phase.${session.phase}`);
  return `${closed(shortened(who, LONGEST_LABEL))} · ${phase}`;
}

function silenceEntry(
  { silence, glance }: Pick<MenuScene, 'silence' | 'glance'>,
  say: Say,
  language: string,
): MenuEntry {
  const choices = CHOICES.map((choice): MenuEntry => silenceChoice(say(`menu.${choice}`), choice));
  if (silence !== null) choices.push(SEPARATOR, silenceChoice(say('menu.off'), 'off'));
  const until =
    typeof silence === 'number' && glance.silent
      ? say('menu.silentUntil', {
          time: new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(silence),
        })
      : say('menu.silence');
  return { kind: 'submenu', label: until, entries: choices };
}

function silenceChoice(label: string, choice: SilenceChoice): MenuEntry {
  return { kind: 'action', label, action: { kind: 'silence', choice } };
}

function go(label: string, destination: Destination): MenuEntry {
  return { kind: 'action', label, action: { kind: 'go', destination } };
}
