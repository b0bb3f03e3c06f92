import type { Component } from 'svelte';
import type { Settings } from '../../core/settings';
import type { Words } from '../words.svelte';
import {
  channelOptions,
  contrastOptions,
  densityOptions,
  languageOptions,
  regionOptions,
  screenPopOptions,
  themeOptions,
  zoomOptions,
  type Option,
} from './options';
import AboutRow from './AboutRow.svelte';
import Accounts from './Accounts.svelte';
import DiagnosticsRow from './DiagnosticsRow.svelte';
import LicencesRow from './LicencesRow.svelte';
import MutedChannels from './MutedChannels.svelte';
import MutedCustomers from './MutedCustomers.svelte';
import MutedEndpoints from './MutedEndpoints.svelte';
import QuietHours from './QuietHours.svelte';
import ScreenPop from './ScreenPop.svelte';
import Shortcut from './Shortcut.svelte';
import SoundChoice from './SoundChoice.svelte';
import UpdatesRow from './UpdatesRow.svelte';

/** The names of the settings whose value is of a kind. */
type NameOf<Value> = {
  [Name in keyof Settings]: Settings[Name] extends Value ? Name : never;
}[keyof Settings];

/** How a setting is set. */
export type Control =
  | {
      readonly kind: 'switch';
      readonly name: NameOf<boolean>;
      /** What there is to set once it is on, under another name. */
      readonly more?: { readonly name: keyof Settings; readonly component: Component };
    }
  | {
      readonly kind: 'number';
      readonly name: NameOf<number>;
      readonly least: number;
      readonly most: number;
      readonly step?: number;
    }
  | {
      readonly kind: 'range';
      readonly name: NameOf<number>;
      readonly least: number;
      readonly most: number;
      readonly step: number;
    }
  | {
      readonly kind: 'choice';
      readonly name: NameOf<string> | NameOf<number>;
      readonly options: (words: Words) => readonly Option[];
    }
  /** Takes the whole width, and knows itself how it is set. */
  | { readonly kind: 'own'; readonly component: Component };

/** Everything that can be set or looked up, in the order in which it stands. */
const SECTIONS = {
  account: ['account'],
  alerts: [
    'announceRinging',
    'announceMissed',
    'announceTrouble',
    'holdMinutes',
    'popUpOnRinging',
    'sound',
    'volume',
  ],
  quiet: ['quietHoursOn', 'mutedChannels', 'mutedCustomers', 'mutedEndpoints'],
  screenPop: ['screenPopUrl', 'screenPopWhen'],
  look: ['language', 'region', 'theme', 'contrast', 'density', 'zoom', 'avatars'],
  computer: ['shortcut', 'normalWindow', 'launchAtLogin', 'pollSeconds', 'logDays', 'logEntries'],
  about: ['about', 'updates', 'automaticUpdates', 'updateChannel', 'diagnostics', 'licences'],
} as const;

/** The name of a section. */
export type SectionName = keyof typeof SECTIONS;
/** The name of an entry. */
export type EntryName = (typeof SECTIONS)[SectionName][number];

/** How each entry is set. */
export const CONTROLS: Readonly<Record<EntryName, Control>> = {
  account: { kind: 'own', component: Accounts },
  announceRinging: { kind: 'switch', name: 'announceRinging' },
  announceMissed: { kind: 'switch', name: 'announceMissed' },
  announceTrouble: { kind: 'switch', name: 'announceTrouble' },
  holdMinutes: { kind: 'number', name: 'holdMinutes', least: 0, most: 60 },
  popUpOnRinging: { kind: 'switch', name: 'popUpOnRinging' },
  sound: { kind: 'own', component: SoundChoice },
  volume: { kind: 'range', name: 'volume', least: 0, most: 100, step: 5 },
  quietHoursOn: {
    kind: 'switch',
    name: 'quietHoursOn',
    more: { name: 'quietWeek', component: QuietHours },
  },
  mutedChannels: { kind: 'own', component: MutedChannels },
  mutedCustomers: { kind: 'own', component: MutedCustomers },
  mutedEndpoints: { kind: 'own', component: MutedEndpoints },
  screenPopUrl: { kind: 'own', component: ScreenPop },
  screenPopWhen: {
    kind: 'choice',
    name: 'screenPopWhen',
    options: screenPopOptions,
  },
  language: { kind: 'choice', name: 'language', options: languageOptions },
  region: { kind: 'choice', name: 'region', options: regionOptions },
  theme: {
    kind: 'choice',
    name: 'theme',
    options: themeOptions,
  },
  contrast: { kind: 'choice', name: 'contrast', options: contrastOptions },
  density: {
    kind: 'choice',
    name: 'density',
    options: densityOptions,
  },
  zoom: { kind: 'choice', name: 'zoom', options: zoomOptions },
  avatars: { kind: 'switch', name: 'avatars' },
  shortcut: { kind: 'own', component: Shortcut },
  normalWindow: { kind: 'switch', name: 'normalWindow' },
  launchAtLogin: { kind: 'switch', name: 'launchAtLogin' },
  pollSeconds: { kind: 'number', name: 'pollSeconds', least: 1, most: 30 },
  logDays: { kind: 'number', name: 'logDays', least: 1, most: 365 },
  logEntries: { kind: 'number', name: 'logEntries', least: 100, most: 5_000, step: 100 },
  about: { kind: 'own', component: AboutRow },
  updates: { kind: 'own', component: UpdatesRow },
  automaticUpdates: { kind: 'switch', name: 'automaticUpdates' },
  updateChannel: { kind: 'choice', name: 'updateChannel', options: channelOptions },
  diagnostics: { kind: 'own', component: DiagnosticsRow },
  licences: { kind: 'own', component: LicencesRow },
};

/** The entries whose title, help or section hold every word of the search, by section. */
export function findEntries(
  query: string,
  { t }: Words,
): readonly { readonly section: SectionName; readonly entries: readonly EntryName[] }[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  const sections = Object.keys(SECTIONS) as SectionName[];
  return sections.flatMap((section) => {
    const entries = (SECTIONS[section] as readonly EntryName[]).filter((entry) => {
      const text = fold(
        [t(`section.${section}`), t(`setting.${entry}.title`), t(`setting.${entry}.help`)].join(
          ' ',
        ),
      );
      return wanted.every((word) => text.includes(word));
    });
    return entries.length > 0 ? [{ section, entries }] : [];
  });
}

/** Text without case and accents, for comparing. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase();
}
