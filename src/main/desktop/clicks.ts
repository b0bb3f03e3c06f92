import { app } from 'electron';
import { sessionOf, type Alert } from '../../core/alert';
import type { Destination } from '../../shared/state';
import type { Companion } from '../companion';
import type { Outside } from '../outside';
import type { AlertAction } from './notifier';
import type { MenuAction } from './tray-menu';

/** What clicks on the desktop reach. */
export interface ClicksNeeds {
  readonly companion: Pick<Companion, 'pollNow' | 'setSilence'>;
  readonly outside: Pick<Outside, 'callBack'>;
  /** Opens the window at some place in it. */
  readonly open: (destination: Destination) => void;
}

/** What a click on the desktop does: on a notification, on a button of one, in a menu. */
export class Clicks {
  constructor(private readonly needs: ClicksNeeds) {}

  onAlert(action: AlertAction | 'open', alert: Alert): void {
    const { companion, outside, open } = this.needs;
    const id = sessionOf(alert);
    switch (action) {
      case 'open':
        open(destinationOf(alert));
        break;
      case 'call-back':
        if (id !== undefined) void outside.callBack(id);
        break;
      case 'silence':
        companion.setSilence('30-minutes');
        break;
    }
  }

  onMenu(action: MenuAction): void {
    const { companion, open } = this.needs;
    switch (action.kind) {
      case 'go':
        open(action.destination);
        break;
      case 'silence':
        companion.setSilence(action.choice);
        break;
      case 'check-now':
        companion.pollNow();
        break;
      case 'quit':
        app.quit();
        break;
    }
  }
}

/** Where a click on an alert leads. */
function destinationOf(alert: Alert): Destination {
  const id = sessionOf(alert);
  if (id !== undefined) return { view: 'session', id };
  return alert.kind === 'missed-many' ? { view: 'missed' } : { view: 'calls' };
}
