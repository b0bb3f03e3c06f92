import type { Settings } from '../../core/settings/settings';

/** How the window is to look, as far as the ground behind its page goes. */
export interface Look {
  readonly dark: boolean;
  readonly highContrast: boolean;
}

/** The look that was set, or that of the system; Electron's `nativeTheme` fits. */
export function lookOf(
  { contrast }: Pick<Settings, 'contrast'>,
  system: {
    readonly shouldUseDarkColors: boolean;
    readonly shouldUseHighContrastColors: boolean;
  },
): Look {
  return {
    dark: system.shouldUseDarkColors,
    highContrast: contrast === 'system' ? system.shouldUseHighContrastColors : contrast === 'high',
  };
}

/**
 * The color that the page's ground has in a look, so that nothing flashes before the page is drawn
 * and at an edge that is being dragged. Chromium takes no `oklch()` here.
 */
export function groundOf({ dark, highContrast }: Look): string {
  if (highContrast) return dark ? '#000000' : '#ffffff';
  return dark ? '#141518' : '#f9fafb';
}
