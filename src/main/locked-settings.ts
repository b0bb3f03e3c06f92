import type { Policy } from '../core/policy';
import type { Settings } from '../core/settings';

/** The settings that the person cannot change: the policy's, and the server of the environment. */
export function lockedSettings(
  { locked, updates }: Policy,
  server: string | undefined,
): Partial<Settings> {
  return {
    ...locked,
    ...(!updates && { automaticUpdates: false }),
    ...(server !== undefined && { server }),
  };
}
