import { fireEvent, within } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallbackResolution } from '../../src/core/log/callbacks';
import type { RequestArgument, LogEntryView } from '../../src/shared/ipc';
import type { CallbackView } from '../../src/shared/state';
import {
  createAccount,
  createAppState,
  createCallback,
  createDetails,
  createLogView,
} from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

type Query = RequestArgument<'log:query'>;

function withLog(
  entries: readonly LogEntryView[],
  callbacks: readonly CallbackView[] = [],
  handlers: ConstructorParameters<typeof FakeBridge>[1] = {},
): FakeBridge {
  const state = createAppState({ callbacks: { count: callbacks.length, items: callbacks } });
  return new FakeBridge(state, {
    ...handlers,
    'log:query': ({ only, offset, limit }: Query) => {
      const found = entries.filter(({ resolution }) => only === 'all' || resolution);
      return { entries: found.slice(offset, offset + limit), total: found.length };
    },
    'session:details': (id) =>
      createDetails({
        id,
        entry: entries.find((entry) => entry.id === id) ?? null,
      }),
    ...handlers,
  });
}

async function openRecent(bridge: FakeBridge) {
  const opened = await renderApp(bridge);
  await opened.user.click(opened.page.getByRole('tab', { name: /Recent/ }));
  return opened;
}

const createMissed = (view: Partial<LogEntryView> = {}) =>
  createLogView({
    outcome: { kind: 'missed', isInferred: false, wasAway: false },
    ringMs: 18_000,
    talkMs: 0,
    ...view,
  });

