import * as v from 'valibot';
import { parseServerAddress } from '../api/server-address';
import { parseJson, renameKeys } from '../stored-json';
import { isValidSetting, RENAMED_SETTINGS, type Settings } from './settings';

/** What an administrator has set for all users of this computer. */
export interface Policy {
  /** Settings that the user can't change. */
  readonly settings: Partial<Settings>;
  /** Whether Ringside may check for updates. */
  readonly canUpdate: boolean;
}

/** Why a policy or a part of it is ignored. */
export type PolicyProblem =
  /** The file exists but can't be read. */
  | { readonly kind: 'unreadable'; readonly code: string }
  /** Users other than administrators can change the file. */
  | { readonly kind: 'unsafe' }
  /** The file isn't a JSON object. */
  | { readonly kind: 'broken' }
  /** Some entries are unknown or invalid; the others apply. */
  | { readonly kind: 'entries'; readonly names: readonly string[] };

/** A parsed policy and what is wrong with it. */
export interface ParsedPolicy {
  readonly policy: Policy;
  readonly problem: PolicyProblem | undefined;
}

/** The policy of a computer without a policy file. */
export const EMPTY_POLICY: Policy = { settings: {}, canUpdate: true };

const record = v.record(v.string(), v.unknown());

/** Parses a policy. Unknown and invalid entries are reported and ignored. Never throws. */
export function parsePolicy(text: string): ParsedPolicy {
  const json = renameKeys(parsed(text), RENAMED_SETTINGS);
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

/** Returns the names of the managed settings. */
export function getManagedSettingNames(locked: Partial<Settings>): readonly (keyof Settings)[] {
  return Object.keys(locked) as (keyof Settings)[];
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A server is stored as its origin. */
function normalizeValue(name: string, value: unknown): unknown {
  if (name !== 'server' || typeof value !== 'string') return value;
  const address = parseServerAddress(value);
  return address.ok ? address.origin : value;
}
