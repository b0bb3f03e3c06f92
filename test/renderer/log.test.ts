import { within } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RequestArgument, LogEntryView } from '../../src/shared/ipc';
import { createAccount, createLogView, createAppState, createDetails } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

type Query = RequestArgument<'log:query'>;

function withLog(entries: readonly LogEntryView[], unseen = 0): FakeBridge {
  const state = createAppState({
    trayStatus: { kind: 'idle', isDoNotDisturb: false, activeCount: 0, missedCount: unseen },
  });
  return new FakeBridge(state, {
    'log:query': ({ only, offset, limit }: Query) => {
      const found = entries.filter(({ outcome }) => only === 'all' || outcome.kind === 'missed');
      return {
        entries: found.slice(offset, offset + limit),
        total: found.length,
        unseenCount: unseen,
      };
    },
    'session:details': (id) =>
      createDetails({
        id,
        fields: null,
        entry: entries.find(({ summary }) => summary.id === id) ?? null,
      }),
  });
}

async function openRecent(bridge: FakeBridge) {
  const opened = await renderApp(bridge);
  await opened.user.click(opened.page.getByRole('tab', { name: /Recent/ }));
  return opened;
}

const missed = (view: Partial<LogEntryView> = {}) =>
  createLogView({
    outcome: { kind: 'missed', isInferred: false, wasAway: false },
    ringMs: 18_000,
    talkMs: 0,
    ...view,
  });

