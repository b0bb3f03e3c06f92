import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How long the X server may take to answer. */
const TIMEOUT_MS = 2_000;
const AUTH_NAME = 'MIT-MAGIC-COOKIE-1';
/** Requests, events, and masks by their numbers in the X protocol. */
const CHANGE_WINDOW_ATTRIBUTES = 2;
const INTERN_ATOM = 16;
const GET_SELECTION_OWNER = 23;
const SEND_EVENT = 25;
const QUERY_POINTER = 38;
const CLIENT_MESSAGE = 33;
const EVENT_MASK = 1 << 11;
const STRUCTURE_NOTIFY = 1 << 17;
const SUBSTRUCTURE_NOTIFY_AND_REDIRECT = (1 << 19) | (1 << 20);
const EVENT_LENGTH = 32;
/** Values of window manager hints. */
const REMOVE_STATE = 0;
const FROM_APPLICATION = 1;

interface X11ClientEvents {
  /** A program has taken over a task of the screen, such as the tray, named by its selection. */
  managerStarted: [selection: string | undefined];
}

/**
 * A small X11 client for what Electron doesn't offer on Linux: whether there is a tray that supports
 * XEmbed, where the pointer really is, and taking back a request for attention.
 */
export class X11Client extends EventEmitter<X11ClientEvents> {
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #root = 0;
  #nextId = 0;
  #sequence = 0;
  readonly #atomNames = new Map<number, string>();
  readonly #waiting = new Map<number, (reply: Buffer | undefined) => void>();

