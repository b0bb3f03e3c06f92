/** Drives Ringside on real desktops with real clicks. Pictures and results are in artifacts/desktops. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../src/demo/server';
import { ElectronApp, REPOSITORY } from '../e2e/support/electron-app';
import { ADA, GRACE } from '../e2e/support/test-app';
import type { Area } from '../e2e/packaged/virtual-screen';
import { DESKTOPS, type Desktop } from './desktops';
import { NotificationRecorder } from './notification-recorder';
import { DesktopSession, WALLPAPER, type AppWindow } from './session';

const SCREEN: Area = { x: 0, y: 0, width: 1280, height: 800 };
const ARTIFACTS = join(REPOSITORY, 'artifacts', 'desktops');
/** How long a card or a menu takes to be drawn. */
const DRAW_MS = 1_500;
/** How far from the panel the window may be. */
const MAX_GAP = 16;
const GRACE_RINGING = /^Grace Hopper/;

test.describe.configure({ mode: 'parallel' });

for (const desktop of DESKTOPS.filter(({ isInstalled = true }) => isInstalled)) {
  test(desktop.name, async () => {
    const run = await DesktopRun.start(desktop);
    try {
      await run.checkAll();
    } finally {
      await run.close();
    }
    expect(run.failures).toEqual([]);
  });
}

/** Ringside on one desktop. */
class DesktopRun {
  readonly #results: Record<string, string> = {};
  #app: ElectronApp | undefined;
  /** The screen without Ringside. */
  #empty = '';

  private constructor(
    private readonly desktop: Desktop,
    private readonly session: DesktopSession,
    private readonly server: DemoServer,
    private readonly notifications: NotificationRecorder,
    private readonly folder: string,
  ) {}

  static async start(desktop: Desktop): Promise<DesktopRun> {
    const folder = join(ARTIFACTS, desktop.name.replace(/[^\w]+/g, '-').toLowerCase());
    await mkdir(folder, { recursive: true });
    const session = await DesktopSession.start(desktop, folder);
    const recorder = await NotificationRecorder.start(session.busAddress);
    const server = await startDemoServer({ scenario: false });
    return new DesktopRun(desktop, session, server, recorder, folder);
  }

  get failures(): readonly string[] {
    return Object.entries(this.#results).flatMap(([name, result]) =>
      result === 'OK' || result === '–' ? [] : [`${name}: ${result}`],
    );
  }

