import { createContext } from 'svelte';
import type { Bridge } from '../shared/ipc';
import type { Announcer } from './announcer.svelte';
import type { AppStateStore } from './app-state.svelte';
import type { Commands } from './commands';
import type { I18n } from './i18n.svelte';
import type { WindowLayout } from './layout/window-layout.svelte';
import type { Router } from './router.svelte';
import type { Ticker } from './ticker.svelte';
import type { Toasts } from './toasts.svelte';

/** The services that every component can use. */
export interface AppContext {
  readonly bridge: Bridge;
  readonly store: AppStateStore;
  readonly router: Router;
  readonly layout: WindowLayout;
  readonly i18n: I18n;
  readonly ticker: Ticker;
  readonly toasts: Toasts;
  readonly announcer: Announcer;
  readonly commands: Commands;
}

export const [useAppContext, provideAppContext] = createContext<AppContext>();
