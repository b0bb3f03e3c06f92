import { fireEvent } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '../../src/shared/state';
import {
  createAccount,
  createAppState,
  createDetails,
  createLogView,
  createSessionView,
} from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

/** The app with fake timers, and everything that its live region said. */
async function listen(bridge: FakeBridge) {
  const { page } = await renderApp(bridge);
  const region = page.getByTestId('announcements');
  const heard: string[] = [];
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes)
        if (node.textContent !== '') heard.push(node.textContent ?? '');
    }
  });
  observer.observe(region, { childList: true, subtree: true });
  vi.useFakeTimers({ now: Date.now() });
  return {
    page,
    region,
    /** Lets time pass and returns what was said meanwhile. */
    hear: async (ms = 100): Promise<readonly string[]> => {
      await vi.advanceTimersByTimeAsync(ms);
      return heard.splice(0);
    },
  };
}

/** Replaces the sessions of the app. */
function show(bridge: FakeBridge, ...sessions: readonly SessionView[]): void {
  bridge.change({
    sessions: Object.fromEntries(sessions.map((session) => [session.id, session])),
    sessionOrder: sessions.map(({ id }) => id),
    logRevision: bridge.state.logRevision + 1,
  });
}

const ring = createSessionView({ id: 'a', phase: 'ringing' });
const rings = (count: number): readonly SessionView[] =>
  Array.from({ length: count }, (_, n) => createSessionView({ id: `ring-${n}`, phase: 'ringing' }));

afterEach(() => {
  vi.useRealTimers();
});

