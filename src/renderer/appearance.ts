import type { Settings } from '../core/settings';
import type { Words } from './words.svelte';

/** The size of a rem in px at a zoom of 100 %. */
const REM = 16;

/** Puts theme, density, zoom and language on the page's root. */
export function wear(root: HTMLElement, settings: Settings, words: Words): void {
  if (settings.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = settings.theme;
  root.dataset['density'] = settings.density;
  root.style.fontSize = `${(REM * settings.zoom) / 100}px`;
  root.lang = words.language;
  root.dir = words.direction;
}