describe('call log', () => {
  it('reloads when the region changes', async () => {
    const bridge = withLog([missed()]);
    await openRecent(bridge);
    await vi.waitFor(() => {
      expect(bridge.requestsFor('log:query')).toHaveLength(1);
    });
    bridge.change({ settings: { ...bridge.state.settings, region: 'DE' } });
    await vi.waitFor(() => {
      expect(bridge.requestsFor('log:query')).toHaveLength(2);
    });
    bridge.change({ settings: { ...bridge.state.settings, volume: 10 } });
    await Promise.resolve();
    expect(bridge.requestsFor('log:query')).toHaveLength(2);
  });

  it('shows how each call ended', async () => {
    const { page } = await openRecent(
      withLog([
        createLogView({ outcome: { kind: 'answered', by: undefined, isOwn: true } }),
        createLogView({ outcome: { kind: 'answered', by: 'Maya Kent', isOwn: false } }),
        missed(),
        missed({ outcome: { kind: 'missed', isInferred: false, wasAway: true } }),
        createLogView({ outcome: { kind: 'outgoing' } }),
        createLogView({ outcome: { kind: 'abandoned' } }),
      ]),
    );
    for (const name of [
      /Answered by you · 2 min 1 s/,
      /Answered by Maya Kent/,
      /Missed · rang 18 s/,
      /Missed while away/,
      /Outgoing/,
      /Hung up in the queue/,
    ]) {
      expect(await page.findByRole('button', { name })).toBeInTheDocument();
    }
  });

  it('shows a heading for each day', async () => {
    const day = 86_400_000;
    const noon = new Date().setHours(12, 0, 0, 0);
    const { page } = await openRecent(
      withLog([
        createLogView({ startedAt: noon }),
        createLogView({ startedAt: noon - day }),
        createLogView({ startedAt: new Date(2024, 1, 29, 12).getTime() }),
      ]),
    );
    await page.findByRole('heading', { name: 'Today' });
    expect(page.getByRole('heading', { name: 'Yesterday' })).toBeInTheDocument();
    expect(page.getByRole('heading', { name: 'Thursday, February 29' })).toBeInTheDocument();
  });

  it('turns the headings with the day while the window stays open', async () => {
    const evening = new Date(2026, 10, 29, 23, 59, 50);
    vi.useFakeTimers({ now: evening, shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { page } = await openRecent(withLog([createLogView({ startedAt: evening.getTime() })]));
    await page.findByRole('heading', { name: 'Today' });
    vi.advanceTimersByTime(12_000);
    await page.findByRole('heading', { name: 'Yesterday' });
    vi.advanceTimersByTime(24 * 60 * 60_000);
    await page.findByRole('heading', { name: 'Sunday, November 29' });
  });

  it('marks missed calls as seen when filtering for them', async () => {
    const bridge = withLog([createLogView(), missed({ isSeen: false })], 1);
    const { page, user } = await openRecent(bridge);
    const fresh = await page.findByRole('button', { name: /^New: Grace Hopper .* Missed/ });
    expect(fresh).toBeInTheDocument();
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    await user.click(page.getByRole('radio', { name: 'Missed' }));
    await expect.poll(() => page.queryByRole('button', { name: /Answered/ })).toBeNull();
    expect(bridge.requestsFor('log:mark-seen')).toEqual(['all']);
    expect(page.getByRole('button', { name: /^New: Grace Hopper .* Missed/ })).toBeInTheDocument();
  });

  it('opens with the missed calls when requested by the main process', async () => {
    const bridge = withLog([createLogView(), missed()], 1);
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed' });
    await page.findByRole('button', { name: /Missed · rang/ });
    expect(page.getByRole('radio', { name: 'Missed' })).toBeChecked();
    expect(bridge.requestsFor('log:mark-seen')).toEqual(['all']);
  });

  it('marks nothing as seen after a link until the user clicks', async () => {
    const bridge = withLog([createLogView(), missed()], 1);
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed', isFromLink: true });
    await page.findByRole('button', { name: /Missed · rang/ });
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    await user.click(page.getByRole('radio', { name: 'Missed' }));
    await expect.poll(() => bridge.requestsFor('log:mark-seen')).toEqual(['all']);
  });

  it('marks nothing as seen while another window is active', async () => {
    const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    onTestFinished(() => {
      hasFocus.mockRestore();
    });
    const bridge = withLog([createLogView(), missed()], 1);
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed' });
    await page.findByRole('button', { name: /Missed · rang/ });
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    hasFocus.mockReturnValue(true);
    window.dispatchEvent(new Event('focus'));
    await expect.poll(() => bridge.requestsFor('log:mark-seen')).toEqual(['all']);
  });

  it('marks a missed call as seen when its details are opened', async () => {
    const entry = missed({ isSeen: false });
    const bridge = withLog([entry, missed({ isSeen: false })], 2);
    const { page, user } = await openRecent(bridge);
    const [first] = await page.findAllByRole('button', { name: /^New:/ });
    if (!first) throw new Error('no row');
    await user.click(first);
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    await expect.poll(() => bridge.requestsFor('log:mark-seen')).toEqual([[entry.summary.id]]);
  });

  it('calls back and copies the number of a missed call', async () => {
    const entry = missed();
    const bridge = withLog([entry, missed({ number: 'anonymous', dialable: undefined })]);
    const { page, user } = await openRecent(bridge);
    const [first, second] = await page.findAllByRole('listitem').then((items) => items.slice(1));
    if (!first || !second) throw new Error('no rows');
    await user.click(within(first).getByRole('button', { name: /^Call back/ }));
    await user.click(within(first).getByRole('button', { name: /^Copy number/ }));
    expect(bridge.requestsFor('session:call-back')).toEqual([entry.summary.id]);
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550147']);
    expect(within(second).queryByRole('button', { name: /^Call back/ })).toBeNull();
  });

  it('searches the whole log in the main process', async () => {
    const bridge = withLog([createLogView()]);
    const { page, user } = await openRecent(bridge);
    await user.keyboard('/');
    await user.type(page.getByRole('searchbox'), 'harbor');
    await expect
      .poll(() => bridge.requestsFor('log:query').at(-1))
      .toEqual({ search: 'harbor', only: 'all', offset: 0, limit: 100 });
  });

  it('renders only the visible rows of a long log', async () => {
    const bridge = withLog(Array.from({ length: 1_000 }, () => createLogView()));
    const { page } = await openRecent(bridge);
    await page.findAllByRole('listitem');
    expect(page.getAllByRole('listitem').length).toBeLessThan(40);
    expect(bridge.requestsFor('log:query')).toHaveLength(1);
  });

  it('reloads when the log changes', async () => {
    const entries = [createLogView()];
    const bridge = withLog(entries);
    const { page } = await openRecent(bridge);
    await page.findByRole('button', { name: /^Grace Hopper/ });
    entries.unshift(missed({ number: '+1 202-555-0199', summary: createLogView().summary }));
    bridge.change({ logRevision: 1 });
    await page.findByRole('button', { name: /Missed/ });
  });

  it('exports the log and clears it only after confirmation', async () => {
    const bridge = withLog([createLogView()]);
    const { page, user } = await openRecent(bridge);
    await user.click(page.getByRole('button', { name: 'More' }));
    await user.click(await page.findByRole('menuitem', { name: 'Export as CSV…' }));
    expect(bridge.requestsFor('log:export')).toHaveLength(1);
    await user.click(page.getByRole('button', { name: 'More' }));
    await user.click(await page.findByRole('menuitem', { name: 'Clear call log…' }));
    const dialog = page.getByRole('alertdialog', { name: 'Clear the call log?' });
    expect(bridge.requestsFor('log:clear')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Clear' }));
    expect(bridge.requestsFor('log:clear')).toHaveLength(1);
    await expect.poll(() => page.queryByRole('alertdialog')).toBeNull();
  });

  it('shows an empty state', async () => {
    const { page, user } = await openRecent(withLog([]));
    await page.findByText('No calls in the log yet');
    await user.click(page.getByRole('radio', { name: 'Missed' }));
    await page.findByText('No missed calls');
  });
});

it.each([true, false])(
  'says whether the calls of a gap are being read: %s',
  async (isCatchingUp) => {
    const state = createAppState({ accounts: [createAccount({ isCatchingUp })] });
    const { page } = await openRecent(new FakeBridge(state));
    const line = page.queryByText('Checking for calls while you were away…');
    expect(line !== null).toBe(isCatchingUp);
  },
);