describe('call log', () => {
  it('reloads when the region changes', async () => {
    const bridge = withLog([createMissed()]);
    const { page } = await openRecent(bridge);
    await page.findByRole('button', { name: /Missed/ });
    expect(bridge.requestsFor('log:query')).toHaveLength(1);
    bridge.change({ settings: { ...bridge.state.settings, region: 'DE' } });
    await vi.waitFor(() => {
      expect(bridge.requestsFor('log:query')).toHaveLength(2);
    });
    bridge.change({ settings: { ...bridge.state.settings, volume: 10 } });
    await Promise.resolve();
    expect(bridge.requestsFor('log:query')).toHaveLength(2);
  });

  it('keeps the day of the first visible call at the top', async () => {
    const at = new Date().setHours(0, 0, 0, 0);
    const entries = Array.from({ length: 20 }, (_, index) =>
      createLogView({ startedAt: at - (index < 10 ? 0 : 60_000) }),
    );
    const { page } = await openRecent(withLog(entries));
    const list = await page.findByRole('list', { name: 'Call log' });
    const getHeading = (): string | undefined =>
      list.querySelector(':scope > [aria-hidden="true"]')?.textContent;
    expect(getHeading()).toBeUndefined();
    list.scrollTop = 300;
    await fireEvent.scroll(list);
    expect(getHeading()).toBe('Today');
    list.scrollTop = 800;
    await fireEvent.scroll(list);
    expect(getHeading()).toBe('Yesterday');
    list.scrollTop = 0;
    await fireEvent.scroll(list);
    expect(getHeading()).toBeUndefined();
  });

  it('shows how each call ended', async () => {
    const { page } = await openRecent(
      withLog([
        createLogView({ outcome: { kind: 'answered', by: undefined, isOwn: true } }),
        createLogView({ outcome: { kind: 'answered', by: 'Maya Kent', isOwn: false } }),
        createMissed(),
        createMissed({ outcome: { kind: 'missed', isInferred: false, wasAway: true } }),
        createLogView({ outcome: { kind: 'outgoing' } }),
        createLogView({ outcome: { kind: 'abandoned' } }),
      ]),
    );
    for (const name of [
      /Answered by you 2 min 1 s/,
      /Answered by Maya Kent/,
      /Missed rang 18 s/,
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

  it.each([
    ['UTC', new Date('2026-12-31T23:59:50Z'), 'Thursday, December 31'],
    ['Pacific/Auckland', new Date('2026-04-04T23:59:50+13:00'), 'Saturday, April 4'],
    ['America/New_York', new Date('2026-10-31T23:59:50-04:00'), 'Saturday, October 31'],
    ['Asia/Kathmandu', new Date('2028-02-28T23:59:50+05:45'), 'Monday, February 28'],
    // The day begins at 1:00, because clocks go forward at midnight.
    ['Asia/Beirut', new Date('2026-03-28T23:59:50+02:00'), 'Saturday, March 28'],
  ])('updates the headings at midnight in %s', async (zone, evening, heading) => {
    vi.stubEnv('TZ', zone);
    vi.useFakeTimers({ now: evening, shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
      vi.unstubAllEnvs();
    });
    const { page } = await openRecent(withLog([createLogView({ startedAt: evening.getTime() })]));
    await page.findByRole('heading', { name: 'Today' });
    vi.advanceTimersByTime(12_000);
    await page.findByRole('heading', { name: 'Yesterday' });
    vi.advanceTimersByTime(25 * 60 * 60_000);
    await page.findByRole('heading', { name: heading });
  });

  it('updates the headings at midnight while the window stays open', async () => {
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

  it('marks a missed call as seen once it was on the screen for a second, in either filter', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const entry = createMissed({ isSeen: false });
    const item = createCallback({ ids: ['other'], isNew: true });
    const bridge = withLog([createLogView(), entry], [item]);
    const { page, user } = await openRecent(bridge);
    await page.findByRole('button', { name: /^New: Grace Hopper .* Missed/ });
    await vi.advanceTimersByTimeAsync(400);
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bridge.requestsFor('log:mark-seen')).toEqual([[entry.id]]);
    await user.click(page.getByRole('radio', { name: 'To call back' }));
    await page.findByRole('button', { name: /^New: Alan Turing/ });
    await vi.advanceTimersByTimeAsync(1_200);
    expect(bridge.requestsFor('log:mark-seen').at(-1)).toEqual(['other']);
  });

  it('marks everything as seen from the menu', async () => {
    const bridge = withLog([createLogView()]);
    const { page, user } = await openRecent(bridge);
    await user.click(page.getByRole('button', { name: 'More' }));
    await user.click(await page.findByRole('menuitem', { name: 'Mark all as seen' }));
    expect(bridge.requestsFor('log:mark-seen')).toEqual(['all']);
  });

  it('opens with the calls to return when requested by the main process', async () => {
    const bridge = withLog([createLogView()], [createCallback()]);
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed' });
    expect(await page.findByRole('radio', { name: 'To call back' })).toBeChecked();
    await page.findByRole('button', { name: /^Alan Turing/ });
  });

  it('marks nothing as seen after a link until the user clicks', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const bridge = withLog([], [createCallback({ isNew: true })]);
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed', isFromLink: true });
    await page.findByRole('button', { name: /^New: Alan Turing/ });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    await user.click(page.getByRole('radio', { name: 'To call back' }));
    await vi.advanceTimersByTimeAsync(1_200);
    expect(bridge.requestsFor('log:mark-seen')).toHaveLength(1);
  });

  it('marks nothing as seen while another window is active', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    onTestFinished(() => {
      hasFocus.mockRestore();
      vi.useRealTimers();
    });
    const bridge = withLog([], [createCallback({ isNew: true })]);
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'missed' });
    await page.findByRole('button', { name: /^New: Alan Turing/ });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bridge.requestsFor('log:mark-seen')).toEqual([]);
    hasFocus.mockReturnValue(true);
    window.dispatchEvent(new Event('focus'));
    await vi.advanceTimersByTimeAsync(1_200);
    expect(bridge.requestsFor('log:mark-seen')).toHaveLength(1);
  });

  it('marks a missed call as seen when its details are opened', async () => {
    const entry = createMissed({ isSeen: false });
    const bridge = withLog([entry, createMissed({ isSeen: false })]);
    const { page, user } = await openRecent(bridge);
    const [first] = await page.findAllByRole('button', { name: /^New:/ });
    if (!first) throw new Error('no row');
    await user.click(first);
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    await expect.poll(() => bridge.requestsFor('log:mark-seen')).toEqual([[entry.id]]);
  });

  it('calls back and copies the number of a missed call', async () => {
    const entry = createMissed();
    const bridge = withLog([entry, createMissed({ number: 'anonymous', dialable: undefined })]);
    const { page, user } = await openRecent(bridge);
    const [first, second] = await page.findAllByRole('listitem').then((items) => items.slice(1));
    if (!first || !second) throw new Error('no rows');
    await user.click(within(first).getByRole('button', { name: /^Call back/ }));
    await user.click(within(first).getByRole('button', { name: /^Copy number/ }));
    expect(bridge.requestsFor('session:call-back')).toEqual([entry.id]);
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550147']);
    expect(within(second).queryByRole('button', { name: /^Call back/ })).toBeNull();
  });

  it('offers to copy the number if there is no phone app', async () => {
    const bridge = withLog([createMissed()], [], {
      'session:call-back': () => ({ ok: false, number: '+12025550147' }),
    });
    const { page, user } = await openRecent(bridge);
    await user.click(await page.findByRole('button', { name: /^Call back/ }));
    await page.findByText(/no phone app is set up/i);
    await user.click(page.getByRole('button', { name: 'Copy number' }));
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550147']);
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
    entries.unshift(createMissed({ name: 'Grace Hopper', number: '+1 202-555-0199' }));
    bridge.change({ logRevision: 1 });
    await page.findByRole('button', { name: /Missed/ });
  });

  it('exports only the calls to return from their list', async () => {
    const bridge = withLog([createLogView()]);
    const { page, user } = await openRecent(bridge);
    await user.click(page.getByRole('radio', { name: 'To call back' }));
    await user.click(page.getByRole('button', { name: 'More' }));
    const group = await page.findByRole('group', { name: 'Export “To call back” as CSV' });
    await user.click(within(group).getByRole('menuitem', { name: 'All calls…' }));
    expect(bridge.requestsFor('log:export')).toEqual([{ period: 'all', onlyCallbacks: true }]);
  });

  it('exports the log and clears it only after confirmation', async () => {
    const bridge = withLog([createLogView()]);
    const { page, user } = await openRecent(bridge);
    await user.click(page.getByRole('button', { name: 'More' }));
    const group = await page.findByRole('group', { name: 'Export as CSV' });
    const periods = within(group)
      .getAllByRole('menuitem')
      .map(({ textContent }) => textContent);
    expect(periods).toEqual(['All calls…', 'Today…', 'Last 7 days…', 'Last 30 days…']);
    await user.click(within(group).getByRole('menuitem', { name: 'Last 7 days…' }));
    expect(bridge.requestsFor('log:export')).toEqual([
      { period: 'last-7-days', onlyCallbacks: false },
    ]);
    await expect.poll(() => page.queryByRole('menu')).toBeNull();
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
    await user.click(page.getByRole('radio', { name: 'To call back' }));
    await page.findByText('No one to call back');
  });
});

