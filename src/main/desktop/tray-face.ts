import type { Glance } from '../../core/glance';
import type { Connection } from '../../shared/state';
import type { Companion } from '../companion';
import type { Voice } from '../alert-words';
import { panelOf, trayIconName, trayIconPath } from './tray-icons';
import { glanceWords } from './glance-words';
import type { TrayFace } from './tray';
import { trayMenu } from './tray-menu';

/** What the face of the tray is made of. */
export interface FaceScene {
  readonly companion: Pick<Companion, 'connection' | 'glance' | 'order' | 'view' | 'silence'>;
  readonly voice: Voice;
  readonly resources: string;
  readonly os: NodeJS.Platform;
  /** The desktop is dark, as far as it tells. */
  readonly dark: boolean;
  /** The person asked for less motion: nothing alternates. */
  readonly still: boolean;
}

/** Sessions that are drawn up for the menu; it lists fewer and counts the rest. */
const MOST_SESSIONS = 13;

/** The icon, the words and the menu that tell how things stand. */
export function trayFace({ companion, voice, resources, os, dark, still }: FaceScene): TrayFace {
  const { connection, glance, order, silence } = companion;
  const panel = panelOf(os, dark);
  const icon = (frame: 0 | 1): string =>
    trayIconPath(trayIconName(glance, frame), { os, panel, resources });
  const sessions = Object.fromEntries(
    order.slice(0, MOST_SESSIONS).flatMap((id) => {
      const view = companion.view(id);
      return view ? [[id, view]] : [];
    }),
  );
  return {
    icons: glance.kind === 'ringing' && !still ? [icon(0), icon(1)] : [icon(0)],
    tooltip: tooltipOf(connection, glance, voice),
    menu: trayMenu({ sessions, order, silence, glance }, voice.say, voice.language),
  };
}

/** Before the first answer, and while nobody asks, "no calls" would be a guess. */
function tooltipOf({ kind }: Connection, glance: Glance, voice: Voice): string {
  switch (kind) {
    case 'starting':
    case 'signing-in':
      return voice.say('tray.connecting');
    case 'paused':
      return voice.say('tray.paused');
    case 'live':
    case 'offline':
    case 'forbidden':
    case 'signed-out':
      return glanceWords(glance, voice);
  }
}
