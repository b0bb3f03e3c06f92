import type { NotificationConstructorOptions } from 'electron';
import { isRingAlert, type Alert } from '../../core/alerts/alert';

/** What a click on a button of a notification does. */
export type NotificationButton = 'call-back' | 'customer-page' | 'do-not-disturb';

/** Relative to the app. Large enough for a desktop with a scale factor of 2. */
const ICON = 'resources/icons/128x128.png';

/** How a notification appears and stays, apart from its text and buttons. */
export type NotificationOptions = Pick<
  NotificationConstructorOptions,
  'urgency' | 'timeoutType' | 'icon' | 'groupId'
>;

/** Returns how an alert is shown on a platform. */
export function getNotificationOptions(
  alert: Alert,
  platform: NodeJS.Platform,
  canBreakThrough: boolean,
): NotificationOptions {
  const isRing = isRingAlert(alert);
  const timeoutType = alert.kind === 'connection-problem' ? 'default' : 'never';
  switch (platform) {
    case 'darwin':
      return { groupId: getGroup(alert) };
    case 'win32':
      // Urgent notifications are at the top of the notification center, and Focus silences them too.
      return { groupId: getGroup(alert), timeoutType, urgency: isRing ? 'critical' : 'normal' };
    default:
      return {
        timeoutType,
        // Critical notifications ignore Do Not Disturb on GNOME, KDE, and Xfce.
        urgency: isRing && canBreakThrough ? 'critical' : 'normal',
        // Without an icon, GNOME and Cinnamon show an error sign or a light bulb.
        icon: ICON,
      };
  }
}

/** Returns how a notification that isn't about a call is shown on a platform. */
export function getMessageOptions(platform: NodeJS.Platform): NotificationOptions {
  return platform === 'darwin' || platform === 'win32' ? {} : { icon: ICON };
}

/**
 * Whether a notification that left the screen is still in the notification center, from where it has
 * to be withdrawn later: Windows moves it there after a few seconds.
 */
export function isStillListed(platform: NodeJS.Platform, closeReason: string | undefined): boolean {
  return platform === 'win32' && closeReason === 'timedOut';
}

/** The buttons of a notification, on platforms that show them. */
export function getNotificationButtons(
  alert: Alert,
  hasCustomerPage: boolean,
): readonly NotificationButton[] {
  const page = hasCustomerPage ? (['customer-page'] as const) : [];
  switch (alert.kind) {
    case 'ringing':
      return [...page, 'do-not-disturb'];
    case 'grouped-rings':
      return ['do-not-disturb'];
    case 'missed': {
      const { party, channel } = alert.missedCall.summary;
      const canCallBack = party.number !== undefined && channel !== 'Fax';
      return canCallBack ? ['call-back', ...page] : page;
    }
    case 'missed-digest':
    case 'voicemail':
    case 'long-hold':
    case 'connection-problem':
      return [];
  }
}

/** The notification centers of macOS and Windows stack what has the same group. */
function getGroup(alert: Alert): string {
  switch (alert.kind) {
    case 'ringing':
    case 'grouped-rings':
      return 'rings';
    case 'missed':
    case 'missed-digest':
      return 'missed-calls';
    case 'voicemail':
      return 'voicemail';
    case 'long-hold':
      return 'holds';
    case 'connection-problem':
      return 'connection';
  }
}
