import type {
  RequestResults,
  RequestArgument,
  Bridge,
  IpcEvents,
  RequestName,
} from '../../src/shared/ipc';
import { createPatch } from '../../src/shared/patch';
import type { AppState } from '../../src/shared/state';
import { createAppState, createDaySummary } from './builders';

type Handler<Name extends RequestName> = (
  argument: RequestArgument<Name>,
) => RequestResults[Name] | Promise<RequestResults[Name]>;
type Handlers = { [Name in RequestName]: Handler<Name> };

/** A main process with fixed responses that records the requests. */
export class FakeBridge implements Bridge {
  readonly requests: { readonly name: RequestName; readonly argument: unknown }[] = [];
  readonly #listeners = new Map<keyof IpcEvents, Set<(event: never) => void>>();
  readonly #handlers: Handlers;
  #state: AppState;

  constructor(state: AppState = createAppState(), handlers: Partial<Handlers> = {}) {
    this.#state = state;
    this.#handlers = { ...this.#defaultHandlers(), ...handlers };
  }

  get state(): AppState {
    return this.#state;
  }

  async request<Name extends RequestName>(
    name: Name,
    ...rest: RequestArgument<Name> extends undefined ? [] : [RequestArgument<Name>]
  ): Promise<RequestResults[Name]> {
    const argument = rest[0] as RequestArgument<Name>;
    this.requests.push({ name, argument });
    return this.#handlers[name](argument);
  }

  on<Name extends keyof IpcEvents>(
    name: Name,
    listener: (event: IpcEvents[Name]) => void,
  ): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Sends an event to the window. */
  emit<Name extends keyof IpcEvents>(name: Name, event: IpcEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
  }

  /** Changes parts of the state and sends the patch. */
  change(parts: Partial<AppState>): void {
    const after = { ...this.#state, ...parts };
    const patch = createPatch(this.#state, after);
    this.#state = after;
    if (patch) this.emit('state:patch', patch);
  }

  /** Returns the arguments of the requests with a name. */
  requestsFor(name: RequestName): readonly unknown[] {
    return this.requests.filter((request) => request.name === name).map(({ argument }) => argument);
  }

  #defaultHandlers(): Handlers {
    return {
      'state:subscribe': () => this.#state,
      'session:details': () => null,
      'account:sign-in': () => ({ ok: true }),
      'account:cancel-sign-in': () => null,
      'account:pause': () => null,
      'account:resume': () => null,
      'account:remove': () => null,
      'poll:now': () => null,
      'settings:update': (change) => {
        this.change({ settings: { ...this.#state.settings, ...change } });
        return { ok: true };
      },
      'do-not-disturb:set': () => null,
      'introduction:dismiss': () => {
        this.change({ showsIntroduction: false });
        return null;
      },
      'alert:test': () => null,
      'log:query': () => ({ entries: [], total: 0 }),
      'log:mark-seen': () => null,
      'log:load-earlier': () => 'none',
      'log:mark-callbacks': () => null,
      'voicemail:list': () => [],
      'voicemail:set-heard': () => null,
      'log:export': () => null,
      'log:clear': () => null,
      'notes:put': () => null,
      'chat:messages': () => ({ kind: 'messages', messages: [], earlierCount: 0 }),
      'chat:open-link': () => ({ ok: true }),
      'contacts:query': () => ({ contacts: [], total: 0 }),
      'contact:call-back': () => ({ ok: true }),
      'voicemail:call-back': () => ({ ok: true }),
      'notes:query': () => ({ numbers: [], customers: [], total: 0 }),
      'notes:export': () => null,
      'notes:import': () => null,
      'notes:clear': () => null,
      'log:get-day': () => createDaySummary(),
      'session:call-back': () => ({ ok: true }),
      'session:screen-pop': () => ({ ok: true }),
      'screen-pop:try': () => ({ ok: true }),
      'session:open-in-browser': () => ({ ok: true }),
      'clipboard:copy': () => null,
      'diagnostics:copy': () => null,
      'update:check': () => null,
      'update:download': () => null,
      'update:postpone': () => null,
      'update:restart': () => null,
      'update:open-release-page': () => ({ ok: true }),
      'window:ready': () => null,
      'window:pin': () => null,
      'window:hide': () => null,
      'window:keep-open': () => null,
      'app:quit': () => null,
    };
  }
}
