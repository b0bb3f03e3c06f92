import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import {
  IPC_REQUESTS,
  type RequestResults,
  type RequestArgument,
  type IpcEvents,
  type RequestName,
} from '../../shared/ipc';

/** Who answers each request of the window. */
export type Handlers = {
  readonly [Name in RequestName]: (
    argument: RequestArgument<Name>,
  ) => RequestResults[Name] | Promise<RequestResults[Name]>;
};

/** A request that does not come from our own page, or whose argument is not of its shape. */
export class RefusedRequest extends Error {}

/**
 * Answers the window. Who asks and what is asked are checked here and nowhere else: only the top
 * frame of our own page, only arguments of the contract's shape.
 */
export function answerWindow(
  handlers: Handlers,
  window: () => WebContents | undefined,
  isOurs: (url: string) => boolean,
): void {
  for (const name of Object.keys(IPC_REQUESTS) as RequestName[]) {
    ipcMain.handle(name, (event, argument: unknown) => {
      if (!isTopFrameOf(event, window()) || !isOurs(event.senderFrame?.url ?? '')) {
        throw new RefusedRequest(`${name}: not from the window`);
      }
      return answer(name, argument, handlers);
    });
  }
}

function answer<Name extends RequestName>(name: Name, argument: unknown, handlers: Handlers) {
  const read = v.safeParse(IPC_REQUESTS[name], argument);
  if (!read.success) throw new RefusedRequest(`${name}: ${read.issues[0].message}`);
  return handlers[name](read.output);
}

function isTopFrameOf(event: IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  return contents !== undefined && event.senderFrame === contents.mainFrame;
}

/** Tells the window something unasked. */
export function tellWindow<Name extends keyof IpcEvents>(
  window: WebContents | undefined,
  name: Name,
  event: IpcEvents[Name],
): void {
  if (window && !window.isDestroyed()) window.send(name, event);
}
