import { NotificationDaemon } from './notification-daemon';
import { StatusNotifierHost } from './status-notifier-host';

/** Something that happened on the desktop. */
export type DesktopEvent =
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }
  | { readonly kind: 'withdrawn'; readonly title: string }
  | { readonly kind: 'tray'; readonly tooltip: string };

/** A notification daemon and a tray on one bus. */
export interface DesktopRecorder {
  readonly daemon: NotificationDaemon;
  readonly tray: StatusNotifierHost;
  close(): void;
}

/** Starts a notification daemon and a tray, and reports what an app does with them, in order. */
export async function startDesktopRecorder(options: {
  readonly busAddress: string;
  readonly onEvent: (event: DesktopEvent) => void;
}): Promise<DesktopRecorder> {
  const { busAddress, onEvent } = options;
  const daemon = await NotificationDaemon.start(busAddress);
  const tray = await StatusNotifierHost.start(busAddress);
  let receivedCount = 0;
  let closedCount = 0;
  daemon.onChange(() => {
    for (const { title, body } of daemon.received.slice(receivedCount)) {
      onEvent({ kind: 'notification', title, body });
    }
    receivedCount = daemon.received.length;
    for (const { id, by } of daemon.closed.slice(closedCount)) {
      const title = daemon.received.findLast((notification) => notification.id === id)?.title ?? '';
      if (by === 'app') onEvent({ kind: 'withdrawn', title });
    }
    closedCount = daemon.closed.length;
  });
  let lastTooltip: string | undefined;
  tray.onChange(() => {
    const tooltip = tray.current?.tooltip;
    if (tooltip === undefined || tooltip === lastTooltip) return;
    lastTooltip = tooltip;
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

/** Formats an event as one line. */
export function describeEvent(event: DesktopEvent): string {
  switch (event.kind) {
    case 'notification':
      return `notification: ${[event.title, event.body].filter(Boolean).join(' — ')}`;
    case 'withdrawn':
      return `withdrawn: ${event.title}`;
    case 'tray':
      return `tray: ${event.tooltip === '' ? '(no tooltip yet)' : event.tooltip}`;
  }
}
