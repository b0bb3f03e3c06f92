/** Draws one scene: `?scene=calls&theme=dark&contrast=high&language=de&zoom=200&density=comfortable`. */
import { mount } from 'svelte';
import App from '../../../src/renderer/App.svelte';
import { AppStateStore } from '../../../src/renderer/app-state.svelte';
import { I18n } from '../../../src/renderer/i18n.svelte';
import { chooseLanguage } from '../../../src/core/language';
import { readSettings } from '../../../src/core/settings';
import { STORIES } from './stories';

const query = new URLSearchParams(location.search);
const scene = STORIES[query.get('story') ?? 'calls'];
if (!scene) throw new Error(`No such scene: ${Object.keys(STORIES).join(', ')}`);

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

const store = await AppStateStore.connect(bridge);
const { settings, platform } = store.state;
const i18n = await I18n.load(chooseLanguage(settings.language, platform.languages));
mount(App, { target: document.body, props: { bridge, store, i18n } });
if (destination) {
  requestAnimationFrame(() => {
    bridge.emit('window:go', destination);
  });
}
