import { render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import App from '../../src/renderer/App.svelte';
import { Store } from '../../src/renderer/state.svelte';
import { chooseLanguage, Words } from '../../src/renderer/words.svelte';
import type { FakeBridge } from './fake-bridge';

/** The window as a test drives it. */
export type OpenWindow = ReturnType<typeof render> & { readonly user: UserEvent };

/** Opens the whole window on a bridge. */
export async function openWindow(bridge: FakeBridge): Promise<OpenWindow> {
  const store = await Store.connect(bridge);
  const { settings, platform } = store.app;
  const words = await Words.speaking(chooseLanguage(settings.language, platform.locale));
  const view = render(App, { props: { bridge, store, words } });
  return { ...view, user: userEvent.setup() };
}
