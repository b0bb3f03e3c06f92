import { mount } from 'svelte';
import App from './App.svelte';
import { Store } from './state.svelte';
import { Words, chooseLanguage } from './words.svelte';

const bridge = window.ringside;
const store = await Store.connect(bridge);
const { settings, platform } = store.app;
const words = await Words.speaking(chooseLanguage(settings.language, platform.locale));

mount(App, { target: document.body, props: { bridge, store, words } });
