import type { Settings } from '../core/settings/settings';
import type { AppState } from '../shared/state';
import type { I18n } from './i18n.svelte';

/** The root font size in px at 100% zoom. */
const BASE_FONT_SIZE = 16;

/** Applies theme, contrast, density, zoom, and language to the root element. */
export function applyAppearance(
  root: HTMLElement,
  settings: Settings,
  i18n: I18n,
  prefersMoreContrast: boolean,
): void {
  if (settings.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = settings.theme;
  const isHigh =
    settings.contrast === 'system' ? prefersMoreContrast : settings.contrast === 'high';
  root.dataset['contrast'] = isHigh ? 'high' : 'normal';
  root.dataset['density'] = settings.density;
  root.style.fontSize = `${(BASE_FONT_SIZE * settings.zoom) / 100}px`;
  root.lang = i18n.language;
  root.dir = i18n.direction;
}

/** Whether the window has a frame with its own close button. */
export function hasWindowFrame({
  platform,
  settings,
}: Pick<AppState, 'platform' | 'settings'>): boolean {
  return !platform.hasTray || settings.normalWindow;
}
