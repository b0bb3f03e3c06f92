import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import {
  REQUESTS,
  type Answers,
  type Argument,
  type Events,
  type RequestName,
} from '../../shared/contract';

/** Who answers each request of the window. */
export type Handlers = {
  readonly [Name in RequestName]: (
    argument: Argument<Name>,
  ) => Answers[Name] | Promise<Answers[Name]>;
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
  for (const name of Object.keys(REQUESTS) as RequestName[]) {
    ipcMain.handle(name, (event, argument: unknown) => {
      if (!isTopFrameOf(event, window()) || !isOurs(event.senderFrame?.url ?? '')) {
        throw new RefusedRequest(`${name}: not from the window`);
      }
      return answer(name, argument, handlers);
    });
  }
}

function answer<Name extends RequestName>(name: Name, argument: unknown, handlers: Handlers) {
  const read = v.safeParse(REQUESTS[name], argument);
  if (!read.success) throw new RefusedRequest(`${name}: ${read.issues[0].message}`);
  return handlers[name](read.output);
}

function isTopFrameOf(event: IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  return contents !== undefined && event.senderFrame === contents.mainFrame;
}

/** Tells the window something unasked. */
export function tellWindow<Name extends keyof Events>(
  window: WebContents | undefined,
  name: Name,
  event: Events[Name],
): void {
  if (window && !window.isDestroyed()) window.send(name, event);
}
