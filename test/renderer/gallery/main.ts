/**
 * Renders one story, `?story=calls&theme=dark&contrast=high&language=de&zoom=200&density=comfortable&page=https://crm.example`,
 * or lists all of them.
 */
import { mount } from 'svelte';
import App from '../../../src/renderer/App.svelte';
import { AppStateStore } from '../../../src/renderer/app-state.svelte';
import { I18n } from '../../../src/renderer/i18n.svelte';
import { resolveLanguage } from '../../../src/core/settings/language';
import { parseSettings } from '../../../src/core/settings/settings';
import { STORIES, type Story } from './stories';

const query = new URLSearchParams(location.search);
const story = STORIES[query.get('story') ?? ''];
if (story) await renderStory(story());
else listStories();

async function renderStory({ bridge, destination }: Story): Promise<void> {
  bridge.change({
    settings: parseSettings({
      ...bridge.state.settings,
      theme: query.get('theme') ?? 'system',
      contrast: query.get('contrast') ?? 'system',
      language: query.get('language') ?? 'system',
      density: query.get('density') ?? 'compact',
      zoom: Number(query.get('zoom') ?? 100),
      screenPopUrl: query.get('page') ?? '',
    }),
  });
  const store = await AppStateStore.connect(bridge);
  const { settings, platform } = store.state;
  const i18n = await I18n.load(resolveLanguage(settings.language, platform.languages));
  mount(App, { target: document.body, props: { bridge, store, i18n } });
  if (destination) {
    requestAnimationFrame(() => {
      bridge.emit('window:navigate', destination);
    });
  }
}

function listStories(): void {
  for (const name of Object.keys(STORIES)) {
    const link = document.createElement('a');
    link.href = `?story=${name}`;
    link.textContent = name;
    const paragraph = document.createElement('p');
    paragraph.append(link);
    document.body.append(paragraph);
  }
}
