import type { NativeTheme } from 'electron';
import type { Settings } from '../../core/settings/settings';

/**
 * Returns the page's background color, so that nothing flashes before the page is rendered or while
 * the window is resized. Chromium doesn't accept `oklch()` here.
 */
export function getBackgroundColor(
  contrast: Settings['contrast'],
  theme: Pick<NativeTheme, 'shouldUseDarkColors' | 'shouldUseHighContrastColors'>,
): string {
  const isDark = theme.shouldUseDarkColors;
  const isHighContrast =
    contrast === 'system' ? theme.shouldUseHighContrastColors : contrast === 'high';
  if (isHighContrast) return isDark ? '#000000' : '#ffffff';
  return isDark ? '#141518' : '#f9fafb';
}
