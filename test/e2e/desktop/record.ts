import { NotificationDaemon } from './notifications';
import { TrayHost } from './tray';

/** Something that happened on the desktop, as a line could tell it. */
export type DesktopEvent =
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }
  | { readonly kind: 'withdrawn'; readonly title: string }
  | { readonly kind: 'tray'; readonly tooltip: string };

/** A recording desktop: both are on the bus until it is closed. */
export interface Recorder {
  readonly daemon: NotificationDaemon;
  readonly tray: TrayHost;
  close(): void;
}

/**
 * Plays the desktop on a bus and tells what an application does with it.
 * @param options the bus, and who is told; events come in order
 */
export async function startRecorder(options: {
  readonly busAddress: string;
  readonly onEvent: (event: DesktopEvent) => void;
}): Promise<Recorder> {
  const { busAddress, onEvent } = options;
  const daemon = await NotificationDaemon.start(busAddress);
  const tray = await TrayHost.start(busAddress);
  let notified = 0;
  let closed = 0;
  daemon.onChange(() => {
    for (const { title, body } of daemon.notified.slice(notified)) {
      onEvent({ kind: 'notification', title, body });
    }
    notified = daemon.notified.length;
    for (const { id, by } of daemon.closings.slice(closed)) {
      const title = daemon.notified.findLast((notification) => notification.id === id)?.title ?? '';
      if (by === 'application') onEvent({ kind: 'withdrawn', title });
    }
    closed = daemon.closings.length;
  });
  let told: string | undefined;
  tray.onChange(() => {
    const tooltip = tray.picture?.tooltip;
    if (tooltip === undefined || tooltip === told) return;
    told = tooltip;
    onEvent({ kind: 'tray', tooltip });
  });
  return {
    daemon,
    tray,
    close() {
      daemon.close();
      tray.close();
    },
  };
}

/** The event as one line for a terminal. */
export function describeEvent(event: DesktopEvent): string {
  switch (event.kind) {
    case 'notification':
      return `notification: ${[event.title, event.body].filter(Boolean).join(' — ')}`;
    case 'withdrawn':
      return `withdrawn: ${event.title}`;
    case 'tray':
      return `tray: ${event.tooltip === '' ? 'an icon, without words yet' : event.tooltip}`;
  }
}
