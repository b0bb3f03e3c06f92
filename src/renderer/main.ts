// Imported before the components, which build on these styles.
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { resolveLanguage } from '../core/settings/language';
import App from './App.svelte';
import { AppStateStore } from './app-state.svelte';
import { I18n } from './i18n.svelte';

const bridge = window.ringside;
// Most users keep the system language, so it loads while the state is being fetched.
const [store, i18n] = await Promise.all([
  AppStateStore.connect(bridge),
  I18n.load(resolveLanguage('system', navigator.languages)),
]);
const { settings, platform } = store.state;
i18n.setSystem(platform);
await i18n.setLanguage(resolveLanguage(settings.language, platform.languages));

mount(App, { target: document.body, props: { bridge, store, i18n } });
