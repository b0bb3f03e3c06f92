import { DBusError, Variant } from 'dbus-next';
import type { Connection } from './bus';
import { listOf, numberOf, plain, recordOf, textOf } from './plain';

const INTERFACE = 'com.canonical.dbusmenu';
const NO_REPLY = 'org.freedesktop.DBus.Error.NoReply';

/** One entry of a tray's menu, with what is below it. */
export interface MenuEntry {
  readonly id: number;
  /** As read on the screen: without the underscores that mark keys. */
  readonly label: string;
  readonly type: 'standard' | 'separator';
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly toggle: 'none' | 'on' | 'off';
  readonly children: readonly MenuEntry[];
}

/** Reads a menu whole; Electron keeps it ready, so it need not be told that it is about to show. */
export async function readMenu(
  connection: Connection,
  to: string,
  path: string,
): Promise<MenuEntry> {
  const [, root] = await connection.call({
    ...{ to, path, of: INTERFACE, member: 'GetLayout' },
    signature: 'iias',
    body: [0, -1, []],
  });
  return entryOf(plain(root));
}

/** Clicks an entry by its id. Who quits because of it need not answer any more. */
export async function clickEntry(
  connection: Connection,
  to: string,
  path: string,
  id: number,
): Promise<void> {
  const click = connection.call({
    ...{ to, path, of: INTERFACE, member: 'Event' },
    signature: 'isvu',
    body: [id, 'clicked', new Variant('i', 0), 0],
  });
  await click.catch((error: unknown) => {
    if (!(error instanceof DBusError && error.type === NO_REPLY)) throw error;
  });
}

/**
 * The entry at the end of a path of labels, or nothing.
 * @param labels the entry of the menu, then of its submenu, and so on
 */
export function findEntry(
  root: MenuEntry,
  labels: readonly (string | RegExp)[],
): MenuEntry | undefined {
  return labels.reduce<MenuEntry | undefined>(
    (at, wanted) =>
      at?.children.find(({ label, visible }) =>
        visible && typeof wanted === 'string' ? label === wanted : new RegExp(wanted).test(label),
      ),
    root,
  );
}

/** A menu as lines of text, deeper entries further in; for messages and for reading. */
export function menuLines(entry: MenuEntry, depth = 0): readonly string[] {
  return entry.children
    .filter(({ visible }) => visible)
    .flatMap((child) => [
      '  '.repeat(depth) +
        (child.type === 'separator' ? '---' : child.label) +
        (child.toggle === 'on' ? ' [x]' : child.toggle === 'off' ? ' [ ]' : '') +
        (child.enabled ? '' : ' (disabled)'),
      ...menuLines(child, depth + 1),
    ]);
}

function entryOf(value: unknown): MenuEntry {
  const [id, properties, children] = listOf(value);
  const {
    label,
    type,
    enabled,
    visible,
    'toggle-type': toggleType,
    'toggle-state': toggleState,
  } = recordOf(properties);
  return {
    id: numberOf(id),
    label: textOf(label).replace(/_(_?)/g, '$1'),
    type: type === 'separator' ? 'separator' : 'standard',
    enabled: enabled !== false,
    visible: visible !== false,
    toggle: textOf(toggleType) === '' ? 'none' : toggleState === 1 ? 'on' : 'off',
    children: listOf(children).map(entryOf),
  };
}
