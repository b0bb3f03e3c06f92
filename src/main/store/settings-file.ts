import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';
import { readServerAddress } from '../../core/server-address';
import { readSettings, type Settings } from '../../core/settings';
import type { Silence } from '../../core/silence';
import { COLOURS } from '../../shared/accounts';
import type { Notice } from '../../shared/state';
import { accountKey } from '../accounts/credentials';
import { moveAside } from './broken-file';
import { codeOf } from './error-code';
import { removeDrafts, removeTraces } from './left-behind';
import { mustFit } from './write-safely';

const NAME = 'settings.json';

/** How old (ms) a draft of the file is that surely nobody is writing any more. */
const OLD = 60 * 60 * 1_000;

/** Who is signed in, so that the next start need not ask. */
export interface RememberedAccount {
  readonly server: string;
  readonly userName: string;
  /** Encrypted by the system's keyring, in base64; absent where the person did not agree. */
  readonly password: string | undefined;
  /** Its colour, from 1. */
  readonly colour: number;
  readonly paused: boolean;
}

/** What is told once and never again. */
export type Hint = 'no-tray';

interface Stored {
  settings: unknown;
  silence: unknown;
  accounts: unknown;
  /** The only account, as long as there could be no more than one. */
  account: unknown;
  told: unknown;
}

const colour = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(COLOURS));
const account = v.object({
  server: v.string(),
  userName: v.string(),
  password: v.fallback(v.optional(v.string()), undefined),
  colour: v.fallback(colour, 1),
  paused: v.fallback(v.boolean(), false),
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
    if (isBroken(path)) report(moveAside(path, Date.now()));
    removeDrafts(path, Date.now() - OLD);
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

  /** In the order in which they were added, each once. */
  get accounts(): readonly RememberedAccount[] {
    const stored = this.#read('accounts') ?? [this.#read('account')];
    const found = new Map<string, RememberedAccount>();
    for (const entry of Array.isArray(stored) ? (stored as readonly unknown[]) : []) {
      const read = v.safeParse(account, entry);
      if (!read.success || !readServerAddress(read.output.server).ok) continue;
      const { server, userName, password, colour, paused } = read.output;
      const key = accountKey(read.output);
      if (!found.has(key)) found.set(key, { server, userName, password, colour, paused });
    }
    return [...found.values()];
  }

  set accounts(value: readonly RememberedAccount[]) {
    const kept = new Set(value.map(accountKey));
    const isOneGone = this.accounts.some((one) => !kept.has(accountKey(one)));
    this.#write('accounts', value);
    this.#write('account', undefined);
    // What a kill or a fault has left beside the file would still tell of it.
    if (isOneGone) removeTraces(join(this.#profile, NAME));
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
      if (value === undefined && this.#store().has(key)) this.#store().delete(key);
      else if (value !== undefined) this.#store().set(key, value);
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
