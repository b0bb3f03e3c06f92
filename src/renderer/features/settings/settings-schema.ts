import { normalizeSearchText } from '../../../core/calls/search';
import type { Component } from 'svelte';
import type { Settings } from '../../../core/settings/settings';
import type { Platform } from '../../../shared/state';
import type { I18n } from '../../i18n.svelte';
import AboutRow from './AboutRow.svelte';
import AccountList from './AccountList.svelte';
import DiagnosticsRow from './DiagnosticsRow.svelte';
import type { KnownNames } from './known-names';
import LicensesRow from './LicensesRow.svelte';
import {
  getChannelOptions,
  getContrastOptions,
  getDensityOptions,
  getLanguageOptions,
  getRegionOptions,
  getScreenPopOptions,
  getThemeOptions,
  getZoomOptions,
  type Option,
} from './options';
import NotesRow from './NotesRow.svelte';
import QuitRow from './QuitRow.svelte';
import ScreenPopField from './ScreenPopField.svelte';
import ShortcutField from './ShortcutField.svelte';
import SoundField from './SoundField.svelte';
import UpdatesRow from './UpdatesRow.svelte';
import WeeklyScheduleField from './WeeklyScheduleField.svelte';

/** The names of the settings with a value of a type. */
type NameOf<Value> = {
  [Name in keyof Settings]: Settings[Name] extends Value ? Name : never;
}[keyof Settings];

/** The names of the settings that hold muted names. */
export type MuteSetting = 'mutedChannels' | 'mutedCustomers' | 'mutedEndpoints';

/** How a setting is edited. */
export type Control =
  | {
      readonly kind: 'switch';
      readonly name: NameOf<boolean>;
      /** Another setting, shown while the switch is on. */
      readonly details?: { readonly name: keyof Settings; readonly component: Component };
    }
  | {
      readonly kind: 'number';
      readonly name: NameOf<number>;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    }
  | {
      readonly kind: 'slider';
      readonly name: NameOf<number>;
      readonly min: number;
      readonly max: number;
      readonly step: number;
    }
  | {
      readonly kind: 'select';
      readonly name: NameOf<string> | NameOf<number>;
      readonly getOptions: (i18n: I18n) => readonly Option[];
    }
  | {
      readonly kind: 'mute-list';
      readonly name: MuteSetting;
      readonly suggestions: keyof KnownNames;
    }
  /** A custom component at full width. */
  | { readonly kind: 'custom'; readonly component: Component };

/** The entries of each section, in order. */
const SECTIONS = {
  account: ['account'],
  alerts: [
    'announceRinging',
    'announceMissed',
    'catchUp',
    'voicemail',
    'announceProblems',
    'holdMinutes',
    'popUpOnRinging',
    'ringsBreakThrough',
    'sound',
    'volume',
  ],
  doNotDisturb: [
    'scheduledDoNotDisturb',
    'vipBreaksThrough',
    'mutedChannels',
    'mutedCustomers',
    'mutedEndpoints',
  ],
  screenPop: ['screenPopUrl', 'screenPopWhen'],
  appearance: [
    'language',
    'region',
    'theme',
    'contrast',
    'density',
    'zoom',
    'avatars',
    'contacts',
    'chatMessages',
  ],
  general: [
    'shortcut',
    'normalWindow',
    'launchAtLogin',
    'pollSeconds',
    'logDays',
    'logEntries',
    'notes',
    'quit',
  ],
  about: ['about', 'updates', 'automaticUpdates', 'updateChannel', 'diagnostics', 'licenses'],
} as const;

export type SectionName = keyof typeof SECTIONS;
export type EntryName = (typeof SECTIONS)[SectionName][number];

