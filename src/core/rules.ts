import type { Facts } from './facts';
import type { Settings } from './settings';

/** What the person wants to be told about, as it stands at one moment. */
export interface Rules {
  readonly ringing: boolean;
  readonly missed: boolean;
  /** How long a hold may last before it alerts, in ms; `null` never alerts. */
  readonly holdLimit: number | null;
  readonly trouble: boolean;
  /** Channels, customers (by name) and endpoints (by name) that raise no alert. */
  readonly muted: {
    readonly channels: readonly string[];
    readonly customers: readonly string[];
    readonly endpoints: readonly string[];
  };
  /** Do not disturb is on, by hand or by quiet hours. */
  readonly silent: boolean;
}

/** Whether the person asked for quiet about this kind of call. */
export function isMuted({ channel, place }: Facts, { muted }: Rules): boolean {
  return (
    (channel !== undefined && muted.channels.includes(channel)) ||
    place.path.some((name) => muted.customers.includes(name)) ||
    (place.endpoint !== undefined && muted.endpoints.includes(place.endpoint))
  );
}

/** The rules that the settings amount to while do not disturb is on or off. */
export function rulesOf(settings: Settings, silent: boolean): Rules {
  return {
    ringing: settings.announceRinging,
    missed: settings.announceMissed,
    holdLimit: settings.holdMinutes === 0 ? null : settings.holdMinutes * 60_000,
    trouble: settings.announceTrouble,
    muted: {
      channels: settings.mutedChannels,
      customers: settings.mutedCustomers,
      endpoints: settings.mutedEndpoints,
    },
    silent,
  };
}
