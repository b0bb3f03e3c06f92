import { render, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { resolveLanguage } from '../../src/core/settings/language';
import App from '../../src/renderer/App.svelte';
import { AppStateStore } from '../../src/renderer/app-state.svelte';
import { I18n } from '../../src/renderer/i18n.svelte';
import type { FakeBridge } from './fake-bridge';

/** Renders the whole window. Returns queries for its content and a simulated user. */
export async function renderApp(bridge: FakeBridge) {
  const store = await AppStateStore.connect(bridge);
  const { settings, platform } = store.state;
  const i18n = await I18n.load(resolveLanguage(settings.language, platform.languages));
  render(App, { props: { bridge, store, i18n } });
  await tick();
  return { page: within(document.body), user: userEvent.setup() };
}
