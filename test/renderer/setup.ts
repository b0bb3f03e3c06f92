import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

/** What jsdom lacks of a browser, as far as the window needs it to be there. */
Element.prototype.animate = function animate(): Animation {
  const animation = new EventTarget() as Animation;
  animation.cancel = () => undefined;
  animation.finish = () => undefined;
  queueMicrotask(() => {
    animation.onfinish?.(new Event('finish') as AnimationPlaybackEvent);
  });
  return animation;
};
Element.prototype.getAnimations = () => [];

window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: media.includes('reduced-motion'),
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

afterEach(() => {
  cleanup();
});
