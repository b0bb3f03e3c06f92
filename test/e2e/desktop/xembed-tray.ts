import { encodeUint32, X11Client } from '../../../src/main/platform/x11';

const CREATE_WINDOW = 1;
const SET_SELECTION_OWNER = 22;
const STRUCTURE_NOTIFY = 1 << 17;
const INPUT_ONLY = 2;

/** A tray that supports only XEmbed, as tint2 and i3bar do. It shows nothing. */
export class XembedTray extends X11Client {
  /** Takes over the tray of a display and announces it. */
  static async start(display: string): Promise<XembedTray> {
    const tray = new XembedTray();
    await tray.connect({ ...process.env, DISPLAY: display });
    await tray.#takeOver();
    return tray;
  }

  async #takeOver(): Promise<void> {
    const [selection = 0, manager = 0] = await Promise.all([
      this.internAtom('_NET_SYSTEM_TRAY_S0'),
      this.internAtom('MANAGER'),
    ]);
    const window = this.createId();
    const geometry = encodeUint32(0, (1 << 16) | 1, INPUT_ONLY << 16);
    this.send(
      CREATE_WINDOW,
      0,
      Buffer.concat([encodeUint32(window, this.root), geometry, encodeUint32(0, 0)]),
    );
    this.send(SET_SELECTION_OWNER, 0, encodeUint32(window, selection, 0));
    this.sendToRoot(this.root, manager, encodeUint32(0, selection, window, 0, 0), STRUCTURE_NOTIFY);
    if (!(await this.hasSelectionOwner('_NET_SYSTEM_TRAY_S0'))) {
      throw new Error('the tray could not take over the selection');
    }
  }
}
