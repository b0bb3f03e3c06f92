import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';
import { readSettings, type Settings } from '../../core/settings';
import type { Silence } from '../../core/silence';
import type { Notice } from '../../shared/state';
import { codeOf, keepBeside } from './broken-file';

/** Who signed in last, so that the next start need not ask. */
export interface RememberedAccount {
  readonly server: string;
  readonly userName: string;
  /** Encrypted by the system's keyring, in base64; absent where the person did not agree. */
  readonly password: string | undefined;
}

interface Stored {
  settings: unknown;
  silence: unknown;
  account: unknown;
}

const account = v.object({
  server: v.string(),
  userName: v.string(),
  password: v.fallback(v.optional(v.string()), undefined),
});
const silence = v.fallback(v.nullable(v.union([v.number(), v.literal('until-turned-off')])), null);

/** What the person set and who they are: `settings.json` in the profile. */
export class SettingsFile {
  readonly #store: Store<Stored>;

  constructor(
    profile: string,
    private readonly report: (notice: Notice) => void,
    /** The server that the environment gives: it wins, and is never written down. */
    private readonly managedServer: string | undefined,
  ) {
    const path = join(profile, 'settings.json');
    const broken = isBroken(path);
    if (broken) report(keepBeside(path, Date.now()));
    this.#store = new Store<Stored>({
      cwd: profile,
      name: 'settings',
      // What the check above passed may still be cut off between it and here.
      clearInvalidConfig: true,
    });
  }

  get settings(): Settings {
    const { managedServer: server } = this;
    return readSettings({ ...this.#stored(), ...(server !== undefined && { server }) });
  }

  /** What a newer version keeps there too stays, and what the environment gives is not written. */
  set settings(settings: Settings) {
    const stored = this.#stored();
    const server = this.managedServer === undefined ? settings.server : stored['server'];
    this.#write('settings', { ...stored, ...settings, server });
  }

  get silence(): Silence {
    return v.parse(silence, this.#store.get('silence') ?? null);
  }

  set silence(value: Silence) {
    this.#write('silence', value);
  }

  get account(): RememberedAccount | undefined {
    const read = v.safeParse(account, this.#store.get('account'));
    if (!read.success) return undefined;
    const { server, userName, password } = read.output;
    return { server, userName, password };
  }

  set account(value: RememberedAccount | undefined) {
    this.#write('account', value);
  }

  #stored(): Readonly<Record<string, unknown>> {
    const stored = this.#store.get('settings');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  }

  #write(key: keyof Stored, value: unknown): void {
    try {
      if (value === undefined) this.#store.delete(key);
      else this.#store.set(key, value);
    } catch (error) {
      this.report({ kind: 'cannot-save', file: 'settings.json', code: codeOf(error) });
    }
  }
}

/** Whether there is a file of which nothing can be made. */
function isBroken(path: string): boolean {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof json !== 'object' || json === null || Array.isArray(json);
  } catch (error) {
    return codeOf(error) !== 'ENOENT';
  }
}
