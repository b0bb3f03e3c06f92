import { beforeEach, describe, expect, test } from 'vitest';
import { Tray, type TrayFace, type TrayHandle } from '../../../src/main/desktop/tray';
import type { MenuAction, MenuEntry } from '../../../src/main/desktop/tray-menu';

const IDLE: TrayFace = { icons: ['idle.png'], tooltip: 'no calls', menu: [label('No calls')] };
const RINGING: TrayFace = {
  icons: ['ringing-0.png', 'ringing-1.png'],
  tooltip: 'Ringing: Grace Hopper',
  menu: [label('Grace Hopper · ringing')],
};

let icon: FakeIcon;
let beats: Beats;
let acts: MenuAction[];
let tray: Tray;

beforeEach(() => {
  icon = new FakeIcon();
  beats = new Beats();
  acts = [];
  tray = new Tray({ handle: icon, act: (action) => acts.push(action), every: beats.every });
});

describe('the tray', () => {
  test('shows icon, words and menu', () => {
    tray.show(IDLE);
    expect([...icon.did].sort()).toEqual(['image idle.png', 'menu No calls', 'tooltip no calls']);
  });

  test('shown the same thing twice does nothing', () => {
    tray.show(IDLE);
    icon.forget();
    tray.show({ ...IDLE, icons: ['idle.png'], menu: [label('No calls')] });
    expect(icon.did).toEqual([]);
  });

  test('changes what is new and nothing else', () => {
    tray.show(IDLE);
    icon.forget();
    tray.show({ ...IDLE, tooltip: '1 missed' });
    expect(icon.did).toEqual(['tooltip 1 missed']);
    icon.forget();
    tray.show({ ...IDLE, tooltip: '1 missed', menu: [label('1 missed')] });
    expect(icon.did).toEqual(['menu 1 missed']);
  });

  test('does what a click in the menu says', () => {
    tray.show(IDLE);
    icon.click({ kind: 'check-now' });
    expect(acts).toEqual([{ kind: 'check-now' }]);
  });
});

describe('two icons', () => {
  test('alternate twice a second', () => {
    tray.show(RINGING);
    expect(beats.ms).toEqual([500]);
    beats.beat();
    beats.beat();
    beats.beat();
    expect(icon.images).toEqual([
      'ringing-0.png',
      'ringing-1.png',
      'ringing-0.png',
      'ringing-1.png',
    ]);
  });

  test('go on alternating while the words change', () => {
    tray.show(RINGING);
    beats.beat();
    tray.show({ ...RINGING, tooltip: 'Ringing: Grace Hopper and 1 more' });
    beats.beat();
    expect(icon.images).toEqual(['ringing-0.png', 'ringing-1.png', 'ringing-0.png']);
    expect(beats.ms).toEqual([500]);
  });

  test('stop when there is one again', () => {
    tray.show(RINGING);
    beats.beat();
    tray.show(IDLE);
    expect(beats.ms).toEqual([]);
    expect(icon.images.at(-1)).toBe('idle.png');
  });

  test('stop with the tray', () => {
    tray.show(RINGING);
    tray.destroy();
    expect(beats.ms).toEqual([]);
    expect(icon.did.at(-1)).toBe('destroyed');
  });
});

function label(text: string): MenuEntry {
  return { kind: 'label', label: text };
}

class FakeIcon implements TrayHandle {
  #did: string[] = [];
  #act: (action: MenuAction) => void = () => undefined;

  /** In order. */
  get did(): readonly string[] {
    return this.#did;
  }

  get images(): readonly string[] {
    return this.#did.flatMap((what) => (what.startsWith('image ') ? [what.slice(6)] : []));
  }

  forget(): void {
    this.#did = [];
  }

  click(action: MenuAction): void {
    this.#act(action);
  }

  setImage(path: string): void {
    this.#did.push(`image ${path}`);
  }

  setToolTip(text: string): void {
    this.#did.push(`tooltip ${text}`);
  }

  setMenu(entries: readonly MenuEntry[], act: (action: MenuAction) => void): void {
    const labels = entries.map((entry) => ('label' in entry ? entry.label : '-'));
    this.#did.push(`menu ${labels.join()}`);
    this.#act = act;
  }

  destroy(): void {
    this.#did.push('destroyed');
  }
}

/** What is called every so many ms, when the test says that they are over. */
class Beats {
  readonly #running = new Map<() => void, number>();

  readonly every = (ms: number, what: () => void): (() => void) => {
    this.#running.set(what, ms);
    return () => {
      this.#running.delete(what);
    };
  };

  get ms(): readonly number[] {
    return [...this.#running.values()];
  }

  beat(): void {
    for (const what of this.#running.keys()) what();
  }
}
