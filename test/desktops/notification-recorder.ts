import { MessageType, type Message } from 'dbus-next';
import { connect, type DBusConnection } from '../e2e/desktop/dbus';
import { ChangeEmitter } from '../e2e/desktop/change-emitter';
import { toNumber, toText } from '../e2e/desktop/dbus-values';

const NAME = 'org.freedesktop.Notifications';
/** Desktops are slow on a busy machine. */
const TIMEOUT_MS = 30_000;

interface SentNotification {
  readonly sender: string;
  readonly serial: number;
  readonly title: string;
  readonly body: string;
  id?: number;
  isClosed: boolean;
}

/** Watches the session bus for what the app asks of the notification service. */
export class NotificationRecorder extends ChangeEmitter {
  readonly #sent: SentNotification[] = [];

  private constructor(private readonly connection: DBusConnection) {
    super();
  }

  static async start(busAddress: string): Promise<NotificationRecorder> {
    const connection = await connect(busAddress);
    const recorder = new NotificationRecorder(connection);
    // The bus disconnects a monitor that answers a call.
    connection.bus.addMethodHandler(() => true);
    connection.bus.on('message', (message: Message) => {
      recorder.#record(message);
    });
    await connection.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus.Monitoring',
      member: 'BecomeMonitor',
      signature: 'asu',
      body: [[], 0],
    });
    return recorder;
  }

  /** The titles of the notifications on the screen. */
  get open(): readonly string[] {
    return this.#sent.filter(({ id, isClosed }) => id !== undefined && !isClosed).map(toTitle);
  }

  /** How often a notification with such a title was shown. */
  count(title: RegExp): number {
    return this.#sent.filter((sent) => title.test(sent.title) && sent.id !== undefined).length;
  }

  /** Waits until exactly these notifications are on the screen. */
  async waitForOpen(...titles: readonly (string | RegExp)[]): Promise<void> {
    await this.waitUntil(
      () => {
        const { open } = this;
        const isMatch = titles.every((title, index) =>
          typeof title === 'string' ? open[index] === title : title.test(open[index] ?? ''),
        );
        return open.length === titles.length && isMatch ? true : undefined;
      },
      () => `expected ${titles.join(', ') || 'nothing'} on the screen, not ${this.open.join(', ')}`,
      TIMEOUT_MS,
    );
  }

  /** The notification service is gone, and everything on the screen with it. */
  forget(): void {
    for (const sent of this.#sent) sent.isClosed = true;
  }

  close(): void {
    this.connection.close();
  }

  #record(message: Message): void {
    const { type, sender, serial, destination, member } = message;
    // The library's types have it as a text.
    const replySerial = Number(message.replySerial);
    const [first, , , title, body] = message.body as readonly unknown[];
    // GNOME's service forwards the calls to the shell.
    const isFromApp = destination === NAME && message.interface === NAME;
    if (type === MessageType.METHOD_CALL && isFromApp && member === 'Notify') {
      const text = { title: toText(title), body: toText(body) };
      this.#sent.push({ sender, serial: serial ?? 0, ...text, isClosed: false });
    } else if (type === MessageType.METHOD_RETURN) {
      const sent = this.#sent.find(
        (one) => one.sender === destination && one.serial === replySerial,
      );
      if (sent) sent.id = toNumber(first);
    } else if (member === 'CloseNotification' || member === 'NotificationClosed') {
      for (const sent of this.#sent) if (sent.id === toNumber(first)) sent.isClosed = true;
    }
    this.emitChange();
  }
}

function toTitle({ title }: SentNotification): string {
  return title;
}
