import { REGIONS } from '../../core/regions';
import { LANGUAGES } from '../../core/settings';
import { UPDATE_CHANNELS } from '../../core/update';
import type { Words } from '../words.svelte';

/** One thing to choose. */
export interface Option {
  readonly value: string | number;
  readonly label: string;
}

const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200];

/** The steps of the zoom. */
export function zoomOptions({ language }: Words): readonly Option[] {
  const format = new Intl.NumberFormat(language, { style: 'percent' });
  return ZOOMS.map((zoom) => ({ value: zoom, label: format.format(zoom / 100) }));
}

/** The languages, each in its own words: whoever looks for theirs may not read this one. */
export function languageOptions({ t }: Words): readonly Option[] {
  const options = LANGUAGES.map((language) => ({ value: language, label: ownName(language) }));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

/** The countries whose way of writing numbers is known. */
export function regionOptions({ t, language }: Words): readonly Option[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const { compare } = new Intl.Collator(language);
  const options = REGIONS.map((country) => ({
    value: country,
    label: names.of(country) ?? country,
  })).toSorted((a, b) => compare(a.label, b.label));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

/** Light or dark. */
export function themeOptions({ t }: Words): readonly Option[] {
  const themes = ['system', 'light', 'dark'] as const;
  return themes.map((value) => ({ value, label: t(`theme.${value}`) }));
}

/** How strongly things stand out. */
export function contrastOptions({ t }: Words): readonly Option[] {
  const contrasts = ['normal', 'high'] as const;
  const options = contrasts.map((value) => ({ value, label: t(`contrast.${value}`) }));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

/** How close the rows stand. */
export function densityOptions({ t }: Words): readonly Option[] {
  const densities = ['compact', 'comfortable'] as const;
  return densities.map((value) => ({ value, label: t(`density.${value}`) }));
}

/** Which versions are offered. */
export function channelOptions({ t }: Words): readonly Option[] {
  return UPDATE_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
}

/** When a screen pop opens. */
export function screenPopOptions({ t }: Words): readonly Option[] {
  const moments = ['button', 'ringing', 'answer'] as const;
  return moments.map((value) => ({ value, label: t(`screenPopWhen.${value}`) }));
}

function ownName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
