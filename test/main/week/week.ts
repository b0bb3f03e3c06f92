import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { vi } from 'vitest';
import type { SilenceChoice } from '../../../src/core/silence';
import { seededRandom } from '../../../src/demo/random';
import { NEW_WATCH } from '../../../src/core/watch/watch';
import type { Ringside } from '../../../src/main/ringside';
import { done, held, listeners, mark, nativeTheme, stage, there } from './electron';
import { Person } from './person';
import { PhoneSystem, SIGN_IN } from './server';

/** What there is of everything that could grow, taken at night, when nothing goes on. */
export interface Measure {
  /** Bytes in use after a collection. */
  readonly heap: number;
  /** What must be the same on every night. */
  readonly standing: {
    readonly timers: number;
    readonly listeners: Readonly<Record<string, number>>;
    readonly requests: number;
    readonly windows: number;
    readonly notifications: number;
    readonly shortcuts: number;
    /** Objects that are gone for Electron, and that somebody holds on to all the same. */
    readonly held: Readonly<Record<string, number>>;
    readonly calls: number;
    readonly waiting: number;
    /** Names, without those that tell one account from another. */
    readonly files: readonly string[];
  };
  /** Descriptors, sockets and the like of this very process. */
  readonly handles: number;
  readonly images: number;
  readonly told: number;
  readonly open: number;
  readonly bytes: number;
  readonly isLive: boolean;
}

/** What a day brought. */
export interface Day {
  readonly calls: number;
  readonly faults: number;
  readonly looks: number;
  readonly polls: number;
  readonly notifications: number;
  readonly pops: number;
  /** Entries of the log, the age of the oldest in ms, and what the window says is wrong. */
  readonly saw: { readonly entries: number; readonly age: number; readonly notices: number };
  readonly night: Measure;
}

/** How busy the desk is. */
export interface Pace {
  /** Ms from one call to the next in the daytime, as a rule. */
  readonly gap: number;
  readonly pollSeconds: number;
}

/** Days that the log is told to keep: fewer than there are, so that it has to forget. */
export const LOG_DAYS = 2;

export const HOUR = 60 * 60 * 1_000;
const MONDAY = new Date(2026, 2, 2, 8).getTime();

/** What the clock moves. What is done in the machine's own next turn waits for no clock. */
const CLOCK = [
  ...(['Date', 'performance'] as const),
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const),
];

/** Ringside at a desk, day after day, on a clock that runs as fast as it can. */
export class Week {
  readonly #profile = mkdtempSync(join(quickFolder(), 'ringside-week-'));
  readonly #random = seededRandom(7);
  readonly #phones = new PhoneSystem(this.#random);
  readonly #pace: Pace;
  #ringside: Ringside | undefined;
  #person: Person | undefined;