describe('the calls to return', () => {
  async function openCallbacks(bridge: FakeBridge) {
    const opened = await openRecent(bridge);
    await opened.user.click(opened.page.getByRole('radio', { name: 'To call back' }));
    return opened;
  }

  it('are one row for each caller, above those that are done', async () => {
    const resolution = { kind: 'called-back', at: Date.now() } as const;
    const { page } = await openCallbacks(
      withLog(
        [createLogView(), createMissed({ resolution })],
        [
          createCallback({
            ids: ['C', 'B', 'A'],
            customers: ['Harbor Vets', 'Bright Dental'],
            priority: 'vip',
          }),
        ],
      ),
    );
    const row = await page.findByRole('button', {
      name: /^VIP Alan Turing .*\d:\d\d\s[AP]M for Harbor Vets, Bright Dental \+44 20 7946 0018 3 calls/,
    });
    expect(row).toBeInTheDocument();
    expect(page.getByRole('heading', { name: 'Done' })).toBeInTheDocument();
    expect(page.getByRole('button', { name: /^Grace Hopper.*Missed/ })).toBeInTheDocument();
    expect(page.queryByRole('button', { name: /Answered/ })).toBeNull();
  });

  it('say how they were resolved, in the log too', async () => {
    const startedAt = new Date(2026, 10, 27, 16).getTime();
    const resolve = (kind: CallbackResolution['kind'], day: number): LogEntryView =>
      createMissed({
        startedAt,
        resolution: { kind, at: new Date(2026, 10, day, 17, 7).getTime() },
      });
    vi.useFakeTimers({ now: new Date(2026, 10, 30, 9), shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { page } = await openRecent(
      withLog([
        resolve('called-back', 27),
        resolve('called-back', 28),
        resolve('answered-later', 28),
        resolve('marked-done', 28),
      ]),
    );
    for (const text of ['Called back 5:07', 'Called back Sat 5:07', 'Answered later', 'Done']) {
      const name = new RegExp(`^Grace Hopper .* for Bright Dental ${text}.*Missed`);
      expect(await page.findByRole('button', { name })).toBeInTheDocument();
    }
  });

  it('can be called back, and marked as done with an undo', async () => {
    const bridge = withLog([], [createCallback({ ids: ['B', 'A'], id: 'B' })]);
    const { page, user } = await openCallbacks(bridge);
    await user.click(await page.findByRole('button', { name: 'Call back Alan Turing' }));
    expect(bridge.requestsFor('session:call-back')).toEqual(['B']);
    await user.click(page.getByRole('button', { name: 'Done with Alan Turing' }));
    await user.click(await page.findByRole('button', { name: 'Undo' }));
    expect(bridge.requestsFor('log:mark-callbacks')).toEqual([
      { ids: ['B', 'A'], isDone: true },
      { ids: ['B', 'A'], isDone: false },
    ]);
    expect(page.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('offer no call to a caller without a number', async () => {
    const withheld = { name: undefined, number: undefined, dialable: undefined, isWithheld: true };
    const { page } = await openCallbacks(withLog([], [createCallback(withheld)]));
    await page.findByRole('button', { name: /^Private number/ });
    expect(page.queryByRole('button', { name: /^(?:Call back|Copy)/ })).toBeNull();
  });

  it('come first on the Calls page when there are no calls', async () => {
    const items = ['D', 'C', 'B', 'A'].map((id) => createCallback({ id, ids: [id] }));
    const { page, user } = await renderApp(withLog([], items));
    await page.findByRole('heading', { name: '4 to call back' });
    expect(page.getAllByRole('button', { name: /^Call back/ })).toHaveLength(3);
    await user.click(page.getByRole('button', { name: 'Show all' }));
    expect(await page.findByRole('radio', { name: 'To call back' })).toBeChecked();
  });
});

describe('the calls of a gap', () => {
  const at = (day: number, hours: number, minutes = 0): number =>
    new Date(2026, 10, day, hours, minutes).getTime();

  async function showRows(...entries: readonly Partial<LogEntryView>[]) {
    vi.useFakeTimers({ now: at(30, 9), shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { page } = await openRecent(withLog(entries.map((entry) => createLogView(entry))));
    const rows = await page.findAllByRole('listitem');
    return rows.map((row) => {
      const [text] = /While.*|Grace/.exec(row.textContent) ?? ['(day)'];
      return text.trim().replaceAll(/\s/g, ' ');
    });
  }

  const weekend = { from: at(27, 18, 2), to: at(30, 8, 55) };

  it('have a divider that says when the user was away', async () => {
    const rows = await showRows(
      { startedAt: at(30, 8, 58) },
      { startedAt: at(30, 8, 50), gap: weekend },
      { startedAt: at(29, 10) },
      { startedAt: at(28, 10), gap: weekend },
      { startedAt: at(27, 17) },
    );
    expect(rows).toEqual([
      '(day)',
      'Grace',
      'While you were away · Fri 6:02 PM – Mon 8:55 AM',
      'Grace',
      '(day)',
      'Grace',
      '(day)',
      'Grace',
      '(day)',
      'Grace',
    ]);
  });

  it('have one divider for a gap that was read in parts, and one for each other gap', async () => {
    const rows = await showRows(
      { startedAt: at(30, 8), gap: { from: at(29, 18), to: at(30, 8, 55) } },
      { startedAt: at(29, 20), gap: { from: at(29, 18), to: at(29, 21) } },
      { startedAt: at(28, 9), gap: { from: at(28, 8), to: at(28, 10) } },
      { startedAt: at(14, 20), gap: { from: at(14, 18), to: at(15, 8) } },
    );
    expect(rows.filter((row) => row.startsWith('While'))).toEqual([
      'While you were away · Sun 6:00 PM – Mon 8:55 AM',
      'While you were away · Sat 8:00 AM – 10:00 AM',
      'While you were away · Nov 14 6:00 PM – Nov 15 8:00 AM',
    ]);
  });
});

describe('earlier calls', () => {
  function withEarlier(
    entries: readonly LogEntryView[],
    result: 'loaded' | 'none' | 'failed',
    labels: readonly string[] = ['jamie'],
  ): FakeBridge {
    const bridge = withLog(entries, [], {
      'log:load-earlier': () => result,
    });
    bridge.change({
      accounts: labels.map((label, index) =>
        createAccount({ key: `${index}`.repeat(16), label, canLoadEarlierCalls: true }),
      ),
    });
    return bridge;
  }

  it('are loaded on request at the end of the log', async () => {
    const entries = Array.from({ length: 3 }, () => createLogView());
    const bridge = withEarlier(entries, 'loaded');
    const { page, user } = await openRecent(bridge);
    await user.click(await page.findByRole('button', { name: 'Show earlier calls' }));
    expect(bridge.requestsFor('log:load-earlier')).toEqual(['0000000000000000']);
    entries.push(...Array.from({ length: 120 }, () => createLogView({ startedAt: 0 })));
    bridge.change({ logRevision: 1 });
    await expect.poll(() => bridge.requestsFor('log:query').length).toBeGreaterThan(2);
  });

  it('are offered for each account, and in an empty log', async () => {
    const { page } = await openRecent(withEarlier([], 'loaded', ['jamie', 'desk']));
    await page.findByRole('button', { name: 'Show earlier calls for jamie' });
    expect(page.getByRole('button', { name: 'Show earlier calls for desk' })).toBeVisible();
  });

  it.each([
    ['none', 'No earlier calls found'],
    ['failed', 'Couldn’t load earlier calls'],
  ] as const)('report when there are none or loading failed: %s', async (result, text) => {
    const { page, user } = await openRecent(withEarlier([createLogView()], result));
    await user.click(await page.findByRole('button', { name: 'Show earlier calls' }));
    await page.findByText(text);
  });

  it('are not offered before the end, for missed calls only, or in a search', async () => {
    const entries = Array.from({ length: 150 }, () => createMissed());
    const bridge = withEarlier(entries, 'loaded');
    const { page, user } = await openRecent(bridge);
    await page.findAllByRole('listitem');
    const offer = () => page.queryByRole('button', { name: 'Show earlier calls' });
    expect(offer()).toBeNull();
    entries.splice(3);
    bridge.change({ logRevision: 1 });
    await expect.poll(offer).not.toBeNull();
    await user.click(page.getByRole('radio', { name: 'To call back' }));
    await expect.poll(offer).toBeNull();
  });
});

it.each([true, false])(
  'shows whether the calls of a gap are being read: %s',
  async (isCatchingUp) => {
    const state = createAppState({ accounts: [createAccount({ isCatchingUp })] });
    const { page } = await openRecent(new FakeBridge(state));
    const line = page.queryByText('Catching up on missed calls…');
    expect(line !== null).toBe(isCatchingUp);
  },
);
