import type { CallSummary } from '../calls/call-summary';
import type { Settings } from '../settings/settings';

/** What the person wants to be told about, as it stands at one moment. */
export interface AlertRules {
  readonly shouldAlertRings: boolean;
  readonly shouldAlertMissedCalls: boolean;
  /** How long a hold may last before it alerts, in ms; `null` never alerts. */
  readonly holdLimitMs: number | null;
  readonly shouldAlertProblems: boolean;
  /** Channels, customers (by name) and endpoints (by name) that raise no alert. */
  readonly muted: {
    readonly channels: readonly string[];
    readonly customers: readonly string[];
    readonly endpoints: readonly string[];
  };
  /** Do not disturb is on, by hand or by quiet hours. */
  readonly isDoNotDisturb: boolean;
}

/** Whether the person asked for quiet about this kind of call. */
export function isMuted(
  { channel, customerPath, endpoint }: CallSummary,
  { muted }: AlertRules,
): boolean {
  return (
    (channel !== undefined && muted.channels.includes(channel)) ||
    customerPath.some((name) => muted.customers.includes(name)) ||
    (endpoint !== undefined && muted.endpoints.includes(endpoint))
  );
}

/** The rules that the settings amount to while do not disturb is on or off. */
export function createAlertRules(settings: Settings, silent: boolean): AlertRules {
  return {
    shouldAlertRings: settings.announceRinging,
    shouldAlertMissedCalls: settings.announceMissed,
    holdLimitMs: settings.holdMinutes === 0 ? null : settings.holdMinutes * 60_000,
    shouldAlertProblems: settings.announceTrouble,
    muted: {
      channels: settings.mutedChannels,
      customers: settings.mutedCustomers,
      endpoints: settings.mutedEndpoints,
    },
    isDoNotDisturb: silent,
  };
}
