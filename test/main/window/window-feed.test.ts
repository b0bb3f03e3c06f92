import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/state';
import { WindowFeed } from '../../../src/main/window/window-feed';
import { aView } from '../builders';
import { QUIET_STATE } from '../../shared/states';

describe('the feed of the window', () => {
  test('sends nothing while nobody asks, and asks for no state', () => {
    const { feed, told, asked } = aFeed();
    feed.update();
    feed.update();
    expect(told).toEqual([]);
    expect(asked()).toBe(0);
  });

  test('gives everything to who subscribes, and then what changed', () => {
    const { feed, told, become } = aFeed();
    expect(feed.subscribe()).toEqual(QUIET_STATE);
    become({ logRevision: 1 });
    feed.update();
    expect(told).toEqual([
      { name: 'state:patch', event: { parts: { logRevision: 1 }, put: {}, gone: [] } },
    ]);
  });

  test('sends nothing where nothing changed', () => {
    const { feed, told, become } = aFeed();
    feed.subscribe();
    feed.update();
    become({ logRevision: 1 });
    feed.update();
    feed.update();
    expect(told).toHaveLength(1);
  });

  test('sends the rest of very many sessions a while later, a part at a time', () => {
    const { feed, told, become, pass } = aFeed();
    const views = ['a', 'b', 'c'].map((id) => aView({ id }));
    const having = (count: number): Partial<AppState> => ({
      order: ['a', 'b', 'c'],
      sessions: Object.fromEntries(views.slice(0, count).map((view) => [view.id, view])),
    });
    become({ ...having(1), logRevision: 1 });
    feed.subscribe();
    for (const count of [2, 3]) {
      become(having(count));
      pass();
    }
    pass();
    expect(told).toEqual([
      { name: 'state:patch', event: expect.objectContaining({ put: { b: views[1] } }) as unknown },
      { name: 'state:patch', event: expect.objectContaining({ put: { c: views[2] } }) as unknown },
    ]);
  });

  test('does not ask for ever for a session that cannot be shown', () => {
    const { feed, asked, become, pass } = aFeed();
    become({ order: ['a'] });
    feed.subscribe();
    for (let turn = 0; turn < 10; turn += 1) pass();
    expect(asked()).toBeLessThan(4);
  });

  test('starts over for a page that asks again', () => {
    const { feed, told, become } = aFeed();
    feed.subscribe();
    become({ logRevision: 1 });
    expect(feed.subscribe().logRevision).toBe(1);
    feed.update();
    expect(told).toEqual([]);
  });

  test('ends with the page', () => {
    const { feed, told, become } = aFeed();
    feed.subscribe();
    feed.unsubscribe();
    become({ logRevision: 1 });
    feed.update();
    expect(told).toEqual([]);
  });
});

function aFeed() {
  let state: AppState = QUIET_STATE;
  let asked = 0;
  const told: unknown[] = [];
  const due: (() => void)[] = [];
  const feed = new WindowFeed({
    state: () => {
      asked += 1;
      return state;
    },
    tell: (name, event) => told.push({ name, event }),
    after: (_, what) => due.push(what),
  });
  const pass = (): void => {
    for (const what of due.splice(0)) what();
  };
  const become = (change: Partial<AppState>): void => {
    state = { ...state, ...change };
  };
  return { feed, told, become, pass, asked: () => asked };
}
