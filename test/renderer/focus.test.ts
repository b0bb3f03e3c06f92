import { fireEvent, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../src/shared/state';
import { createAppState, createDetails, createLogView, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const ada = createSessionView({ id: 'ada', name: 'Ada', startedAt: 1 });
const bea = createSessionView({ id: 'bea', name: 'Bea', startedAt: 2 });
const cleo = createSessionView({ id: 'cleo', name: 'Cleo', startedAt: 3 });

const withSessions = (...sessions: readonly SessionView[]): FakeBridge =>
  new FakeBridge(createAppState({ sessions }));

/** Replaces the sessions of the app. */
function show(bridge: FakeBridge, ...sessions: readonly SessionView[]): void {
  bridge.change({
    sessions: Object.fromEntries(sessions.map((session) => [session.id, session])),
    sessionOrder: sessions.map(({ id }) => id),
  });
}

const getFocusedRow = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset['row'] : undefined;

describe('the focus', () => {
  it.each(['bea', 'ada'])(
    'moves from Back to the heading when a notification opens %s over the details of ada',
    async (id) => {
      const bridge = new FakeBridge(createAppState({ sessions: [ada, bea] }), {
        'session:details': (key) => createDetails({ id: key }),
      });
      const { page, user } = await renderApp(bridge);
      bridge.emit('window:navigate', { view: 'session', id: 'ada' });
      await page.findByRole('heading', { level: 1, name: 'Ada' });
      page.getByRole('button', { name: 'Back' }).focus();
      bridge.emit('window:navigate', { view: 'session', id });
      const name = id === 'ada' ? 'Ada' : 'Bea';
      await waitFor(() => {
        expect(page.getByRole('heading', { level: 1, name })).toHaveFocus();
      });
      await user.keyboard('{Enter}');
      expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    },
  );

  it.each([
    ['is answered', { ...bea, phase: 'ringing' }, bea],
    ['is put on hold and moves', bea, { ...bea, phase: 'held' }],
    ['becomes the user’s own and moves', bea, { ...bea, isOwn: true }],
  ] as const)('stays with a call that %s', async (_, before, after) => {
    const bridge = withSessions(ada, before, cleo);
    const { page } = await renderApp(bridge);
    page.getByRole('button', { name: /Bea/ }).focus();
    show(bridge, ada, after, cleo);
    await tick();
    await waitFor(() => expect(getFocusedRow()).toBe('bea'));
    expect(page.getByRole('button', { name: /Bea/ })).toHaveFocus();
  });

  it('goes to the call that takes the place of one that is gone, and finally to the heading', async () => {
    const bridge = withSessions(ada, bea, cleo);
    const { page } = await renderApp(bridge);
    page.getByRole('button', { name: /Bea/ }).focus();
    show(bridge, ada, cleo);
    await waitFor(() => expect(getFocusedRow()).toBe('cleo'));
    show(bridge, ada);
    await waitFor(() => expect(getFocusedRow()).toBe('ada'));
    show(bridge);
    await waitFor(() => {
      expect(page.getByRole('heading', { level: 1, name: 'Calls' })).toHaveFocus();
    });
  });

  it('doesn’t return to the calls after a click beside them', async () => {
    const bridge = withSessions(ada, bea);
    const { page, user } = await renderApp(bridge);
    page.getByRole('button', { name: /Bea/ }).focus();
    await user.click(page.getByRole('list', { name: 'Active calls' }));
    (document.activeElement as HTMLElement).blur();
    show(bridge, ada);
    await waitFor(() => expect(page.queryByRole('button', { name: /Bea/ })).toBeNull());
    expect(document.body).toHaveFocus();
  });

  it('goes to the heading of a page, and back to the neighbor of a call that has ended since', async () => {
    const bridge = withSessions(ada, bea, cleo);
    const { page, user } = await renderApp(bridge);
    page.getByRole('button', { name: /Bea/ }).focus();
    await user.keyboard('{Enter}');
    expect(page.getByRole('heading', { level: 1, name: 'Bea' })).toHaveFocus();
    expect(document.title).toBe('Bea – Ringside');
    show(bridge, ada, cleo);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(getFocusedRow()).toBe('cleo'));
    expect(document.title).toBe('Calls – Ringside');
  });

  it('goes back to a call that has changed since', async () => {
    const bridge = withSessions(ada, { ...bea, phase: 'ringing' });
    const { page, user } = await renderApp(bridge);
    page.getByRole('button', { name: /Bea/ }).focus();
    await user.keyboard('{Enter}');
    show(bridge, ada, bea);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(getFocusedRow()).toBe('bea'));
  });

  it('goes to the heading of a call that has to be loaded first', async () => {
    const bridge = new FakeBridge(createAppState(), {
      'session:details': () => createDetails({ entry: createLogView() }),
    });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 'gone' });
    const heading = await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    await waitFor(() => expect(heading).toHaveFocus());
  });

  it('goes to the heading of the settings and back to their button', async () => {
    const { page, user } = await renderApp(withSessions(ada));
    await user.click(page.getByRole('button', { name: 'Settings' }));
    const heading = await page.findByRole('heading', { level: 1, name: 'Settings' });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(document.title).toBe('Settings – Ringside');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(page.getByRole('button', { name: 'Settings' })).toHaveFocus());
  });

  it('goes to the list after closing settings that were opened while nothing had the focus', async () => {
    const { page, user } = await renderApp(withSessions(ada));
    await user.keyboard('{Control>},{/Control}{Escape}');
    await waitFor(() => expect(page.getByRole('list', { name: 'Active calls' })).toHaveFocus());
    await user.keyboard('{ArrowDown}');
    expect(getFocusedRow()).toBe('ada');
  });

  it.each(['{Escape}', 'close'])('goes back to where the search was opened, by %s', async (how) => {
    const { page, user } = await renderApp(withSessions(ada));
    await user.click(page.getByRole('button', { name: 'Search' }));
    expect(page.getByRole('searchbox')).toHaveFocus();
    if (how === 'close') await user.click(page.getByRole('button', { name: 'Close search' }));
    else await user.keyboard(how);
    await waitFor(() => expect(page.getByRole('button', { name: 'Search' })).toHaveFocus());
  });

  it('goes to a ringing call when the window is opened, else to the list', async () => {
    const bridge = withSessions(ada, bea);
    const { page } = await renderApp(bridge);
    await fireEvent.focus(window);
    expect(page.getByRole('list', { name: 'Active calls' })).toHaveFocus();

    page.getByRole('button', { name: /Ada/ }).focus();
    const ringing = { ...cleo, phase: 'ringing' } as const;
    show(bridge, ringing, ada, bea);
    await page.findByRole('button', { name: /Cleo/ });
    await fireEvent.focus(window);
    expect(getFocusedRow()).toBe('ada');

    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    await fireEvent(document, new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
    await fireEvent(document, new Event('visibilitychange'));
    await fireEvent.focus(window);
    expect(getFocusedRow()).toBe('cleo');
  });
});
