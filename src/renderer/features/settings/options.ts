import { REGIONS } from '../../../core/settings/regions';
import { LANGUAGES } from '../../../core/settings/settings';
import { UPDATE_CHANNELS } from '../../../core/update';
import type { I18n } from '../../i18n.svelte';

export interface Option {
  readonly value: string | number;
  readonly label: string;
}

const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200];

export function getZoomOptions(i18n: I18n): readonly Option[] {
  return ZOOMS.map((zoom) => ({ value: zoom, label: i18n.percent(zoom) }));
}

/** Lists each language under its own name. */
export function getLanguageOptions({ t }: I18n): readonly Option[] {
  const options = LANGUAGES.map((language) => ({
    value: language,
    label: getNativeName(language),
  }));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

/** Lists the countries with known number formats, by name. */
export function getRegionOptions({ t, language }: I18n): readonly Option[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const { compare } = new Intl.Collator(language);
  const options = REGIONS.map((country) => ({
    value: country,
    label: names.of(country) ?? country,
  })).toSorted((a, b) => compare(a.label, b.label));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

export function getThemeOptions({ t }: I18n): readonly Option[] {
  const themes = ['system', 'light', 'dark'] as const;
  return themes.map((value) => ({ value, label: t(`theme.${value}`) }));
}

export function getContrastOptions({ t }: I18n): readonly Option[] {
  const contrasts = ['normal', 'high'] as const;
  const options = contrasts.map((value) => ({ value, label: t(`contrast.${value}`) }));
  return [{ value: 'system', label: t('option.system') }, ...options];
}

export function getDensityOptions({ t }: I18n): readonly Option[] {
  const densities = ['compact', 'comfortable'] as const;
  return densities.map((value) => ({ value, label: t(`density.${value}`) }));
}

export function getChannelOptions({ t }: I18n): readonly Option[] {
  return UPDATE_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
}

export function getScreenPopOptions({ t }: I18n): readonly Option[] {
  const triggers = ['button', 'ringing', 'answer'] as const;
  return triggers.map((value) => ({ value, label: t(`screenPopWhen.${value}`) }));
}

function getNativeName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
