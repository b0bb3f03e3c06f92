import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { getManagedSettingNames, type Policy } from '../../core/settings/policy';
import { parseServerAddress } from '../../core/api/server-address';
import { deepEqual } from '../../core/deep-equal';
import { parseJson, renameKeys } from '../../core/stored-json';
import {
  parseSettings,
  RENAMED_SETTINGS,
  updateSettings,
  type Settings,
} from '../../core/settings/settings';
import {
  getActiveDoNotDisturb,
  getDoNotDisturbDuration,
  getDurationEnd,
  getSuspensionEnd,
  resolveDoNotDisturb,
  type ActiveDoNotDisturb,
  type DoNotDisturb,
  type DoNotDisturbOption,
  type WeeklySchedule,
} from '../../core/settings/do-not-disturb';
import { ACCOUNT_COLOR_COUNT } from '../../shared/accounts';
import type { SystemNotice } from '../../shared/state';
import { accountKey } from '../accounts/credentials';
import { getErrorCode, SAVE_RETRY_MS, writeFileAtomic } from './atomic-write';
import { quarantine, removeCopies, removeTemporaryFiles } from './broken-file';
import { decodeText } from './decode-text';

const FILE_NAME = 'settings.json';

/** An account that is signed in again at the next start. */
export interface RememberedAccount {
  readonly server: string;
  readonly userName: string;
  /** Encrypted by the system's keyring, in base64; absent if the user didn't agree to save it. */
  readonly password: string | undefined;
  /** Index of its color, from 1. */
  readonly color: number;
  readonly paused: boolean;
}

/** A message that is shown only once per profile. */
export type Hint = 'no-tray' | 'introduction';

/** A step of the introduction: the card on the Calls page, or where a hidden window went. */
export type IntroductionStep = 'card' | 'hidden-window';

/** The keys of the file. `account` held the only account before there could be several. */
type StoredValues = Partial<
  Record<
    | 'settings'
    | 'doNotDisturbUntil'
    | 'doNotDisturbMs'
    | 'scheduleOffUntil'
    | 'accounts'
    | 'account'
    | 'shownHints'
    | 'introductionSteps'
    | 'screenPopHost',
    unknown
  >
>;

/** Former keys of the file, as version 0.1 wrote them. */
const RENAMED_KEYS = {
  ...RENAMED_SETTINGS,
  silence: 'doNotDisturbUntil',
  told: 'shownHints',
  colour: 'color',
};

const color = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(ACCOUNT_COLOR_COUNT));
const rememberedAccount = v.object({
  server: v.string(),
  userName: v.string(),
  password: v.fallback(v.optional(v.string()), undefined),
  color: v.fallback(color, 1),
  paused: v.fallback(v.boolean(), false),
});
const host = v.fallback(v.optional(v.string()), undefined);
const hints = v.fallback(v.array(v.string()), []);
const doNotDisturb = v.fallback(
  v.nullable(v.union([v.number(), v.literal('until-turned-off')])),
  null,
);
const suspension = v.fallback(v.nullable(v.number()), null);

const duration = v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined);

/** Called with the settings after and before a change, which are the same for Do Not Disturb. */
export type SettingsListener = (settings: Settings, previous: Settings) => void;

/**
 * The user's settings, Do Not Disturb, and remembered accounts: `settings.json` in the profile.
 * Where the file can't be used, Ringside keeps running on what is in memory.
 */
export class SettingsStore {
  readonly #path: string;
  readonly #listeners = new Set<SettingsListener>();
  #values: StoredValues;
  #settings: Settings;
  /** Runs while Do Not Disturb is on for a duration, even if the wall clock is set. */
  #timer: Timer | undefined;
  #isComplete = false;
  /** Runs while there are values that couldn't be saved. */
  #retryTimer: NodeJS.Timeout | undefined;

