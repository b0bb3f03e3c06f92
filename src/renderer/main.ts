import { mount } from 'svelte';
import { chooseLanguage } from '../core/language';
import App from './App.svelte';
import { Store } from './state.svelte';
import { Words } from './words.svelte';

const bridge = window.ringside;
const store = await Store.connect(bridge);
const { settings, platform } = store.app;
const words = await Words.speaking(chooseLanguage(settings.language, platform.languages));

mount(App, { target: document.body, props: { bridge, store, words } });
