import { EventEmitter } from 'node:events';
import { managedSettings, type Policy } from '../core/policy';
import { changeSettings, type Settings } from '../core/settings';
import { isSilent, silenceFor, type Silence, type SilenceChoice } from '../core/silence';
import type { SettingsFile } from './store/settings-file';

/** The settings and Do Not Disturb: kept in memory, saved with each change. */
export class SettingsStore {
  readonly #file: SettingsFile;
  readonly #events = new EventEmitter<{ change: [settings: Settings, previous: Settings] }>();
  #settings: Settings;
  #doNotDisturb: Silence;

  constructor(file: SettingsFile) {
    this.#file = file;
    this.#settings = file.settings;
    this.#doNotDisturb = file.silence;
  }

  get(): Settings {
    return this.#settings;
  }

  /** The settings that an administrator has set. */
  get managed(): Partial<Settings> {
    return this.#file.locked;
  }

  get managedNames(): readonly (keyof Settings)[] {
    return managedSettings(this.#file.locked);
  }

  /** Changes settings; returns the names that were refused, in which case nothing changes. */
  update(change: Readonly<Record<string, unknown>>): readonly string[] {
    const managed = Object.keys(change).filter((name) => Object.hasOwn(this.#file.locked, name));
    if (managed.length > 0) return managed;
    const changed = changeSettings(this.#settings, change);
    if (!changed.ok) return changed.refused;
    const previous = this.#settings;
    this.#settings = changed.settings;
    this.#file.settings = changed.settings;
    this.#events.emit('change', changed.settings, previous);
    return [];
  }

  /** Do Not Disturb as the user turned it on; `null` if off or expired. */
  get doNotDisturb(): Silence {
    const isExpired = typeof this.#doNotDisturb === 'number' && this.#doNotDisturb <= Date.now();
    return isExpired ? null : this.#doNotDisturb;
  }

  /** Whether Do Not Disturb is on now, turned on by the user or by the weekly schedule. */
  get isDoNotDisturbActive(): boolean {
    const { quietHoursOn, quietWeek } = this.#settings;
    return isSilent(this.#doNotDisturb, quietHoursOn ? quietWeek : [], Date.now());
  }

  setDoNotDisturb(choice: SilenceChoice): void {
    this.#doNotDisturb = silenceFor(choice, Date.now());
    this.#file.silence = this.#doNotDisturb;
    this.#events.emit('change', this.#settings, this.#settings);
  }

  /** Calls the listener after each change of a setting or of Do Not Disturb. */
  subscribe(listener: (settings: Settings, previous: Settings) => void): () => void {
    this.#events.on('change', listener);
    return () => void this.#events.off('change', listener);
  }
}

/** The settings that the user can't change: the policy's, and the server of the environment. */
export function getManagedSettings(
  { locked, updates }: Policy,
  server: string | undefined,
): Partial<Settings> {
  return {
    ...locked,
    ...(!updates && { automaticUpdates: false }),
    ...(server !== undefined && { server }),
  };
}
