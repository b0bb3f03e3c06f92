import type { CallSummary } from '../calls/call-summary';
import type { Priority } from '../notes/notes';
import type { Settings } from '../settings/settings';

/** What the user currently wants to be alerted about. */
export interface AlertRules {
  readonly shouldAlertRings: boolean;
  readonly shouldAlertMissedCalls: boolean;
  /** How long a hold may last before it alerts; `null` never alerts. */
  readonly holdLimitMs: number | null;
  readonly shouldAlertProblems: boolean;
  readonly shouldAlertVoicemails: boolean;
  /** Muted channels, and names of muted customers and endpoints. */
  readonly muted: {
    readonly channels: readonly string[];
    readonly customers: readonly string[];
    readonly endpoints: readonly string[];
  };
  /** On manually or by schedule. */
  readonly isDoNotDisturb: boolean;
  /** Whether calls from VIPs alert during Do Not Disturb. */
  readonly canVipBreakThrough: boolean;
  /** How important a call is to the user. */
  readonly getPriority: (summary: CallSummary) => Priority;
  /** Whether the call history is read after a gap. */
  readonly shouldCatchUp: boolean;
}

/**
 * Whether the user muted this call's channel, endpoint, or one of its customers, or marked the
 * caller as a nuisance.
 */
export function isMuted(summary: CallSummary, { muted, getPriority }: AlertRules): boolean {
  const { channel, customerPath, endpoint } = summary;
  return (
    getPriority(summary) === 'nuisance' ||
    (channel !== undefined && muted.channels.includes(channel)) ||
    customerPath.some((name) => muted.customers.includes(name)) ||
    (endpoint !== undefined && muted.endpoints.includes(endpoint))
  );
}

/** Whether Do Not Disturb keeps a call from alerting. */
export function isSilenced(summary: CallSummary, rules: AlertRules): boolean {
  if (!rules.isDoNotDisturb) return false;
  return !rules.canVipBreakThrough || rules.getPriority(summary) !== 'vip';
}

/** Derives the alert rules from the settings. */
export function createAlertRules(
  settings: Settings,
  isDoNotDisturb: boolean,
  getPriority: AlertRules['getPriority'] = () => 'normal',
): AlertRules {
  return {
    shouldAlertRings: settings.announceRinging,
    shouldAlertMissedCalls: settings.announceMissed,
    holdLimitMs: settings.holdMinutes === 0 ? null : settings.holdMinutes * 60_000,
    shouldAlertProblems: settings.announceProblems,
    shouldAlertVoicemails: settings.voicemail,
    muted: {
      channels: settings.mutedChannels,
      customers: settings.mutedCustomers,
      endpoints: settings.mutedEndpoints,
    },
    isDoNotDisturb,
    canVipBreakThrough: settings.vipBreaksThrough,
    getPriority,
    shouldCatchUp: settings.catchUp,
  };
}
