import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { runnerImport } from 'vite';
import { projectFolder } from '../setup/places.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { startVirtualDisplay } from '../setup/virtual-display.mjs';
import { noSandbox, startBackdrop } from './backdrop.mjs';
import { takePictures } from './pictures.mjs';
import { readTrayIcon } from './tray-icon.mjs';

/**
 * @typedef {typeof import('../../test/e2e/desktop/bus')} Bus
 * @typedef {typeof import('../../test/e2e/desktop/record')} Recording
 */

/** How long the scenario plays, in milliseconds. */
const length = 30_000;

const pictures = join(projectFolder, 'artifacts', 'demo');

/**
 * Plays the demo on a desktop of its own that nobody sees: tells every notification and tray change
 * on standard output, and leaves pictures.
 *
 * @param {string} electron the executable
 * @param {readonly string[]} args for the app
 */
export async function playHeadless(electron, args) {
  say('No display: playing half a minute on a virtual one, with a session bus of its own.');
  const folder = await mkdtemp(join(tmpdir(), 'ringside-demo-'));
  /** @type {(() => unknown)[]} */
  const undo = [() => rm(folder, { recursive: true, force: true })];
  const stop = interruption();
  try {
    const screen = await startVirtualDisplay({ folder });
    undo.push(() => screen.close());
    const { startPrivateBus, connect } = /** @type {Bus} */ (await desktop('bus'));
    const bus = await startPrivateBus();
    undo.push(() => bus.close());
    const env = {
      ...ownEnvironment(),
      DISPLAY: screen.display,
      DBUS_SESSION_BUS_ADDRESS: bus.address,
    };
    const backdrop = await startBackdrop(electron, { folder, env });
    undo.push(() => backdrop.close());
    const connection = await connect(bus.address);
    undo.push(() => connection.close());
    const { startRecorder, describeEvent } = /** @type {Recording} */ (await desktop('record'));
    const start = Date.now();
    const tell = (/** @type {string} */ line) => {
      process.stdout.write(`${clock(Date.now() - start)}  ${line}\n`);
    };
    const recorder = await startRecorder({
      busAddress: bus.address,
      onEvent: (event) => tell(describeEvent(readable(event))),
    });
    undo.push(() => recorder.close());
    const { daemon, tray } = recorder;
    const redraw = async () => {
      backdrop.show({
        tooltip: tray.picture?.tooltip ?? '',
        icon: await readTrayIcon(connection),
        notifications: daemon.open.map(({ title, body }) => ({ title, body })),
      });
    };
    // An icon that leaves while it is asked for its picture is no error.
    const follow = () => void redraw().catch(() => undefined);
    undo.push(daemon.onChange(follow), tray.onChange(follow));

    const app = await launch({
      executablePath: electron,
      args: [projectFolder, `--user-data-dir=${join(folder, 'profile')}`, noSandbox, ...args],
      env,
    });
    undo.push(() => app.close());
    const play = async () => {
      await takePictures({ app, recorder, screen: join(folder, 'Xvfb_screen0'), pictures });
      await delay(Math.max(0, start + length - Date.now()));
    };
    await Promise.race([play(), endOf(app), stop]);
    tell('quit');
  } finally {
    for (const step of undo.reverse()) await step();
  }
  say(`The pictures are in ${relative(process.cwd(), pictures)}.`);
}

/**
 * Loads a module of the recording desktop, which is TypeScript.
 *
 * @param {string} name
 * @returns {Promise<unknown>}
 */
async function desktop(name) {
  const file = join(projectFolder, 'test', 'e2e', 'desktop', `${name}.ts`);
  return (await runnerImport(file, { configFile: false, logLevel: 'error' })).module;
}

/** @returns {{ [name: string]: string }} */
function ownEnvironment() {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    // Somebody else's screen is not for us.
    value === undefined || name === 'WAYLAND_DISPLAY' ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Fails as soon as somebody wants us to stop, so that what was started is ended first. */
function interruption() {
  /** @type {Promise<never>} */
  const interrupted = new Promise((_, fail) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => fail(new SetupError('Stopped.')));
    }
  });
  // It may come before anybody waits for it.
  interrupted.catch(() => undefined);
  return interrupted;
}

/**
 * Starts the app, without Playwright's answer to Ctrl-C: that would end us at once, and leave behind
 * what else was started.
 *
 * @param {NonNullable<Parameters<typeof _electron.launch>[0]>} options
 */
async function launch(options) {
  const before = process.listeners('SIGINT');
  const app = await _electron.launch(options);
  for (const listener of process.listeners('SIGINT')) {
    if (!before.includes(listener)) process.off('SIGINT', listener);
  }
  return app;
}

/**
 * Fails when the app ends by itself, with what it said last.
 *
 * @param {import('@playwright/test').ElectronApplication} app
 * @returns {Promise<never>}
 */
function endOf(app) {
  let output = '';
  const child = app.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output = (output + String(chunk)).slice(-4_000);
    });
  }
  return new Promise((_, fail) => {
    child.once('exit', (code) => fail(new SetupError(`${output}\nThe app ended with ${code}.`)));
  });
}

/**
 * On the bus the body is markup; people read text.
 *
 * @param {import('../../test/e2e/desktop/record').DesktopEvent} event
 */
function readable(event) {
  if (event.kind !== 'notification') return event;
  const body = event.body
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  return { ...event, body };
}

/** @param {number} ms */
function clock(ms) {
  return `${(ms / 1000).toFixed(1).padStart(5)} s`;
}
