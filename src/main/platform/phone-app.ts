import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { getErrorCode } from '../storage/atomic-write';

const TIMEOUT_MS = 2_000;

/**
 * Whether an app opens `tel:` links. If there is none, Electron reports an error, except on Linux,
 * so there the desktop is asked.
 */
export async function hasPhoneApp(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  try {
    const query = ['query', 'default', 'x-scheme-handler/tel'];
    const { stdout } = await promisify(execFile)('xdg-mime', query, { timeout: TIMEOUT_MS });
    return stdout.trim() !== '';
  } catch (error) {
    // Without the program, nothing can open links. Any other error doesn't say that there is no app.
    return getErrorCode(error) !== 'ENOENT';
  }
}
