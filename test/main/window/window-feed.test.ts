import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/state';
import { WindowFeed } from '../../../src/main/window/window-feed';
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
      { name: 'state:patch', event: { parts: { logRevision: 1 }, upserted: {}, removed: [] } },
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
  const feed = new WindowFeed({
    state: () => {
      asked += 1;
      return state;
    },
    tell: (name, event) => told.push({ name, event }),
  });
  const become = (change: Partial<AppState>): void => {
    state = { ...state, ...change };
  };
  return { feed, told, become, asked: () => asked };
}
