/** Draws one scene: `?scene=calls&theme=dark&contrast=high&language=de&zoom=200&density=comfortable`. */
import { mount } from 'svelte';
import App from '../../../src/renderer/App.svelte';
import { Store } from '../../../src/renderer/state.svelte';
import { Words } from '../../../src/renderer/words.svelte';
import { chooseLanguage } from '../../../src/core/language';
import { readSettings } from '../../../src/core/settings';
import { SCENES } from './scenes';

const query = new URLSearchParams(location.search);
const scene = SCENES[query.get('scene') ?? 'calls'];
if (!scene) throw new Error(`No such scene: ${Object.keys(SCENES).join(', ')}`);

const { bridge, destination } = scene();
bridge.change({
  settings: readSettings({
    ...bridge.state.settings,
    theme: query.get('theme') ?? 'system',
    contrast: query.get('contrast') ?? 'system',
    language: query.get('language') ?? 'system',
    density: query.get('density') ?? 'compact',
    zoom: Number(query.get('zoom') ?? 100),
  }),
});

const store = await Store.connect(bridge);
const { settings, platform } = store.app;
const words = await Words.speaking(chooseLanguage(settings.language, platform.languages));
mount(App, { target: document.body, props: { bridge, store, words } });
if (destination) {
  requestAnimationFrame(() => {
    bridge.tell('window:go', destination);
  });
}
