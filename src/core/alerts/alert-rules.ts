import type { CallSummary } from '../calls/call-summary';
import type { Settings } from '../settings/settings';

/** What the user wants to be alerted about at one moment. */
export interface AlertRules {
  readonly shouldAlertRings: boolean;
  readonly shouldAlertMissedCalls: boolean;
  /** How long a hold may last before it alerts; `null` never alerts. */
  readonly holdLimitMs: number | null;
  readonly shouldAlertProblems: boolean;
  /** Channels, and names of customers and endpoints, that raise no alert. */
  readonly muted: {
    readonly channels: readonly string[];
    readonly customers: readonly string[];
    readonly endpoints: readonly string[];
  };
  /** On by hand or by schedule. */
  readonly isDoNotDisturb: boolean;
  /** Whether the call history is read after a gap. */
  readonly shouldCatchUp: boolean;
}

/** Whether the user muted the channel, a customer, or the endpoint of this call. */
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

/** Derives the alert rules from the settings. */
export function createAlertRules(settings: Settings, isDoNotDisturb: boolean): AlertRules {
  return {
    shouldAlertRings: settings.announceRinging,
    shouldAlertMissedCalls: settings.announceMissed,
    holdLimitMs: settings.holdMinutes === 0 ? null : settings.holdMinutes * 60_000,
    shouldAlertProblems: settings.announceProblems,
    muted: {
      channels: settings.mutedChannels,
      customers: settings.mutedCustomers,
      endpoints: settings.mutedEndpoints,
    },
    isDoNotDisturb,
    shouldCatchUp: settings.catchUp,
  };
}
