import { fireEvent, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/core/settings/settings';
import { createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const withTray = (tray: boolean, changed: Partial<Settings> = {}): FakeBridge => {
  const { platform, settings, ...state } = createAppState({ sessions: [createSessionView()] });
  return new FakeBridge({
    ...state,
    platform: { ...platform, hasTray: tray },
    settings: { ...settings, ...changed },
  });
};

describe('keyboard', () => {
  it('goes back with Escape and finally hides the window', async () => {
    const bridge = withTray(true);
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('button', { name: 'Settings' }));
    await user.keyboard('{Escape}');
    await user.keyboard('/');
    await user.keyboard('{Escape}');
    expect(page.queryByRole('searchbox')).toBeNull();
    expect(bridge.requestsFor('window:hide')).toHaveLength(0);
    await user.keyboard('{Escape}');
    expect(bridge.requestsFor('window:hide')).toHaveLength(1);
  });

  it.each([
    ['isComposing', { isComposing: true }],
    ['the key code of input methods', { keyCode: 229 }],
    ['both', { isComposing: true, keyCode: 229 }],
    ['a modifier', { isComposing: true, ctrlKey: true }],
    ['a repetition', { keyCode: 229, repeat: true }],
  ])('leaves keys with %s to the input method', async (_, composing) => {
    const bridge = withTray(true);
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('button', { name: 'Settings' }));
    const search = await page.findByRole('searchbox');
    await user.type(search, 'do not');
    for (const key of ['Escape', '/', '?', ',', '1', 'f', 'ArrowDown', 'Enter', 'Process', 'Tab']) {
      await fireEvent.keyDown(search, { key, ...composing });
    }
    expect(search).toHaveValue('do not');
    expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeInTheDocument();
    await fireEvent.keyDown(search, { key: 'Escape' });
    expect(search).toHaveValue('');
  });

  it('does not hide the window or close a list while composing', async () => {
    const bridge = withTray(true);
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/');
    const search = page.getByRole('searchbox');
    await fireEvent.keyDown(search, { key: 'Escape', isComposing: true });
    expect(search).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await fireEvent.keyDown(document.body, { key: 'Escape', isComposing: true });
    expect(bridge.requestsFor('window:hide')).toHaveLength(0);
    await fireEvent.keyDown(document.body, { key: '?', isComposing: true });
    await fireEvent.keyDown(document.body, { key: '2', ctrlKey: true, keyCode: 229 });
    await fireEvent.keyDown(document.body, { key: ',', ctrlKey: true, isComposing: true });
    expect(page.queryByRole('dialog')).toBeNull();
    expect(page.getByRole('tab', { name: /Calls/ })).toHaveAttribute('aria-selected', 'true');
    expect(page.getByRole('heading', { level: 1 })).not.toHaveAccessibleName('Settings');
  });

  it.each([
    ['without a tray', withTray(false)],
    ['with a frame', withTray(true, { normalWindow: true })],
  ])('does not hide a window %s with Escape', async (_, bridge) => {
    const { page, user } = await renderApp(bridge);
    await user.keyboard('{Escape}');
    expect(bridge.requestsFor('window:hide')).toHaveLength(0);
    expect(page.queryByRole('button', { name: 'Hide window' })).toBeNull();
  });

  it('does not hide a pinned window with Escape but offers a button', async () => {
    const bridge = withTray(true, { pinned: true });
    const { page, user } = await renderApp(bridge);
    await user.keyboard('{Escape}');
    expect(bridge.requestsFor('window:hide')).toHaveLength(0);
    await user.click(page.getByRole('button', { name: 'Hide window' }));
    expect(bridge.requestsFor('window:hide')).toHaveLength(1);
  });

  it('keeps the name of a toggle while it is pressed', async () => {
    const bridge = withTray(true);
    const { page } = await renderApp(bridge);
    const pin = page.getByRole('button', { name: 'Keep on top' });
    expect(pin).toHaveAttribute('aria-pressed', 'false');
    bridge.change({ settings: { ...bridge.state.settings, pinned: true } });
    await waitFor(() => expect(pin).toHaveAttribute('aria-pressed', 'true'));
    expect(pin).toHaveAccessibleName('Keep on top');
  });

  it('goes to the start of a tab with Ctrl and a number, wherever the focus is', async () => {
    const { page, user } = await renderApp(withTray(true));
    page.getByRole('button', { name: 'Settings' }).focus();
    await user.keyboard('{Control>}2{/Control}');
    await waitFor(() => expect(page.getByRole('heading', { name: 'Recent' })).toHaveFocus());
    await user.keyboard('{Control>}1{/Control}');
    await waitFor(() => expect(page.getByRole('list', { name: 'Active calls' })).toHaveFocus());
  });

  it('focuses the whole list of keys, so that screen readers read it from the beginning', async () => {
    const { page, user } = await renderApp(withTray(true));
    await user.keyboard('?');
    await waitFor(() =>
      expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveFocus(),
    );
  });

  it('switches tabs with the arrow keys', async () => {
    const { page, user } = await renderApp(withTray(true));
    page.getByRole('tab', { name: /Calls/ }).focus();
    await user.keyboard('{ArrowRight}');
    expect(page.getByRole('tab', { name: 'Recent' })).toHaveFocus();
    expect(page.getByRole('tab', { name: 'Recent' })).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{End}');
    expect(page.getByRole('tab', { name: 'Today' })).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(page.getByRole('tab', { name: /Calls/ })).toHaveFocus();
  });

  it('makes the toolbar one Tab stop with arrow keys between its buttons', async () => {
    const { page, user } = await renderApp(withTray(true));
    await user.tab();
    expect(page.getByRole('button', { name: 'Search' })).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(page.getByRole('button', { name: 'Settings' })).toHaveFocus();
    await user.tab();
    expect(page.getByRole('button', { name: /Grace Hopper/ })).toHaveFocus();
    await user.tab({ shift: true });
    expect(page.getByRole('button', { name: 'Settings' })).toHaveFocus();
    await user.keyboard('{Home}{ArrowLeft}');
    expect(page.getByRole('button', { name: 'Keep on top' })).toHaveFocus();
  });

  it('selects a Do Not Disturb duration in the menu', async () => {
    const bridge = withTray(true);
    const { page, user } = await renderApp(bridge);
    (await page.findByRole('button', { name: 'Do Not Disturb', expanded: false })).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(
        page.getByRole('menuitem', { name: /^For 30 minutes \(until \d+:\d\d/ }),
      ).toHaveFocus();
    });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(bridge.requestsFor('do-not-disturb:set')).toEqual(['1-hour']);
    await waitFor(() => expect(page.queryByRole('menu')).toBeNull());
    await waitFor(() => {
      expect(page.getByRole('button', { name: 'Do Not Disturb' })).toHaveFocus();
    });
  });

  it('opens the menu after a press that came before the menu was loaded', async () => {
    const { page } = await renderApp(withTray(true));
    const button = page.getByRole('button', { name: 'Do Not Disturb' });
    expect(button).not.toHaveAttribute('aria-expanded');
    await fireEvent.pointerDown(button, { button: 0 });
    expect(await page.findByRole('menu')).toBeInTheDocument();
    expect(button).not.toBeInTheDocument();
  });

  it('closes only the menu with Escape', async () => {
    const bridge = withTray(true);
    const { page, user } = await renderApp(bridge);
    await user.click(await page.findByRole('button', { name: 'Do Not Disturb', expanded: false }));
    await page.findByRole('menu');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(page.queryByRole('menu')).toBeNull());
    expect(bridge.requestsFor('window:hide')).toHaveLength(0);
  });

  it('shows until when Do Not Disturb is on and turns it off', async () => {
    const until = Date.now() + 600_000;
    const state = createAppState({
      doNotDisturb: { until, isScheduled: false },
      trayStatus: { kind: 'idle', isDoNotDisturb: true, activeCount: 0, missedCount: 0 },
    });
    const bridge = new FakeBridge(state);
    const { page, user } = await renderApp(bridge);
    const name = /^Do Not Disturb until \d+:\d\d\s[AP]M$/;
    await user.click(await page.findByRole('button', { name, expanded: false }));
    await user.click(await page.findByRole('menuitem', { name: 'Turn off' }));
    expect(bridge.requestsFor('do-not-disturb:set')).toEqual(['off']);
  });

  it('says on every page until when Do Not Disturb is on, and turns it off there', async () => {
    const bridge = new FakeBridge(
      createAppState({ doNotDisturb: { until: Date.now() + 600_000, isScheduled: true } }),
    );
    const { page, user } = await renderApp(bridge);
    for (const name of ['Recent', 'Today']) {
      await user.click(page.getByRole('tab', { name }));
      expect(page.getByText(/^Do Not Disturb until/)).toBeInTheDocument();
    }
    await user.click(page.getByRole('button', { name: 'Settings' }));
    await user.click(page.getByRole('button', { name: 'Turn off for today' }));
    expect(bridge.requestsFor('do-not-disturb:set')).toEqual(['off']);
    bridge.change({ doNotDisturb: null });
    await waitFor(() => expect(page.queryByText(/^Do Not Disturb until/)).toBeNull());
  });
});
