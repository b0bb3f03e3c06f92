import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';
import { readSettings, type Settings } from '../../core/settings';
import type { Silence } from '../../core/silence';
import type { Notice } from '../../shared/state';
import { codeOf, keepBeside } from './broken-file';
import { mustFit } from './write-safely';

const NAME = 'settings.json';

/** Who signed in last, so that the next start need not ask. */
export interface RememberedAccount {
  readonly server: string;
  readonly userName: string;
  /** Encrypted by the system's keyring, in base64; absent where the person did not agree. */
  readonly password: string | undefined;
}

/** What is told once and never again. */
export type Hint = 'no-tray';

interface Stored {
  settings: unknown;
  silence: unknown;
  account: unknown;
  told: unknown;
}

const account = v.object({
  server: v.string(),
  userName: v.string(),
  password: v.fallback(v.optional(v.string()), undefined),
});
const hints = v.fallback(v.array(v.string()), []);
const silence = v.fallback(v.nullable(v.union([v.number(), v.literal('until-turned-off')])), null);

/** What the person set and who they are: `settings.json` in the profile. */
export class SettingsFile {
  readonly #profile: string;
  #opened: Store<Stored> | undefined;

  constructor(
    profile: string,
    private readonly report: (notice: Notice) => void,
    /** What is set by others than the person: it wins, and is never written down. */
    readonly locked: Partial<Settings>,
  ) {
    this.#profile = profile;
    const path = join(profile, NAME);
    if (isBroken(path)) report(keepBeside(path, Date.now()));
  }

  get settings(): Settings {
    return readSettings({ ...this.#stored(), ...this.locked });
  }

  /** What a newer version keeps there too stays, and so does what the person set before a lock. */
  set settings(settings: Settings) {
    const stored = this.#stored();
    const own = Object.entries(settings).filter(([name]) => !Object.hasOwn(this.locked, name));
    this.#write('settings', { ...stored, ...Object.fromEntries(own) });
  }

  get silence(): Silence {
    return v.parse(silence, this.#read('silence') ?? null);
  }

  set silence(value: Silence) {
    this.#write('silence', value);
  }

  get account(): RememberedAccount | undefined {
    const read = v.safeParse(account, this.#read('account'));
    if (!read.success) return undefined;
    const { server, userName, password } = read.output;
    return { server, userName, password };
  }

  set account(value: RememberedAccount | undefined) {
    this.#write('account', value);
  }

  /** Whether a hint is still to be told; from then on it counts as told. */
  tellOnce(hint: Hint): boolean {
    const told = v.parse(hints, this.#read('told'));
    if (told.includes(hint)) return false;
    this.#write('told', [...told, hint]);
    return true;
  }

  #stored(): Readonly<Record<string, unknown>> {
    const stored = this.#read('settings');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  }

  /** What is stored; nothing where the profile cannot be used, for the app runs on without it. */
  #read(key: keyof Stored): unknown {
    try {
      return this.#store().get(key);
    } catch {
      this.report({ kind: 'broken-file', file: NAME, keptAs: undefined });
      return undefined;
    }
  }

  #write(key: keyof Stored, value: unknown): void {
    try {
      if (value === undefined) this.#store().delete(key);
      else this.#store().set(key, value);
    } catch (error) {
      this.report({ kind: 'cannot-save', file: NAME, code: codeOf(error) });
    }
  }

  /** Throws where the profile cannot be used. */
  #store(): Store<Stored> {
    this.#opened ??= new Store<Stored>({
      cwd: this.#profile,
      name: basename(NAME, '.json'),
      configFileMode: 0o600,
      serialize: (stored) => {
        const text = JSON.stringify(stored, undefined, '\t');
        // The store does not notice when a disk that is nearly full takes half of what it writes.
        mustFit(join(this.#profile, NAME), text);
        return text;
      },
      // What was no broken file at the start may be one by now.
      clearInvalidConfig: true,
    });
    return this.#opened;
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
