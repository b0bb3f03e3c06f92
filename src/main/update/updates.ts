import type { Settings } from '../../core/settings/settings';
import {
  canDownloadUpdate,
  reduceUpdate,
  getNextCheckDelayMs,
  classifyUpdateError,
  type UpdateState,
  type UpdateChannel,
  type UpdateEvent,
  type UpdateMode,
} from '../../core/update';

/** What finds, fetches and installs newer versions. */
export interface Engine {
  /** The newest version of a channel, where it is newer than this one. */
  check(channel: UpdateChannel): Promise<string | undefined>;
  /** Fetches and verifies what was found last; it is installed when the app ends. */
  download(onProgress: (percent: number) => void): Promise<void>;
  /** Ends the app, installs, and starts the new version. */
  restart(): void;
}

/** What updating takes. */
export interface UpdatesNeeds {
  readonly way: UpdateMode;
  /** False where the organisation does not want it. */
  readonly allowed: boolean;
  /** Loaded with the first check and not before. */
  readonly engine: () => Promise<Engine>;
  readonly settings: () => Pick<Settings, 'automaticUpdates' | 'updateChannel'>;
  /** The page that tells of a version, where there is one. */
  readonly pageOf: (version: string) => string | undefined;
  /** Whether the new version would find everything that this one was started with. */
  readonly canRestart: boolean;
  readonly after: (ms: number, what: () => void) => void;
  readonly random: () => number;
  readonly now: () => number;
  readonly onChange: () => void;
  readonly report: (error: unknown) => void;
}

/** Keeps Ringside up to date, as far as the person and the organisation want. */
export class Updates {
  readonly #needs: UpdatesNeeds;
  #update: UpdateState;
  #engine: Promise<Engine> | undefined;

  constructor(needs: UpdatesNeeds) {
    this.#needs = needs;
    if (!needs.allowed) this.#update = { kind: 'off', reason: 'organisation' };
    else if (needs.way === 'none') this.#update = { kind: 'off', reason: 'nowhere-to-ask' };
    else this.#update = { kind: 'idle', checkedAt: null };
  }

  get state(): UpdateState {
    return this.#update;
  }

  /** What is written about the version that the person was told of, where something is. */
  get page(): string | undefined {
    return this.#update.kind === 'told' ? this.#needs.pageOf(this.#update.version) : undefined;
  }

  /** Looks for newer versions by itself from now on, some minutes later and then every few hours. */
  start(): void {
    if (this.#update.kind !== 'off') this.#wait(true);
  }

  /** Asks whether there is a newer version. */
  async check(): Promise<void> {
    if (!this.#take({ kind: 'check' })) return;
    const { settings, now, pageOf, way } = this.#needs;
    try {
      const engine = await this.#load();
      const version = await engine.check(settings().updateChannel);
      if (version === undefined || way === 'none') this.#take({ kind: 'none', at: now() });
      else
        this.#take({
          kind: 'found',
          version,
          mode: way,
          hasReleasePage: pageOf(version) !== undefined,
        });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The person said yes to the version that was found. */
  async download(): Promise<void> {
    if (!canDownloadUpdate(this.#update)) return;
    this.#take({ kind: 'download' });
    try {
      const engine = await this.#load();
      await engine.download((percent) => {
        this.#take({ kind: 'progress', percent });
      });
      this.#take({ kind: 'downloaded', canRestart: this.#needs.canRestart });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The person does not want to hear of this version now. */
  later(): void {
    this.#take({ kind: 'later' });
  }

  /** Installs at once what is ready. */
  async restart(): Promise<void> {
    if (this.#update.kind === 'ready' && this.#update.canRestart) (await this.#load()).restart();
  }

  #wait(isFirst: boolean): void {
    const { after, random, settings } = this.#needs;
    after(getNextCheckDelayMs(isFirst, random), () => {
      if (settings().automaticUpdates) void this.check();
      this.#wait(false);
    });
  }

  #load(): Promise<Engine> {
    this.#engine ??= this.#needs.engine();
    return this.#engine;
  }

  #fail(error: unknown): void {
    this.#needs.report(error);
    this.#take({ kind: 'failed', problem: classifyUpdateError(error) });
  }

  /** Whether the event changed anything. */
  #take(event: UpdateEvent): boolean {
    const before = this.#update;
    this.#update = reduceUpdate(before, event);
    if (this.#update === before) return false;
    this.#needs.onChange();
    return true;
  }
}