  constructor(
    profile: string,
    private readonly report: (notice: SystemNotice) => void,
    /** Set by an administrator: they take precedence and are never written to the file. */
    readonly managed: Partial<Settings> = {},
    /** Called when the file was saved after an earlier failure. */
    private readonly onSaved: (file: string) => void = () => undefined,
  ) {
    this.#path = join(profile, FILE_NAME);
    removeTemporaryFiles(this.#path);
    this.#values = this.#load();
    this.#timer = this.#resumeTimer();
    this.#settings = parseSettings({ ...asObject(this.#values.settings), ...managed });
    // Earlier versions didn't ask; the user chose the host in the settings.
    const { screenPopUrl } = this.#settings;
    const chosenHost = URL.canParse(screenPopUrl) ? new URL(screenPopUrl).host : '';
    this.#values = { screenPopHost: chosenHost, ...this.#values };
    // A user who has signed in before needs no introduction.
    if (this.accounts.length > 0) this.#values = this.#withHint('introduction');
  }

  /** Whether the file existed and could be read, so that every remembered account is known. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The current settings. */
  get(): Settings {
    return this.#settings;
  }

  /** Names of the settings that the user can't change. */
  get managedNames(): readonly (keyof Settings)[] {
    return getManagedSettingNames(this.managed);
  }

  /** Changes settings, or returns the names of those that are managed or out of range. */
  update(change: Readonly<Record<string, unknown>>): readonly string[] {
    const managed = Object.keys(change).filter((name) => Object.hasOwn(this.managed, name));
    if (managed.length > 0) return managed;
    const changed = updateSettings(this.#settings, change);
    if (!changed.ok) return changed.refused;
    const previous = this.#settings;
    this.#settings = changed.settings;
    const own = Object.entries(changed.settings).filter(
      ([name]) => !Object.hasOwn(this.managed, name),
    );
    // Keeps entries of a newer version, and what the user set before a setting became managed.
    const stored = { ...asObject(this.#values.settings), ...Object.fromEntries(own) };
    const hasNewSchedule =
      previous.scheduledDoNotDisturb !== this.#settings.scheduledDoNotDisturb ||
      !deepEqual(previous.doNotDisturbSchedule, this.#settings.doNotDisturbSchedule);
    this.#save({ settings: stored, ...(hasNewSchedule && { scheduleOffUntil: undefined }) });
    this.#notify(previous);
    return [];
  }

  /** Calls the listener after every change. Returns a function that stops it. */
  subscribe(listener: SettingsListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Do Not Disturb as it's on now, turned on by the user or by the weekly schedule. */
  get doNotDisturb(): ActiveDoNotDisturb | null {
    const suspendedUntil = v.parse(suspension, this.#values.scheduleOffUntil ?? null);
    return getActiveDoNotDisturb(this.#setByHand, this.#schedule, Date.now(), suspendedUntil);
  }

  get isDoNotDisturbActive(): boolean {
    return this.doNotDisturb !== null;
  }

  /** Turning it off suspends a schedule that is on, for today. */
  setDoNotDisturb(choice: DoNotDisturbOption): void {
    const now = Date.now();
    const isScheduled = getActiveDoNotDisturb(null, this.#schedule, now) !== null;
    const durationMs = getDoNotDisturbDuration(choice);
    this.#save({
      doNotDisturbUntil: resolveDoNotDisturb(choice, now),
      doNotDisturbMs: durationMs,
      ...(choice === 'off' &&
        isScheduled && { scheduleOffUntil: getSuspensionEnd(this.#schedule, now) }),
    });
    this.#timer = startTimer(durationMs);
    this.#notify(this.#settings);
  }

  /** Do Not Disturb as the user turned it on; `null` if it's off or has ended. */
  get #setByHand(): DoNotDisturb {
    const until = v.parse(doNotDisturb, this.#values.doNotDisturbUntil ?? null);
    if (typeof until !== 'number') return until;
    const now = Date.now();
    const end = this.#timer
      ? getDurationEnd(until, this.#timer.durationMs - this.#timer.getElapsedMs(), now)
      : until;
    return end <= now ? null : end;
  }

  get #schedule(): WeeklySchedule {
    const { scheduledDoNotDisturb, doNotDisturbSchedule } = this.#settings;
    return scheduledDoNotDisturb ? doNotDisturbSchedule : [];
  }

  /** Remembered accounts in the order in which they were added, without duplicates. */
  get accounts(): readonly RememberedAccount[] {
    const stored = this.#values.accounts ?? [this.#values.account];
    const accounts = new Map<string, RememberedAccount>();
    for (const entry of Array.isArray(stored) ? (stored as readonly unknown[]) : []) {
      const read = v.safeParse(rememberedAccount, entry);
      if (!read.success || !parseServerAddress(read.output.server).ok) continue;
      const { server, userName, password, color, paused } = read.output;
      const key = accountKey(read.output);
      if (!accounts.has(key)) accounts.set(key, { server, userName, password, color, paused });
    }
    return [...accounts.values()];
  }

  set accounts(accounts: readonly RememberedAccount[]) {
    const keys = new Set(accounts.map(accountKey));
    const isOneRemoved = this.accounts.some((account) => !keys.has(accountKey(account)));
    this.#save({ accounts, account: undefined });
    // They may still hold the removed account.
    if (isOneRemoved) removeCopies(this.#path);
  }

  /** The host whose pages the user allowed for calls. */
  get screenPopHost(): string | undefined {
    return v.parse(host, this.#values.screenPopHost);
  }

  set screenPopHost(confirmed: string | undefined) {
    this.#save({ screenPopHost: confirmed });
  }

  /** Marks a hint as shown. Returns whether this was the first time. */
  markHintShown(hint: Hint): boolean {
    const next = this.#withHint(hint);
    if (next === this.#values) return false;
    this.#save(next);
    return true;
  }

  #withHint(hint: Hint): StoredValues {
    const shown = v.parse(hints, this.#values.shownHints);
    if (shown.includes(hint)) return this.#values;
    return { ...this.#values, shownHints: [...shown, hint] };
  }

  /** Starts the introduction after the first sign-in. */
  startIntroduction(): void {
    const next = this.#withHint('introduction');
    if (next === this.#values) return;
    const introductionSteps: readonly IntroductionStep[] = ['card', 'hidden-window'];
    this.#save({ ...next, introductionSteps });
    this.#notify(this.#settings);
  }

  /** Whether a step of the introduction hasn't been shown or dismissed yet. */
  isIntroductionPending(step: IntroductionStep): boolean {
    return v.parse(hints, this.#values.introductionSteps).includes(step);
  }

  /** Finishes a step of the introduction. Returns whether it was pending. */
  finishIntroduction(step: IntroductionStep): boolean {
    if (!this.isIntroductionPending(step)) return false;
    const steps = v.parse(hints, this.#values.introductionSteps);
    this.#save({ introductionSteps: steps.filter((one) => one !== step) });
    this.#notify(this.#settings);
    return true;
  }

  /** The remaining part of a duration that was running when the app quit. */
  #resumeTimer(): Timer | undefined {
    const durationMs = v.parse(duration, this.#values.doNotDisturbMs);
    const until = v.parse(doNotDisturb, this.#values.doNotDisturbUntil ?? null);
    if (durationMs === undefined || typeof until !== 'number') return undefined;
    return startTimer(Math.min(durationMs, until - Date.now()));
  }

  #notify(previous: Settings): void {
    for (const listener of this.#listeners) listener(this.#settings, previous);
  }

  #load(): StoredValues {
    try {
      const values = parseObject(decodeText(readFileSync(this.#path)));
      this.#isComplete = true;
      return values;
    } catch (error) {
      if (getErrorCode(error) !== 'ENOENT') this.report(quarantine(this.#path));
      return {};
    }
  }

  /** Tries once more to save what couldn't be saved, before the app quits. */
  dispose(): void {
    if (!this.#retryTimer) return;
    this.#save({});
    clearTimeout(this.#retryTimer);
  }

  /** Writes all values, including those that couldn't be saved earlier. */
  #save(change: StoredValues): void {
    this.#values = { ...this.#values, ...change };
    clearTimeout(this.#retryTimer);
    try {
      writeFileAtomic(this.#path, JSON.stringify(this.#values, undefined, '\t'), { fsync: true });
      if (this.#retryTimer) this.onSaved(FILE_NAME);
      this.#retryTimer = undefined;
    } catch (error) {
      this.#retryTimer = setTimeout(() => {
        this.#save({});
      }, SAVE_RETRY_MS);
      this.report({ kind: 'cannot-save', file: FILE_NAME, code: getErrorCode(error) });
    }
  }
}

/** Returns the settings of a policy and of the environment, which the user can't change. */
export function getManagedSettings(
  { settings, canUpdate }: Policy,
  server: string | undefined,
): Partial<Settings> {
  return {
    ...settings,
    ...(!canUpdate && { automaticUpdates: false }),
    ...(server !== undefined && { server }),
  };
}

interface Timer {
  readonly durationMs: number;
  readonly getElapsedMs: () => number;
}

function startTimer(durationMs: number | undefined): Timer | undefined {
  if (durationMs === undefined) return undefined;
  const start = { uptime: uptime() * 1_000, monotonic: performance.now() };
  return {
    durationMs,
    // Only the uptime of the system counts the time that it sleeps.
    getElapsedMs: () =>
      Math.max(uptime() * 1_000 - start.uptime, performance.now() - start.monotonic),
  };
}

function parseObject(text: string): StoredValues {
  const json = renameKeys(parseJson(text), RENAMED_KEYS);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new SyntaxError('The settings are not an object.');
  }
  return json;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
