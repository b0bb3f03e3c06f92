import type { Settings } from '../core/settings';
import type { AppState } from '../shared/state';
import type { Words } from './words.svelte';

/** The size of a rem in px at a zoom of 100 %. */
const REM = 16;

/** Puts theme, contrast, density, zoom and language on the page's root. */
export function wear(
  root: HTMLElement,
  settings: Settings,
  words: Words,
  /** Whether the system asks for more contrast. */
  systemContrast: boolean,
): void {
  if (settings.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = settings.theme;
  const contrast = settings.contrast === 'system' ? systemContrast : settings.contrast === 'high';
  root.dataset['contrast'] = contrast ? 'high' : 'normal';
  root.dataset['density'] = settings.density;
  root.style.fontSize = `${(REM * settings.zoom) / 100}px`;
  root.lang = words.language;
  root.dir = words.direction;
}

/** Whether the window is one like any other, with a frame that sends it away. */
export function isFramed({ platform, settings }: Pick<AppState, 'platform' | 'settings'>): boolean {
  return !platform.tray || settings.normalWindow;
}