/** The control of each entry. */
export const CONTROLS: Readonly<Record<EntryName, Control>> = {
  account: { kind: 'custom', component: AccountList },
  announceRinging: { kind: 'switch', name: 'announceRinging' },
  announceMissed: { kind: 'switch', name: 'announceMissed' },
  catchUp: { kind: 'switch', name: 'catchUp' },
  voicemail: { kind: 'switch', name: 'voicemail' },
  announceProblems: { kind: 'switch', name: 'announceProblems' },
  holdMinutes: { kind: 'number', name: 'holdMinutes', min: 0, max: 60 },
  popUpOnRinging: { kind: 'switch', name: 'popUpOnRinging' },
  ringsBreakThrough: { kind: 'switch', name: 'ringsBreakThrough' },
  sound: { kind: 'custom', component: SoundField },
  volume: { kind: 'slider', name: 'volume', min: 0, max: 100, step: 5 },
  scheduledDoNotDisturb: {
    kind: 'switch',
    name: 'scheduledDoNotDisturb',
    details: { name: 'doNotDisturbSchedule', component: WeeklyScheduleField },
  },
  mutedChannels: { kind: 'mute-list', name: 'mutedChannels', suggestions: 'channels' },
  mutedCustomers: { kind: 'mute-list', name: 'mutedCustomers', suggestions: 'customers' },
  mutedEndpoints: { kind: 'mute-list', name: 'mutedEndpoints', suggestions: 'endpoints' },
  screenPopUrl: { kind: 'custom', component: ScreenPopField },
  screenPopWhen: { kind: 'select', name: 'screenPopWhen', getOptions: getScreenPopOptions },
  language: { kind: 'select', name: 'language', getOptions: getLanguageOptions },
  region: { kind: 'select', name: 'region', getOptions: getRegionOptions },
  theme: { kind: 'select', name: 'theme', getOptions: getThemeOptions },
  contrast: { kind: 'select', name: 'contrast', getOptions: getContrastOptions },
  density: { kind: 'select', name: 'density', getOptions: getDensityOptions },
  zoom: { kind: 'select', name: 'zoom', getOptions: getZoomOptions },
  avatars: { kind: 'switch', name: 'avatars' },
  contacts: { kind: 'switch', name: 'contacts' },
  chatMessages: { kind: 'switch', name: 'chatMessages' },
  shortcut: { kind: 'custom', component: ShortcutField },
  normalWindow: { kind: 'switch', name: 'normalWindow' },
  launchAtLogin: { kind: 'switch', name: 'launchAtLogin' },
  pollSeconds: { kind: 'number', name: 'pollSeconds', min: 1, max: 30 },
  logDays: { kind: 'number', name: 'logDays', min: 1, max: 365 },
  notes: { kind: 'custom', component: NotesRow },
  vipBreaksThrough: { kind: 'switch', name: 'vipBreaksThrough' },
  logEntries: { kind: 'number', name: 'logEntries', min: 100, max: 5_000, step: 100 },
  quit: { kind: 'custom', component: QuitRow },
  about: { kind: 'custom', component: AboutRow },
  updates: { kind: 'custom', component: UpdatesRow },
  automaticUpdates: { kind: 'switch', name: 'automaticUpdates' },
  updateChannel: { kind: 'select', name: 'updateChannel', getOptions: getChannelOptions },
  diagnostics: { kind: 'custom', component: DiagnosticsRow },
  licenses: { kind: 'custom', component: LicensesRow },
};

/** Entries that only Linux desktops support. */
const LINUX_ENTRIES: readonly EntryName[] = ['ringsBreakThrough'];

/** Finds this platform's entries whose section, title, and help contain every word of the query. */
export function searchSettings(
  query: string,
  { t }: I18n,
  os: Platform['os'],
): readonly { readonly section: SectionName; readonly entries: readonly EntryName[] }[] {
  const words = normalizeSearchText(query).split(/\s+/).filter(Boolean);
  const sections = Object.keys(SECTIONS) as SectionName[];
  return sections.flatMap((section) => {
    const entries = (SECTIONS[section] as readonly EntryName[]).filter((entry) => {
      if (os !== 'linux' && LINUX_ENTRIES.includes(entry)) return false;
      const texts = [
        t(`section.${section}`),
        t(`setting.${entry}.title`),
        t(`setting.${entry}.help`),
        // What other apps call it. Some entries have no synonyms.
        t(`synonyms.${entry}` as 'synonyms.sound', { defaultValue: '' }),
      ];
      const text = normalizeSearchText(texts.join(' '));
      return words.every((word) => text.includes(word));
    });
    return entries.length > 0 ? [{ section, entries }] : [];
  });
}
