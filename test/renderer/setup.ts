import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// Lazy views load slowly on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

/** Browser features that jsdom lacks. */
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
Element.prototype.scrollIntoView = () => undefined;

window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: media.includes('reduced-motion'),
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

/** In jsdom, a document without a focused field has no focus. */
document.hasFocus = () => true;

/** jsdom doesn't implement modal dialogs. */
HTMLDialogElement.prototype.showModal = function showModal(): void {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(): void {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

/** As wide as the window usually is. */
window.innerWidth = 384;

const ROW_HEIGHT = 60;
const LIST_HEIGHT = 600;

/** Makes lists ten rows high: virtual lists need a size. */
class FixedResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element): void {
    const height = target.role === 'list' ? LIST_HEIGHT : ROW_HEIGHT;
    const contentRect = { width: 384, height } as DOMRectReadOnly;
    const entry = { target, contentRect, borderBoxSize: [], contentBoxSize: [] };
    queueMicrotask(() => {
      this.#callback([entry as unknown as ResizeObserverEntry], this);
    });
  }
  unobserve(): void {
    // Nothing is observed.
  }
  disconnect(): void {
    // Nothing is observed.
  }
}
window.ResizeObserver = FixedResizeObserver;
Object.defineProperty(HTMLElement.prototype, 'offsetParent', {
  get(this: HTMLElement) {
    return this.parentElement;
  },
});

/** Every element is on the screen. */
class VisibleIntersectionObserver implements Partial<IntersectionObserver> {
  readonly #callback: IntersectionObserverCallback;
  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, isIntersecting: true } as unknown as IntersectionObserverEntry;
    queueMicrotask(() => {
      this.#callback([entry], this as unknown as IntersectionObserver);
    });
  }
  disconnect(): void {
    // Nothing is observed.
  }
}
window.IntersectionObserver = VisibleIntersectionObserver as unknown as typeof IntersectionObserver;

afterEach(() => {
  cleanup();
});
