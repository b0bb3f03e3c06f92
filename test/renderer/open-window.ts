import { render, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { chooseLanguage } from '../../src/core/language';
import App from '../../src/renderer/App.svelte';
import { Store } from '../../src/renderer/state.svelte';
import { Words } from '../../src/renderer/words.svelte';
import type { FakeBridge } from './fake-bridge';

/** Opens the whole window on a bridge: what is in it, and hands to use it. */
export async function openWindow(bridge: FakeBridge) {
  const store = await Store.connect(bridge);
  const { settings, platform } = store.app;
  const words = await Words.speaking(chooseLanguage(settings.language, platform.languages));
  render(App, { props: { bridge, store, words } });
  return { page: within(document.body), user: userEvent.setup() };
}
