// Before the components, whose styles build on these; all of them are one file then.
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import { chooseLanguage } from '../core/language';
import App from './App.svelte';
import { Store } from './state.svelte';
import { Words } from './words.svelte';

const bridge = window.ringside;
// Most people leave the language to their system: it is loaded while main is being asked.
const [store, words] = await Promise.all([
  Store.connect(bridge),
  Words.speaking(chooseLanguage('system', navigator.languages)),
]);
const { settings, platform } = store.app;
await words.speak(chooseLanguage(settings.language, platform.languages));

mount(App, { target: document.body, props: { bridge, store, words } });
