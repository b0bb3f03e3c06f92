import { Notification } from 'electron';
import type { Say } from '../desktop-words';
import type { AlertAction, NotificationHandle, NotificationWish } from './notifier';

/** Makes a notification of the system. */
export function electronNotification(say: Say) {
  return ({ title, body, lasting, urgency, actions }: NotificationWish): NotificationHandle =>
    new Notification({
      title,
      body,
      urgency,
      timeoutType: lasting ? 'never' : 'default',
      // Where a platform has no buttons it passes over them.
      actions: actions.map((action) => ({ type: 'button', text: label(action, say) })),
    });
}

function label(action: AlertAction, say: Say): string {
  switch (action) {
    case 'call-back':
      return say('action.callBack');
    case 'silence':
      return say('action.silence');
  }
}