  async checkAll(): Promise<void> {
    const { panel, notifications } = this.desktop;
    await this.#checkStartBeforeDesktop();
    await this.#check('ring: shown with caller and customer', () => this.#checkRing());
    await this.#check('answered: no longer shown', () => this.#checkAnswered());
    await this.#check('missed: stays, and opens the call in front', () => this.#checkMissed());
    await this.#check('five rings at once: one notification', () => this.#checkFive());
    await this.#checkTray('left click: window next to the tray', () => this.#checkTrayClick());
    await this.#checkTray('right click: menu', () => this.#checkMenu());
    await this.#check('notification service restarted', () => this.#restart(notifications));
    await this.#checkTray('panel restarted', async () => {
      if (panel) await this.session.endProgram(panel);
      if (panel) await this.session.startProgram(panel);
      await this.#findIcon();
    });
    await this.#check('session end: nothing stays on screen', () => this.#checkEnd());
    await this.#check('start after the desktop', () => this.#checkStart());
  }

  async close(): Promise<void> {
    await this.#app?.kill();
    this.notifications.close();
    await this.session.close();
    await this.server.close();
    const results = { desktop: this.desktop.name, results: this.#results };
    await writeFile(join(this.folder, 'results.json'), JSON.stringify(results, null, 2));
  }

  async #checkStartBeforeDesktop(): Promise<void> {
    const { panel, notifications } = this.desktop;
    if (panel) {
      // What the panel looks like without an icon.
      const blank = await this.session.screen.capture();
      await this.session.startProgram(panel);
      await this.#waitUntilDrawn(blank, panel.area);
      this.#empty = await this.#capture('00-desktop');
      await this.session.killProgram(panel);
    } else {
      this.#empty = await this.#capture('00-desktop');
    }
    await this.#check('start before the desktop', async () => {
      await this.#launch(['--hidden']);
      await expect
        .poll(() => this.server.requests.some(({ path }) => path.startsWith('/sessions/my')))
        .toBe(true);
      // On GNOME, the notification service depends on the shell, which has the panel.
      if (panel) await this.session.startProgram(panel);
      await this.session.startProgram(notifications);
      if (!panel) return;
      await this.#findIcon();
      await this.#capture('01-start');
    });
  }

  async #checkRing(): Promise<void> {
    this.server.ring(GRACE);
    await this.notifications.waitForOpen(GRACE_RINGING);
    const card = await this.#findCard();
    await this.#capture('02-ring');
    expect(card, 'a card on the screen').toBeDefined();
  }

  async #checkAnswered(): Promise<void> {
    this.#answerAll();
    await this.notifications.waitForOpen();
    await expect.poll(() => this.#findCard(), 'no card on the screen').toBeUndefined();
    await this.#capture('03-answered');
  }

  async #checkMissed(): Promise<void> {
    // Without a number there is nothing to call back, so the only button opens the call.
    this.server.miss(this.server.ring({ ...ADA, fromAddress: null }), { listedSeconds: 600 });
    await this.notifications.waitForOpen('Missed call from Ada Byron');
    await this.#settle();
    await this.#capture('04-missed');
    const card = await this.#findCard();
    if (!card) throw new Error('no card on the screen');
    const { button, at } = this.desktop.openNotification;
    const place =
      at === 'body'
        ? card
        : { x: card.x + card.width - 45, y: card.y + card.height - 25, width: 1, height: 1 };
    await this.session.screen.click(place, button);
    const window = await this.#waitForWindow();
    await this.#capture('05-missed-opened');
    expect(window.isActive, 'in front').toBe(true);
    await this.#hideWindow();
  }

  async #checkFive(): Promise<void> {
    const ids = Array.from({ length: 5 }, (_, index) =>
      this.server.ring({ fromName: `Caller ${index + 1}`, fromAddress: `+1202555010${index}` }),
    );
    await this.notifications.waitForOpen('5 calls are ringing');
    await this.#settle();
    await this.#capture('06-five-ringing');
    for (const id of ids) this.server.miss(id, { listedSeconds: 600 });
    await this.notifications.waitForOpen(/^[56] missed calls$/);
    await this.#settle();
    await this.#capture('07-five-missed');
  }

  async #checkTrayClick(): Promise<void> {
    const icon = await this.#findIcon();
    await this.#openFromTray(icon);
    const window = await this.#waitForWindow();
    await this.#settle();
    await this.#capture('08-window');
    if (this.#canPosition) this.#expectNextTo(window.area, icon);
    expect(window.isActive, 'has the focus').toBe(true);
    expect(await this.session.isInTaskbar(), 'in the taskbar').toBe(false);
    await this.#hideWindow();
    await this.#settle();
    // The pointer leaves the window elsewhere, and the window must still open at the icon.
    await this.session.screen.click(WALLPAPER, 1);
    await this.#openFromTray(icon);
    const again = await this.#waitForWindow();
    if (this.#canPosition) this.#expectNextTo(again.area, icon);
    await this.#hideWindow();
  }

  async #openFromTray(icon: Area): Promise<void> {
    await this.session.screen.click(icon, 1, this.desktop.clicksToOpen);
  }

  async #checkMenu(): Promise<void> {
    this.server.ring(GRACE);
    await this.notifications.waitForOpen(/missed calls/, GRACE_RINGING);
    const icon = await this.#findIcon();
    const before = await this.session.screen.capture();
    await this.session.screen.click(icon, 3);
    await this.#settle();
    await this.#capture('09-menu');
    const menuArea = await this.session.screen.findChange(before, SCREEN);
    expect(menuArea?.height, 'the height of the menu').toBeGreaterThan(100);
    await this.session.screen.press('Escape');
    this.#answerAll();
    await this.notifications.waitForOpen(/missed calls/);
  }

  async #restart(service: Desktop['notifications']): Promise<void> {
    this.server.ring(GRACE);
    await this.notifications.waitForOpen(/missed calls/, GRACE_RINGING);
    const before = this.notifications.count(GRACE_RINGING);
    await this.session.killProgram(service);
    this.notifications.forget();
    await this.session.startProgram(service);
    await this.notifications.waitForOpen(GRACE_RINGING);
    expect(this.notifications.count(GRACE_RINGING)).toBe(before + 1);
    await this.#settle();
    await this.#capture('10-service-restarted');
    this.#answerAll();
    await this.notifications.waitForOpen();
  }

  async #checkEnd(): Promise<void> {
    await this.#app?.quit();
    await this.notifications.waitForOpen();
    await expect.poll(() => this.#findCard(), 'no card on the screen').toBeUndefined();
    const { panel } = this.desktop;
    if (panel) {
      await expect.poll(() => this.#findPanelChange(panel.area), 'no icon').toBeUndefined();
    }
    await this.#capture('11-ended');
  }

  async #checkStart(): Promise<void> {
    await this.#launch([]);
    const { area } = await this.#waitForWindow();
    await this.#settle();
    await this.#capture('12-start');
    expect(area.x >= 0 && area.y >= 0, 'inside the screen').toBe(true);
    expect(area.x + area.width).toBeLessThanOrEqual(SCREEN.width);
    expect(area.y + area.height).toBeLessThanOrEqual(SCREEN.height);
  }

  /** sway decides where windows are, including X11 windows. */
  get #canPosition(): boolean {
    return this.desktop.kind !== 'sway';
  }

  async #launch(args: readonly string[]): Promise<void> {
    const { url, userName, password } = this.server;
    this.#app = await ElectronApp.launch({
      busAddress: this.session.busAddress,
      profile: this.session.profile,
      args: [...(this.desktop.args ?? []), ...args],
      debuggable: false,
      env: {
        ...this.session.env,
        RINGSIDE_SERVER: url,
        RINGSIDE_USERNAME: userName,
        RINGSIDE_PASSWORD: password,
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANGUAGE: 'en',
      },
    });
  }

  async #check(name: string, check: () => Promise<void>): Promise<void> {
    try {
      await test.step(name, check);
      this.#results[name] = 'OK';
    } catch (error) {
      await this.#capture(`failed-${name.replace(/[^\w]+/g, '-')}`);
      this.#results[name] =
        String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
      if (this.#app && !this.#app.isRunning) this.#results[name] += ' (Ringside is gone)';
      await writeFile(join(this.folder, 'ringside.log'), this.#app?.output ?? '');
      this.#answerAll();
    }
  }

  async #checkTray(name: string, check: () => Promise<void>): Promise<void> {
    if (this.desktop.panel) await this.#check(name, check);
    else this.#results[name] = '–';
  }

  #answerAll(): void {
    for (const { id, wasMissed } of this.server.state().sessions) {
      if (wasMissed !== true) this.server.answer(id);
    }
  }

  /** Where the icon is: what has changed on the panel since it was empty. */
  async #findIcon(): Promise<Area> {
    const { panel } = this.desktop;
    let icon: Area | undefined;
    await expect
      .poll(async () => {
        icon = panel && (await this.#findPanelChange(panel.area));
        return icon !== undefined && icon.width > 8 && icon.width < 60;
      }, 'an icon on the panel')
      .toBe(true);
    if (!icon) throw new Error('no icon on the panel');
    return icon;
  }

  /** Waits until a panel covers its area and no longer changes. */
  async #waitUntilDrawn(blank: string, { x, y, width, height }: Area): Promise<void> {
    const inner = { x, y: y + 3, width, height: height - 6 };
    const { screen } = this.session;
    let previous = blank;
    await expect
      .poll(async () => {
        const isDrawn = (await screen.findChange(blank, inner))?.width === width;
        const hasChanged = (await screen.findChange(previous, inner)) !== undefined;
        previous = await screen.capture();
        await this.#settle();
        return isDrawn && !hasChanged;
      }, 'a panel that has been drawn')
      .toBe(true);
  }

  /** Some panels draw their edges differently each time. */
  #findPanelChange({ x, y, width, height }: Area): Promise<Area | undefined> {
    const inner = { x, y: y + 3, width, height: height - 6 };
    return this.session.screen.findChange(this.#empty, inner);
  }

  /** Where cards are: what has changed outside the panel. */
  async #findCard(): Promise<Area | undefined> {
    await this.#settle();
    const { panel } = this.desktop;
    const isAtTop = panel?.area.y === 0;
    const height = SCREEN.height - (panel?.area.height ?? 0);
    const desktop = { ...SCREEN, y: isAtTop ? panel.area.height : 0, height };
    return this.session.screen.findChange(this.#empty, desktop);
  }

  async #waitForWindow(): Promise<AppWindow> {
    let window: AppWindow | undefined;
    await expect
      .poll(async () => (window = await this.session.findWindow()), 'a window')
      .toBeDefined();
    // The window manager gives it the focus a moment later.
    await this.#settle();
    window = (await this.session.findWindow()) ?? window;
    if (!window) throw new Error('there is no window');
    return window;
  }

  async #hideWindow(): Promise<void> {
    await this.session.hideWindow();
    await expect.poll(() => this.session.findWindow(), 'no window').toBeUndefined();
  }

  #expectNextTo(window: Area, icon: Area): void {
    expect(window.x).toBeGreaterThanOrEqual(0);
    expect(window.x + window.width).toBeLessThanOrEqual(SCREEN.width);
    const panel = this.desktop.panel?.area ?? SCREEN;
    const gap = panel.y === 0 ? window.y - panel.height : panel.y - window.y - window.height;
    expect(Math.abs(gap), 'the distance from the panel').toBeLessThanOrEqual(MAX_GAP);
    const isBeside = icon.x + icon.width >= window.x && icon.x <= window.x + window.width;
    expect(isBeside, 'at the icon').toBe(true);
  }

  async #capture(name: string): Promise<string> {
    return this.session.screen.capture(join(this.folder, `${name}.png`));
  }

  async #settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, DRAW_MS));
  }
}