  /** Connects to the X server of a display. Without one, every request goes unanswered. */
  async connect(env: NodeJS.ProcessEnv = process.env): Promise<void> {
    const address = parseDisplay(env['DISPLAY'] ?? '');
    if (!address) return;
    const cookie = await readCookie(env, address.number);
    await new Promise<void>((resolve) => {
      const socket = connect(address.options);
      const timer = setTimeout(() => {
        this.dispose();
        resolve();
      }, TIMEOUT_MS);
      const finish = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#socket = socket;
      socket.on('connect', () => socket.write(createSetup(cookie)));
      socket.on('data', (chunk) => {
        this.#received = Buffer.concat([this.#received, chunk]);
        if (this.#root === 0) this.#readSetup(finish);
        if (this.#root !== 0) this.#readMessages();
      });
      socket.on('error', () => {
        this.dispose();
      });
      socket.on('close', () => {
        this.dispose();
        finish();
      });
    });
  }

  dispose(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#root = 0;
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
    this.removeAllListeners();
  }

  /** Whether a program owns a selection, such as that of the tray. */
  async hasSelectionOwner(name: string): Promise<boolean> {
    const atom = await this.internAtom(name);
    if (atom === undefined) return false;
    const reply = await this.ask(GET_SELECTION_OWNER, 0, encodeUint32(atom));
    return reply !== undefined && reply.readUInt32LE(8) !== 0;
  }

  /** Where the pointer is, in pixels; `undefined` if the X server doesn't know. */
  async getPointer(): Promise<{ readonly x: number; readonly y: number } | undefined> {
    const reply = await this.ask(QUERY_POINTER, 0, encodeUint32(this.#root));
    return reply && { x: reply.readInt16LE(16), y: reply.readInt16LE(18) };
  }

  /** Asks the window manager to show that a window no longer demands attention. */
  async clearAttention(window: number): Promise<void> {
    const [state, demandsAttention] = await Promise.all([
      this.internAtom('_NET_WM_STATE'),
      this.internAtom('_NET_WM_STATE_DEMANDS_ATTENTION'),
    ]);
    if (state === undefined || demandsAttention === undefined) return;
    const data = encodeUint32(REMOVE_STATE, demandsAttention, 0, FROM_APPLICATION, 0);
    this.sendToRoot(window, state, data, SUBSTRUCTURE_NOTIFY_AND_REDIRECT);
  }

  protected get root(): number {
    return this.#root;
  }

  /** A new id for a window of this client. */
  protected createId(): number {
    return this.#nextId++;
  }

  /** Chooses the events of the root window that this client receives. */
  protected listenToRoot(mask: number): void {
    this.send(CHANGE_WINDOW_ATTRIBUTES, 0, encodeUint32(this.#root, EVENT_MASK, mask));
  }

  protected async internAtom(name: string): Promise<number | undefined> {
    const length = Buffer.alloc(4);
    length.writeUInt16LE(name.length);
    const reply = await this.ask(INTERN_ATOM, 0, Buffer.concat([length, pad(name)]));
    const atom = reply?.readUInt32LE(8);
    if (atom !== undefined) this.#atomNames.set(atom, name);
    return atom;
  }

  /** Sends a message about a window to the programs that listen to the root window. */
  protected sendToRoot(window: number, type: number, data: Buffer, mask: number): void {
    const header = Buffer.from([CLIENT_MESSAGE, 32, 0, 0]);
    const event = Buffer.concat([header, encodeUint32(window, type), data]);
    this.send(SEND_EVENT, 0, Buffer.concat([encodeUint32(this.#root, mask), event]));
  }

  /** Sends a request that has no reply. */
  protected send(opcode: number, detail: number, body: Buffer): void {
    if (!this.#socket || this.#root === 0) return;
    const header = Buffer.from([opcode, detail, 0, 0]);
    header.writeUInt16LE(1 + body.length / 4, 2);
    // Replies and errors carry the lower half of the number of their request.
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#socket.write(Buffer.concat([header, body]));
  }

  /** Sends a request and returns its reply, or `undefined` for an error. */
  protected async ask(opcode: number, detail: number, body: Buffer): Promise<Buffer | undefined> {
    this.send(opcode, detail, body);
    if (!this.#socket) return undefined;
    const sequence = this.#sequence;
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(sequence);
        resolve(undefined);
      }, TIMEOUT_MS);
      this.#waiting.set(sequence, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
    });
  }

  #readSetup(finish: () => void): void {
    if (this.#received.length < 8) return;
    const length = 8 + 4 * this.#received.readUInt16LE(6);
    if (this.#received.length < length) return;
    const isAccepted = this.#received[0] === 1;
    if (isAccepted) {
      this.#nextId = this.#received.readUInt32LE(12);
      const vendorLength = this.#received.readUInt16LE(24);
      const formatCount = this.#received.readUInt8(29);
      // The description of the first screen begins with its root window.
      this.#root = this.#received.readUInt32LE(40 + roundUp(vendorLength) + 8 * formatCount);
      this.#received = this.#received.subarray(length);
      this.listenToRoot(STRUCTURE_NOTIFY);
    } else {
      this.dispose();
    }
    finish();
  }

  #readMessages(): void {
    while (this.#received.length >= EVENT_LENGTH) {
      const kind = this.#received.readUInt8(0) & 0x7f;
      const length = EVENT_LENGTH + (kind === 1 ? 4 * this.#received.readUInt32LE(4) : 0);
      if (this.#received.length < length) return;
      const message = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      // 0 is an error, 1 a reply, and everything else an event.
      if (kind > 1) {
        if (kind !== CLIENT_MESSAGE) continue;
        this.emit('managerStarted', this.#atomNames.get(message.readUInt32LE(16)));
        continue;
      }
      const sequence = message.readUInt16LE(2);
      this.#waiting.get(sequence)?.(kind === 1 ? message : undefined);
      this.#waiting.delete(sequence);
    }
  }
}

/** Encodes numbers in the byte order that this client announces. */
export function encodeUint32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value >>> 0, 4 * index);
  return buffer;
}

function parseDisplay(
  display: string,
): { readonly number: string; readonly options: NetConnectOpts } | undefined {
  const [, host = '', number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(display) ?? [];
  if (number === undefined) return undefined;
  const isLocal = host === '' || host === 'unix';
  return {
    number,
    options: isLocal ? { path: `/tmp/.X11-unix/X${number}` } : { host, port: 6_000 + +number },
  };
}

/** Reads the password of the display from the user's authority file, if it needs one. */
async function readCookie(env: NodeJS.ProcessEnv, displayNumber: string): Promise<Buffer> {
  const file = env['XAUTHORITY'] || join(env['HOME'] || homedir(), '.Xauthority');
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  let offset = 0;
  const readField = (): Buffer => {
    const length = offset + 2 <= bytes.length ? bytes.readUInt16BE(offset) : 0;
    const field = bytes.subarray(offset + 2, offset + 2 + length);
    offset += 2 + length;
    return field;
  };
  while (offset + 2 < bytes.length) {
    // The family of the address and the address, which only matter on other computers.
    offset += 2;
    readField();
    const number = readField().toString();
    const name = readField().toString();
    const cookie = readField();
    if (name === AUTH_NAME && (number === '' || number === displayNumber)) return cookie;
  }
  return Buffer.alloc(0);
}

/** The request that opens a connection: little endian, version 11. */
function createSetup(cookie: Buffer): Buffer {
  const name = cookie.length === 0 ? '' : AUTH_NAME;
  const header = Buffer.alloc(12);
  header.write('l');
  header.writeUInt16LE(11, 2);
  header.writeUInt16LE(name.length, 6);
  header.writeUInt16LE(cookie.length, 8);
  return Buffer.concat([header, pad(name), pad(cookie)]);
}

function pad(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc(roundUp(bytes.length) - bytes.length)]);
}

function roundUp(length: number): number {
  return Math.ceil(length / 4) * 4;
}
