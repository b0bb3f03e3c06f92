import * as v from 'valibot';
import { parseServerAddress } from '../api/server-address';
import { isValidSetting, type Settings } from './settings';

/** What an organisation has set for everybody who uses this computer. */
export interface Policy {
  /** Settings that nobody can change here, at their values. */
  readonly settings: Partial<Settings>;
  /** Whether Ringside may look for newer versions of itself. */
  readonly canUpdate: boolean;
}

/** Why a policy, or a part of it, is not followed. */
export type PolicyProblem =
  /** The file is there, and the system does not let it be read. */
  | { readonly kind: 'unreadable'; readonly code: string }
  /** Somebody other than an administrator could have written it. */
  | { readonly kind: 'unsafe' }
  /** It is no JSON object. */
  | { readonly kind: 'broken' }
  /** Entries of it are unknown or have values out of range; the rest is followed. */
  | { readonly kind: 'entries'; readonly names: readonly string[] };

/** A policy as it was read, and what of it is not followed. */
export interface ParsedPolicy {
  readonly policy: Policy;
  readonly problem: PolicyProblem | undefined;
}

/** The policy of a computer that nobody manages. */
export const EMPTY_POLICY: Policy = { settings: {}, canUpdate: true };

const record = v.record(v.string(), v.unknown());

/** Reads a policy; what is unknown or bad in it is named and passed over. Never throws. */
export function parsePolicy(text: string): ParsedPolicy {
  const json = parsed(text);
  if (!v.is(record, json) || Array.isArray(json)) {
    return { policy: EMPTY_POLICY, problem: { kind: 'broken' } };
  }
  const { server, settings, updates, ...unknown } = json;
  const given = v.is(record, settings) && !Array.isArray(settings) ? settings : {};
  const wanted = Object.entries(server === undefined ? given : { ...given, server });
  const good = wanted.filter(([name, value]) => isValidSetting(name, value));
  const names = [
    ...Object.keys(unknown),
    ...(settings === undefined || settings === given ? [] : ['settings']),
    ...(updates === undefined || typeof updates === 'boolean' ? [] : ['updates']),
    ...wanted.filter((entry) => !good.includes(entry)).map(([name]) => name),
  ];
  return {
    policy: {
      settings: Object.fromEntries(
        good.map(([name, value]) => [name, normalizeValue(name, value)]),
      ),
      canUpdate: updates !== false,
    },
    problem: names.length === 0 ? undefined : { kind: 'entries', names },
  };
}

/** The names of the settings that a policy holds, for the window. */
export function getManagedSettingNames(locked: Partial<Settings>): readonly (keyof Settings)[] {
  return Object.keys(locked) as (keyof Settings)[];
}

function parsed(text: string): unknown {
  try {
    // Windows' own tools begin a file of text with a mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A server is kept by its origin, however it was written. */
function normalizeValue(name: string, value: unknown): unknown {
  if (name !== 'server' || typeof value !== 'string') return value;
  const address = parseServerAddress(value);
  return address.ok ? address.origin : value;
}
