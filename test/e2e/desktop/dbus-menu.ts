import { DBusError, Variant } from 'dbus-next';
import type { DBusConnection } from './dbus';
import { toList, toNumber, unwrapVariants, toRecord, toText } from './dbus-values';

const INTERFACE = 'com.canonical.dbusmenu';
const NO_REPLY = 'org.freedesktop.DBus.Error.NoReply';

/** A menu entry with its submenu. */
export interface MenuEntry {
  readonly id: number;
  /** As displayed, without the underscores that mark access keys. */
  readonly label: string;
  readonly type: 'standard' | 'separator';
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly toggle: 'none' | 'on' | 'off';
  readonly children: readonly MenuEntry[];
}

/** Reads a whole menu. Electron doesn't need AboutToShow first. */
export async function readMenu(
  connection: DBusConnection,
  destination: string,
  path: string,
): Promise<MenuEntry> {
  const [, root] = await connection.call({
    destination,
    path,
    interface: INTERFACE,
    member: 'GetLayout',
    signature: 'iias',
    body: [0, -1, []],
  });
  return toMenuEntry(unwrapVariants(root));
}

/** Clicks an entry by its id. An app that quits because of it doesn't reply. */
export async function clickEntry(
  connection: DBusConnection,
  destination: string,
  path: string,
  id: number,
): Promise<void> {
  const click = connection.call({
    destination,
    path,
    interface: INTERFACE,
    member: 'Event',
    signature: 'isvu',
    body: [id, 'clicked', new Variant('i', 0), 0],
  });
  await click.catch((error: unknown) => {
    if (!(error instanceof DBusError && error.type === NO_REPLY)) throw error;
  });
}

/** The entry at the end of a path of labels: one of the menu, then one of its submenu, and so on. */
export function findEntry(
  root: MenuEntry,
  labels: readonly (string | RegExp)[],
): MenuEntry | undefined {
  return labels.reduce<MenuEntry | undefined>(
    (entry, wanted) =>
      entry?.children.find(
        ({ label, visible }) =>
          visible && (typeof wanted === 'string' ? label === wanted : wanted.test(label)),
      ),
    root,
  );
}

/** A menu as indented lines of text. */
export function formatMenu(entry: MenuEntry, depth = 0): readonly string[] {
  return entry.children
    .filter(({ visible }) => visible)
    .flatMap((child) => [
      '  '.repeat(depth) +
        (child.type === 'separator' ? '---' : child.label) +
        (child.toggle === 'on' ? ' [x]' : child.toggle === 'off' ? ' [ ]' : '') +
        (child.enabled ? '' : ' (disabled)'),
      ...formatMenu(child, depth + 1),
    ]);
}

function toMenuEntry(value: unknown): MenuEntry {
  const [id, properties, children] = toList(value);
  const {
    label,
    type,
    enabled,
    visible,
    'toggle-type': toggleType,
    'toggle-state': toggleState,
  } = toRecord(properties);
  return {
    id: toNumber(id),
    label: toText(label).replace(/_(_?)/g, '$1'),
    type: type === 'separator' ? 'separator' : 'standard',
    enabled: enabled !== false,
    visible: visible !== false,
    toggle: toText(toggleType) === '' ? 'none' : toggleState === 1 ? 'on' : 'off',
    children: toList(children).map(toMenuEntry),
  };
}