  constructor(pace: Pace) {
    this.#pace = pace;
    const settings = {
      pollSeconds: pace.pollSeconds,
      sound: 'bell',
      popUpOnRinging: true,
      screenPopUrl: 'https://crm.example/find?number={number}&name={name}',
      screenPopWhen: 'answer',
      logDays: LOG_DAYS,
    };
    writeFileSync(join(this.#profile, 'settings.json'), JSON.stringify({ settings }));
    vi.useFakeTimers({ now: MONDAY, toFake: [...CLOCK] });
    vi.stubEnv('RINGSIDE_SERVER', 'https://phones.example');
    vi.stubEnv('RINGSIDE_USERNAME', SIGN_IN.userName);
    vi.stubEnv('RINGSIDE_PASSWORD', SIGN_IN.password);
    stage.profile = this.#profile;
    stage.serve = (sent) => this.#phones.serve(sent);
    stage.latency = () => this.#random.between(20, 400);
  }

  async begin(): Promise<void> {
    const { Ringside } = await import('../../../src/main/ringside');
    const { electronTray } = await import('../../../src/main/desktop/electron-tray');
    const icon = electronTray('idle.png', 'linux');
    let click = (): void => undefined;
    const onClick = (what: () => void): void => {
      click = what;
      icon.onClick(what);
    };
    const ringside = await Ringside.create(
      { demo: false, hidden: true, destination: undefined, silence: undefined },
      { ...icon, onClick },
      'x11',
    );
    const person = new Person(
      this.#random,
      () => {
        click();
      },
      (choice) => {
        ringside.companion.setSilence(choice as SilenceChoice);
      },
    );
    stage.onPage = (window) => void person.meets(window);
    stage.onTold = (window, name, event) => {
      person.hears(window, name, event);
    };
    stage.onNotification = (notification) => {
      person.sees(notification);
      markAll(ringside);
    };
    this.#person = person;
    this.#ringside = ringside;
  }

  /** A day from eight in the morning until eight on the next, with a night that is slept through. */
  async day(): Promise<Day> {
    const [ringside, person] = [this.#ringside, this.#person];
    if (!ringside || !person) throw new Error('the week has not begun');
    const before = this.#counts(person);
    const morning = Date.now();
    const evening = morning + 9 * HOUR;
    this.#phones.worksUntil(evening, this.#pace.gap);
    person.worksUntil(evening);
    this.#goesWrongUntil(evening);
    await passes(4 * HOUR);
    ringside.companion.setLocked(true);
    await passes(HOUR / 2);
    ringside.companion.setLocked(false);
    nativeTheme.emit('updated');
    await passes(evening - Date.now());
    await this.#emptied(person, ringside);
    const night = await this.#measure(ringside);
    const after = this.#counts(person);
    const { saw } = person;
    await this.#sleepsUntil(morning + 24 * HOUR, ringside);
    return {
      calls: after.calls - before.calls,
      faults: after.faults - before.faults,
      looks: after.looks - before.looks,
      polls: after.requests - before.requests,
      notifications: after.notifications - before.notifications,
      pops: after.opened - before.opened,
      saw,
      night,
    };
  }

  end(): void {
    this.#ringside?.end();
    vi.useRealTimers();
    vi.unstubAllEnvs();
    rmSync(this.#profile, { recursive: true });
  }

  #counts(person: Person) {
    const { calls, faults } = this.#phones;
    return { ...done, calls, faults, looks: person.looks };
  }

  /** Something is wrong for up to three minutes about every half hour; now and then for longer. */
  #goesWrongUntil(end: number): void {
    const random = this.#random;
    const next = (): void => {
      if (Date.now() >= end - HOUR / 2) return;
      if (random.chance(0.15)) this.#phones.revokes();
      else this.#phones.fails(random.between(2, random.chance(0.1) ? 1_500 : 180) * 1_000);
      setTimeout(next, random.between(200, 3_400) * 1_000);
    };
    setTimeout(next, HOUR / 6);
  }

  /** The last callers hang up, and the person goes home. */
  async #emptied(person: Person, { companion }: Ringside): Promise<void> {
    for (let quarters = 0; quarters < 8 && (quarters < 3 || this.#phones.isBusy); quarters += 1) {
      person.leaves();
      companion.setSilence('off');
      await passes(HOUR / 4);
    }
    person.leaves();
    await passes(2 * MINUTE);
  }

  /** The machine sleeps: the wall clock goes on, and nothing else does. */
  async #sleepsUntil(moment: number, { companion }: Ringside): Promise<void> {
    companion.setAsleep(true);
    vi.setSystemTime(moment);
    companion.setAsleep(false);
    await passes(MINUTE);
  }

  async #measure({ companion }: Ringside): Promise<Measure> {
    const timers = await fewestTimers();
    collect();
    const [watch = NEW_WATCH] = companion.watches;
    const files = filesIn(this.#profile);
    return {
      heap: process.memoryUsage().heapUsed,
      standing: {
        timers,
        listeners: listeners(),
        requests: there.requests.size,
        windows: there.windows.size,
        notifications: there.notifications.size,
        shortcuts: there.shortcuts.size,
        held: held(),
        calls: watch.calls.size,
        waiting: watch.waiting.length,
        files: Object.keys(files)
          .map((name) => name.replace(/accounts\/\w+/, 'accounts/…'))
          .sort(),
      },
      // Real timers are those of whatever runs the tests.
      handles: process.getActiveResourcesInfo().filter((name) => name !== 'Timeout').length,
      images: there.images.size,
      told: watch.told.size,
      open: watch.open.length,
      bytes: Object.values(files).reduce((sum, size) => sum + size, 0),
      isLive: companion.connection.kind === 'live',
    };
  }
}

const MINUTE = 60 * 1_000;

/** Lets everything happen that waits for nothing but the system. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Lets so many ms go by, with all that is due in them. */
async function passes(ms: number): Promise<void> {
  const stretch: { isOver: boolean } = { isOver: false };
  setTimeout(() => {
    stretch.isOver = true;
  }, ms);
  while (!stretch.isOver) {
    vi.advanceTimersToNextTimer();
    await turn();
  }
}

/**
 * Lets a minute go by, and then what it takes to come to a moment between two polls. Returns how
 * many timers there were at the least: what ends within a minute has not outlived its day. A
 * request that nobody gives up has leaked.
 */
async function fewestTimers(): Promise<number> {
  const soon = Date.now() + MINUTE;
  let fewest = Infinity;
  while (Date.now() < soon || (there.requests.size > 0 && Date.now() < soon + MINUTE)) {
    vi.advanceTimersToNextTimer();
    await allIsDone();
    if (there.requests.size === 0) fewest = Math.min(fewest, vi.getTimerCount());
  }
  return fewest;
}

/** Waits until the disk has what it was given, and nobody has anything to do in the next turn. */
async function allIsDone(): Promise<void> {
  do {
    for (let turns = 0; turns < 20; turns += 1) await turn();
  } while (process.getActiveResourcesInfo().some((name) => UNDER_WAY.test(name)));
}

const UNDER_WAY = /^FSReq|CloseReq$|^Immediate$|^ProcessWrap$/;

/** What is shown of each call now is to be held by nobody once the call is over. */
function markAll({ companion }: Ringside): void {
  for (const id of companion.order) {
    const view = companion.view(id);
    if (view) mark('views', view);
    const session = companion.session(id);
    if (session) mark('sessions', session);
  }
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}

/** In memory where there is such a folder: the disk's own pace is not what this is about. */
function quickFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

function filesIn(folder: string): Readonly<Record<string, number>> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    found.flatMap((item) => {
      const path = join(item.parentPath, item.name);
      return item.isFile() ? [[relative(folder, path), statSync(path).size]] : [];
    }),
  );
}
