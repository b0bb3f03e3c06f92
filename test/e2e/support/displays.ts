import type { FullConfig } from '@playwright/test';
import { startVirtualDisplay } from '../../../scripts/lib/virtual-display.mjs';

/** Starts a virtual display for each worker except for the first, which uses the existing one. */
export default async function startDisplays({ workers }: FullConfig) {
  if (process.platform !== 'linux') return undefined;
  const starting = Array.from({ length: workers - 1 }, () => startVirtualDisplay());
  const screens = await Promise.all(starting);
  const { DISPLAY = '' } = process.env;
  const displays = [DISPLAY, ...screens.map(({ display }) => display)];
  process.env['RINGSIDE_E2E_DISPLAYS'] = displays.join(' ');
  return async (): Promise<void> => {
    for (const screen of screens) await screen.close();
  };
}