describe('the live region', () => {
  it('announces once that a call rings and is empty afterward', async () => {
    const bridge = new FakeBridge(createAppState());
    const { region, hear } = await listen(bridge);
    expect(region).toHaveAttribute('aria-live', 'polite');
    show(bridge, ring);
    expect(await hear()).toEqual(['Grace Hopper is calling Bright Dental.']);
    show(bridge, { ...ring, revision: 2, name: 'Grace H.' });
    show(bridge, createSessionView({ id: 'b' }), ring);
    expect(await hear(5_000)).toEqual([]);
    expect(region.textContent.trim()).toBe('');
  });

  it('says that it is a chat that rings', async () => {
    const bridge = new FakeBridge(createAppState());
    const { hear } = await listen(bridge);
    show(bridge, { ...ring, channel: 'Chat' });
    expect(await hear()).toEqual(['New chat from Grace Hopper for Bright Dental.']);
    show(bridge, { ...ring, id: 'b', channel: 'Chat', customer: undefined });
    expect(await hear()).toEqual(['New chat from Grace Hopper.']);
  });

  it('doesn’t announce calls that ring when the window opens, because they get the focus', async () => {
    const { hear } = await listen(new FakeBridge(createAppState({ sessions: [ring] })));
    expect(await hear(2_000)).toEqual([]);
  });

  it('says nothing about a nuisance call', async () => {
    const nuisance = {
      ...ring,
      notes: { number: '', customer: '', priority: 'nuisance' },
    } as const;
    const entry = createLogView({ outcome: { kind: 'missed', isInferred: false, wasAway: false } });
    const bridge = new FakeBridge(createAppState(), {
      'session:details': () => createDetails({ entry }),
    });
    const { hear } = await listen(bridge);
    show(bridge, nuisance);
    expect(await hear()).toEqual([]);
    show(bridge);
    expect(await hear(1_000)).toEqual([]);
    show(bridge, { ...ring, id: 'b' });
    expect(await hear()).toHaveLength(1);
  });

  it('counts many calls that ring at once', async () => {
    const bridge = new FakeBridge(createAppState());
    const { hear } = await listen(bridge);
    show(bridge, ...rings(260));
    expect(await hear()).toEqual(['260 calls are ringing.']);
  });

  it('says who answered, and when a call is held and resumed', async () => {
    const bridge = new FakeBridge(createAppState({ sessions: [ring] }));
    const { hear } = await listen(bridge);
    show(bridge, { ...ring, phase: 'connected', answeredBy: 'Maya Kent' });
    expect(await hear()).toEqual(['Maya Kent answered the call from Grace Hopper.']);
    show(bridge, { ...ring, phase: 'held' });
    expect(await hear()).toEqual(['Grace Hopper is on hold.']);
    show(bridge, { ...ring, phase: 'connected' });
    expect(await hear()).toEqual(['Grace Hopper is no longer on hold.']);
    show(bridge);
    expect(await hear(5_000)).toEqual([]);
  });

  it('says only of the user’s own calls that they are held when there are many', async () => {
    const others = Array.from({ length: 30 }, (_, n) => createSessionView({ id: `other-${n}` }));
    const own = createSessionView({ id: 'own', isOwn: true, name: 'Ada' });
    const bridge = new FakeBridge(createAppState({ sessions: [own, ...others] }));
    const { hear } = await listen(bridge);
    const hold = (session: SessionView): SessionView => ({ ...session, phase: 'held' });
    show(bridge, hold(own), ...others.slice(0, 2).map(hold), ...others.slice(2));
    expect(await hear()).toEqual(['Ada is on hold.']);
  });

  it.each([
    [{ kind: 'missed', isInferred: true, wasAway: false }, 'Missed call from Grace Hopper.'],
    [
      { kind: 'answered', by: 'Maya Kent', isOwn: false },
      'Maya Kent answered the call from Grace Hopper.',
    ],
    [{ kind: 'abandoned' }, 'Grace Hopper is no longer calling.'],
  ] as const)('says what became of a ring: %o', async (outcome, text) => {
    let entry = createLogView({ outcome: { kind: 'active' } });
    const bridge = new FakeBridge(createAppState({ sessions: [ring] }), {
      'session:details': () => createDetails({ entry }),
    });
    const { hear } = await listen(bridge);
    show(bridge);
    expect(await hear(1_000)).toEqual([]);
    entry = createLogView({ outcome });
    bridge.change({ logRevision: 40 });
    expect(await hear()).toEqual([text]);
    bridge.change({ logRevision: 41 });
    expect(await hear()).toEqual([]);
  });

  it('is in a modal dialog while it is open, and repeats nothing when it closes', async () => {
    const bridge = new FakeBridge(createAppState());
    const { page, region, hear } = await listen(bridge);
    await hear();
    void fireEvent.keyDown(document.body, { key: '?' });
    const dialog = await vi.waitFor(() => page.getByRole('dialog'));
    show(bridge, ring);
    await hear();
    expect(region).not.toBeInTheDocument();
    expect(dialog).toContainElement(page.getByText('Grace Hopper is calling Bright Dental.'));
    dialog.querySelector('button')?.click();
    await hear();
    expect(page.queryByRole('dialog')).toBeNull();
    expect(page.getByTestId('announcements').textContent).toBe('');
  });

  it('says which keys a shortcut field waits for and got', async () => {
    await import('../../src/renderer/features/settings/SettingsPage.svelte');
    const bridge = new FakeBridge(createAppState());
    const { page, hear } = await listen(bridge);
    bridge.emit('window:navigate', { view: 'settings' });
    const field = await vi.waitFor(() => page.getByRole('button', { name: 'Shortcut: None' }));
    field.click();
    expect(await hear()).toEqual(['Press the keys…']);
    void fireEvent.keyDown(field, { key: 'r', code: 'KeyR', ctrlKey: true, altKey: true });
    expect(await hear()).toEqual(['Shortcut: Ctrl + Alt + R']);
  });

  it('says once that the connection was lost, and once that it is back', async () => {
    const bridge = new FakeBridge(createAppState());
    const { page, hear } = await listen(bridge);
    const now = Date.now();
    const connection = {
      kind: 'offline',
      since: now,
      lastResponseAt: now,
      retryAt: now + 60_000,
      error: { kind: 'refused', code: 'ECONNREFUSED' },
    } as const;
    bridge.change({ connection, accounts: [createAccount({ connection })] });
    expect(await hear(30_000)).toEqual(['Offline. Ringside shows the last known calls.']);
    const clock = page.getByText(/^Offline for 30\ss$/);
    expect(clock.closest('[role="status"], [role="alert"], [aria-live]')).toBeNull();
    const live = { kind: 'live', lastResponseAt: now } as const;
    bridge.change({ connection: live, accounts: [createAccount({ connection: live })] });
    expect(await hear(5_000)).toEqual(['Back online.']);
  });

  it('says how many calls a search found, after the last key', async () => {
    // The window loads it at the first search, which takes real time.
    await import('../../src/renderer/features/search/SearchResults.svelte');
    const sessions = [createSessionView(), createSessionView({ name: 'Ada' })];
    const bridge = new FakeBridge(createAppState({ sessions }));
    const { page, hear } = await listen(bridge);
    page.getByRole('button', { name: 'Search' }).click();
    await hear();
    const field = page.getByRole<HTMLInputElement>('searchbox');
    const type = async (text: string): Promise<readonly string[]> => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return hear(300);
    };
    expect(await type('a')).toEqual([]);
    expect(await type('ada')).toEqual([]);
    expect(await hear(1_000)).toEqual(['1 result']);
    await type('zzz');
    expect(await hear(1_000)).toEqual(['No results for “zzz”']);
    show(bridge, ...sessions.slice(1));
    expect(await hear(2_000)).toEqual([]);
  });
});
