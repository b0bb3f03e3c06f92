import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// A machine with much to do takes its time to load a view for the first time.
configure({ asyncUtilTimeout: 4_000 });

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

/** The window has the keyboard, unless a test says otherwise; jsdom waits for a field to have it. */
document.hasFocus = () => true;

/** A dialog that is open or not; jsdom knows the element but not how to show it. */
HTMLDialogElement.prototype.showModal = function showModal(): void {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(): void {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

const ROW = 60;
const LIST = 600;

/** Lists are ten rows high: what draws only what is in sight needs a size to go by. */
class SteadySize implements ResizeObserver {
  readonly #tell: ResizeObserverCallback;
  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element): void {
    const height = target.role === 'list' ? LIST : ROW;
    const contentRect = { width: 384, height } as DOMRectReadOnly;
    const entry = { target, contentRect, borderBoxSize: [], contentBoxSize: [] };
    queueMicrotask(() => {
      this.#tell([entry as unknown as ResizeObserverEntry], this);
    });
  }
  unobserve(): void {
    // There is nothing to stop.
  }
  disconnect(): void {
    // There is nothing to stop.
  }
}
window.ResizeObserver = SteadySize;
Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
  get(this: HTMLElement) {
    return this.parentElement;
  },
});

afterEach(() => {
  cleanup();
});
