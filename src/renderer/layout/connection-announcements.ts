import type { ConnectionStatus } from '../../shared/state';
import type { I18n } from '../i18n.svelte';

/** Finds the sentence that says that the connection was lost or is back. */
export class ConnectionAnnouncements {
  #last: ConnectionStatus['kind'] | undefined;

  /** Returns what to announce, if the kind of the connection changed. */
  update(kind: ConnectionStatus['kind'], { t }: I18n): string | undefined {
    // Steps on the way to another state.
    if (kind === 'starting' || kind === 'signing-in') return undefined;
    const last = this.#last;
    this.#last = kind;
    if (last === undefined || last === kind) return undefined;
    if (kind === 'offline') return t('announcement.offline');
    if (kind === 'live') return t('announcement.online');
    return t(`connection.${kind}`);
  }
}
