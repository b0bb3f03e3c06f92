import * as v from 'valibot';
import { validateTemplate } from '../screen-pop';
import { parseServerAddress } from '../api/server-address';
import { isAllowedShortcut } from './shortcut';
import { UPDATE_CHANNELS } from '../update';

/** The supported languages. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt-BR', 'it', 'nl', 'ja', 'ar'] as const;
/** A supported language. */
export type Language = (typeof LANGUAGES)[number];

/** The ringtones; `none` leaves it to the system. */
export const SOUNDS = ['none', 'bell', 'marimba', 'pulse', 'glass'] as const;
/** A ringtone. */
export type Sound = (typeof SOUNDS)[number];

const integerBetween = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const names = v.pipe(v.array(v.pipe(v.string(), v.maxLength(2_000))), v.maxLength(500));
const minuteOfDay = integerBetween(0, 1439);
const quietHours = v.nullable(v.object({ from: minuteOfDay, to: minuteOfDay }));

/** Every setting with its range and default. Invalid values fall back to the default. */
const fields = {
  /** Origin of the server. */
  server: field(
    v.pipe(
      v.string(),
      v.check((typed) => parseServerAddress(typed).ok),
    ),
    'https://evovoice.io',
  ),
  /** Seconds between polls when nothing is urgent. */
  pollSeconds: field(integerBetween(1, 30), 2),
  announceRinging: field(v.boolean(), true),
  announceMissed: field(v.boolean(), true),
  announceProblems: field(v.boolean(), true),
  /** Reads the call history after a gap. */
  catchUp: field(v.boolean(), true),
  /** Calls from VIPs ring during Do Not Disturb. */
  vipBreaksThrough: field(v.boolean(), false),
  /** Shows voice messages and announces new ones. */
  voicemail: field(v.boolean(), true),
  /** Minutes until a hold alerts; 0 turns the alert off. */
  holdMinutes: field(integerBetween(0, 60), 2),
  mutedChannels: field(names, []),
  mutedCustomers: field(names, []),
  mutedEndpoints: field(names, []),
  scheduledDoNotDisturb: field(v.boolean(), false),
  /**
   * Weekly Do Not Disturb schedule, Sunday first, in minutes after midnight; equal times are a
   * whole day. The default covers nights and weekends.
   */
  doNotDisturbSchedule: field(v.pipe(v.array(quietHours), v.length(7)), [
    { from: 480, to: 480 },
    { from: 1080, to: 480 },
    { from: 1080, to: 480 },
    { from: 1080, to: 480 },
    { from: 1080, to: 480 },
    { from: 1080, to: 480 },
    { from: 480, to: 480 },
  ]),
  sound: field(v.picklist(SOUNDS), 'none'),
  /** In percent. */
  volume: field(integerBetween(0, 100), 60),
  popUpOnRinging: field(v.boolean(), false),
  /** Rings ignore the desktop's own Do Not Disturb, where that is possible. */
  ringsBreakThrough: field(v.boolean(), false),
  /** Template of the address that a screen pop opens; empty for none. */
  screenPopUrl: field(
    v.pipe(
      v.string(),
      v.maxLength(2_000),
      v.check((template) => template === '' || validateTemplate(template) === undefined),
    ),
    '',
  ),
  screenPopWhen: field(v.picklist(['button', 'ringing', 'answer']), 'button'),
  /** ISO 3166 country for numbers without a country code; `system` follows the computer. */
  region: field(
    v.union([v.literal('system'), v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))]),
    'system',
  ),
  language: field(v.union([v.literal('system'), v.picklist(LANGUAGES)]), 'system'),
  theme: field(v.picklist(['system', 'light', 'dark']), 'system'),
  contrast: field(v.picklist(['system', 'normal', 'high']), 'system'),
  density: field(v.picklist(['compact', 'comfortable']), 'compact'),
  /** In percent. */
  zoom: field(integerBetween(80, 200), 100),
  /** Electron accelerator that opens the window; empty for none. */
  shortcut: field(v.pipe(v.string(), v.maxLength(100), v.check(isAllowedShortcut)), ''),
  launchAtLogin: field(v.boolean(), false),
  avatars: field(v.boolean(), true),
  /** Reads the contacts, and uses them to name callers. */
  contacts: field(v.boolean(), true),
  /** Shows the messages of chats. */
  chatMessages: field(v.boolean(), true),
  /** Checks for updates every few hours. */
  automaticUpdates: field(v.boolean(), true),
  updateChannel: field(v.picklist(UPDATE_CHANNELS), 'stable'),
  /** How long and how much the call log keeps. */
  logDays: field(integerBetween(1, 365), 90),
  logEntries: field(integerBetween(100, 5_000), 5_000),
  /** The window stays on top and open. */
  pinned: field(v.boolean(), false),
  /** The window has a frame and a taskbar entry and stays where it's put. */
  normalWindow: field(v.boolean(), false),
  windowWidth: field(integerBetween(340, 4_000), 384),
  windowHeight: field(integerBetween(420, 4_000), 620),
  /** Minutes until the process of the hidden window is released. */
  releaseMinutes: field(integerBetween(0, 120), 1),
};

/** Former names of settings, as files of version 0.1 and policies may still have them. */
export const RENAMED_SETTINGS: Readonly<Record<string, keyof Settings>> = {
  announceTrouble: 'announceProblems',
  quietHoursOn: 'scheduledDoNotDisturb',
  quietWeek: 'doNotDisturbSchedule',
};

const settings = v.object(fields);

/** The user's settings. */
export type Settings = Readonly<v.InferOutput<typeof settings>>;

/** Parses settings. Missing and invalid values become defaults. Never throws. */
export function parseSettings(json: unknown): Settings {
  const object = typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
  return v.parse(settings, object);
}

/** The default settings. */
export const DEFAULT_SETTINGS: Settings = /* @__PURE__ */ parseSettings({});

/** Applies changes, or returns the names of invalid ones. */
export function updateSettings(
  before: Settings,
  change: Readonly<Record<string, unknown>>,
):
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly refused: readonly string[] } {
  const refused = Object.entries(change).flatMap(([name, value]) =>
    isValidSetting(name, value) ? [] : [name],
  );
  if (refused.length > 0) return { ok: false, refused };
  return { ok: true, settings: parseSettings({ ...before, ...change }) };
}

/** Whether a setting exists and accepts a value. */
export function isValidSetting(name: string, value: unknown): boolean {
  return Object.hasOwn(fields, name) && v.is(fields[name as keyof Settings].wrapped, value);
}

function field<Schema extends v.GenericSchema>(schema: Schema, byDefault: v.InferInput<Schema>) {
  return v.fallback(v.optional(schema, byDefault), byDefault);
}
