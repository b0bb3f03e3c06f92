import { fireEvent, waitFor } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMember, createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const withSessions = (...sessions: ReturnType<typeof createSessionView>[]) =>
  new FakeBridge(createAppState({ sessions }));

describe('calls', () => {
  it('shows the caller, the customer, and the phase', async () => {
    const { page } = await renderApp(withSessions(createSessionView({ phase: 'ringing' })));
    const row = page.getByRole('button', {
      name: /^Ringing Incoming call for 1 minute Grace Hopper for Bright Dental/,
    });
    expect(row).toHaveTextContent('+1 202-555-0147');
    expect(row).toHaveTextContent('Front desk');
  });

  it('shows the number that a ringing call was made to', async () => {
    const calledNumber = '+1 202-555-0100';
    const { page } = await renderApp(
      withSessions(createSessionView({ phase: 'ringing', calledNumber })),
    );
    expect(page.getByRole('button', { name: /^Ringing/ })).toHaveTextContent(
      'Called +1 202-555-0100',
    );
  });

  it('names the type of a session unless it is an incoming call', async () => {
    const { page } = await renderApp(
      withSessions(
        createSessionView({ name: 'Ina' }),
        createSessionView({ name: 'Otto', direction: 'outgoing' }),
        createSessionView({ name: 'Cathy', channel: 'Chat' }),
      ),
    );
    expect(page.getByRole('button', { name: /Ina/ })).not.toHaveTextContent(/incoming/i);
    expect(page.getByRole('button', { name: /Otto/ })).toHaveTextContent('Outgoing call');
    expect(page.getByRole('button', { name: /Cathy/ })).toHaveTextContent('Incoming chat');
  });

  it('names who has a call, the user first', async () => {
    const members = [
      createMember({ name: 'Maya Kent', isMuted: true }),
      createMember({ name: 'Jamie Ives', isCurrentUser: true }),
      createMember({ name: 'Grace Hopper', role: 'Caller' }),
    ];
    const { page } = await renderApp(
      withSessions(
        createSessionView({ members }),
        createSessionView({ name: 'Ada', answeredBy: 'Pat Kim' }),
      ),
    );
    expect(page.getByRole('button', { name: /Grace Hopper/ })).toHaveTextContent(
      'You · Maya Kent, muted · +1 202-555-0147',
    );
    expect(page.getByRole('button', { name: /Ada/ })).toHaveTextContent('Pat Kim');
  });

  it('names the endpoint of a row only if there are several', async () => {
    const bridge = withSessions(createSessionView({ id: 'a', name: 'Ada' }));
    const { page } = await renderApp(bridge);
    const row = page.getByRole('button', { name: /Ada/ });
    expect(row).not.toHaveTextContent('Front desk');
    const [a, b] = [
      bridge.state.sessions['a'] ?? createSessionView(),
      createSessionView({ id: 'b', endpoint: 'Desk 7' }),
    ];
    bridge.change({ sessions: { a, b }, sessionOrder: ['a', 'b'] });
    await waitFor(() => expect(row).toHaveTextContent('Front desk'));
  });

  it('shows the number and the phase of each of several ringing calls', async () => {
    const rings = ['Ada', 'Bea', 'Cleo'].map((name) =>
      createSessionView({ name, phase: 'ringing' }),
    );
    const { page } = await renderApp(withSessions(...rings));
    for (const row of page.getAllByRole('button', { name: /Ringing/ })) {
      expect(row).toHaveTextContent('for Bright Dental');
      expect(row).toHaveTextContent('+1 202-555-0147');
    }
    expect(page.getAllByRole('button', { name: /Ringing/ })).toHaveLength(3);
  });

  it('lists ringing calls first, then the user’s own, waiting callers, and those of the team', async () => {
    const { page } = await renderApp(
      withSessions(
        createSessionView({ phase: 'queued', name: 'Quentin' }),
        createSessionView({ phase: 'connected', name: 'Conny' }),
        createSessionView({ phase: 'connected', name: 'Owen', isOwn: true }),
        createSessionView({ phase: 'ringing', name: 'Rita' }),
      ),
    );
    const names = page
      .getAllByRole('listitem')
      .map((item) => /Rita|Conny|Quentin|Owen/.exec(item.textContent)?.[0]);
    expect(names).toEqual(['Rita', 'Owen', 'Quentin', 'Conny']);
  });

  it('shows a heading with the count of each phase when there are many calls', async () => {
    const many = Array.from({ length: 12 }, (_, n) =>
      createSessionView({ phase: n < 5 ? 'held' : 'connected', isOwn: n === 11 }),
    );
    const { page } = await renderApp(withSessions(...many));
    expect(page.getByRole('heading', { name: 'On hold 5' })).toBeInTheDocument();
    expect(page.getByRole('heading', { name: 'Connected 6' })).toBeInTheDocument();
    expect(page.getByRole('heading', { name: 'Your calls 1' })).toBeInTheDocument();
  });

  it('describes members with role, state, mute, and hold', async () => {
    const session = createSessionView({
      members: [
        createMember({ name: 'Maya Kent', isMuted: true }),
        createMember({
          name: 'Leon Vogt',
          role: 'Supervisor',
          callState: 'Whispering',
          isHeld: true,
        }),
      ],
    });
    const { page } = await renderApp(withSessions(session));
    expect(
      page.getByRole('button', {
        name: /Maya Kent, Agent, Connected, muted; Leon Vogt, Supervisor, Whispering, on hold/,
      }),
    ).toBeInTheDocument();
  });

  it('shows the number if there is no name, and "Unknown caller" if there is neither', async () => {
    const { page } = await renderApp(
      withSessions(
        createSessionView({ name: undefined }),
        createSessionView({ name: undefined, number: undefined, dialable: undefined }),
      ),
    );
    expect(page.getByRole('button', { name: /^\+1 202-555-0147 Connected/ })).toBeInTheDocument();
    expect(page.getByRole('button', { name: /^Unknown caller Connected/ })).toBeInTheDocument();
  });

  it('shows a withheld number without buttons to copy it or call back', async () => {
    const unknown = { name: undefined, number: undefined, dialable: undefined };
    const { page, user } = await renderApp(
      withSessions(createSessionView({ ...unknown, isWithheld: true })),
    );
    await user.click(page.getByRole('button', { name: /^Private number Connected/ }));
    expect(await page.findByRole('heading', { name: 'Private number' })).toBeInTheDocument();
    expect(page.queryByRole('button', { name: /Copy number|Call back/ })).not.toBeInTheDocument();
  });

  it('shows unknown channels and states as received', async () => {
    const session = createSessionView({
      phase: 'open',
      channel: 'Hologram',
      states: { call: 'Parked', queue: undefined, dial: undefined },
    });
    const { page } = await renderApp(withSessions(session));
    expect(page.getByRole('button', { name: /Open .*Parked.*Hologram/ })).toBeInTheDocument();
  });

  it('shows markup in a name as text', async () => {
    const { page } = await renderApp(withSessions(createSessionView({ name: '<b>Bob</b>' })));
    expect(page.getByText('<b>Bob</b>')).toBeInTheDocument();
  });

  it('removes a call that the server no longer lists', async () => {
    const bridge = withSessions(createSessionView());
    const { page } = await renderApp(bridge);
    bridge.change({ sessions: {}, sessionOrder: [] });
    await page.findByText('No calls right now');
    await waitFor(() => {
      expect(page.queryByRole('button', { name: /Grace/ })).not.toBeInTheDocument();
    });
  });

  it('shows the last call and the count of the day when there are no calls', async () => {
    const at = new Date(2025, 2, 4, 10, 42).getTime();
    const bridge = new FakeBridge(
      createAppState({
        today: {
          answered: 3,
          missed: 1,
          outgoing: 1,
          talkMs: 0,
          holdMs: 0,
          lastCall: {
            name: 'Walter Greene',
            number: undefined,
            dialable: undefined,
            isWithheld: false,
            at,
          },
        },
      }),
    );
    const { page } = await renderApp(bridge);
    expect(page.getByText(/Last: Walter Greene, 10:42\sAM · 5 calls today/)).toBeInTheDocument();
  });

  it('finds calls by name, number, or customer', async () => {
    const bridge = withSessions(
      createSessionView({
        name: 'Renée Laurent',
        number: '+33 1 99 00 44 17',
        dialable: '+33199004417',
      }),
      createSessionView({
        name: 'Tom Ashworth',
        customerPath: ['Harbor Legal'],
        customer: 'Harbor Legal',
      }),
    );
    const { page, user } = await renderApp(bridge);
    const shown = () =>
      page.getAllByRole('button', { name: /Renée|Tom/ }).map((row) => row.textContent);
    await user.keyboard('/');
    const field = page.getByRole('searchbox', { name: 'Search' });
    expect(field).toHaveFocus();
    await user.type(field, 'renee');
    await page.findByRole('list', { name: 'Search results' });
    await waitFor(() => expect(shown()).toEqual([expect.stringContaining('Renée')]));
    await user.clear(field);
    await user.type(field, '9900 44');
    expect(shown()).toEqual([expect.stringContaining('Renée')]);
    await user.clear(field);
    await user.type(field, 'harbor');
    expect(shown()).toEqual([expect.stringContaining('Tom')]);
    await user.type(field, 'zzz');
    await page.findByText('No results for “harborzzz”');
    await user.keyboard('{Escape}');
    expect(shown()).toHaveLength(2);
  });

  it('moves between rows with the arrow keys and is one Tab stop, besides the actions of its row', async () => {
    const { page, user } = await renderApp(
      withSessions(
        createSessionView({ name: 'First', startedAt: 1 }),
        createSessionView({ name: 'Second', startedAt: 2 }),
        createSessionView({ name: 'Third', startedAt: 3 }),
      ),
    );
    const row = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
    row('First').focus();
    await user.keyboard('{ArrowDown}');
    expect(row('Second')).toHaveFocus();
    await user.keyboard('{End}');
    expect(row('Third')).toHaveFocus();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(row('First')).toHaveFocus();
    await user.tab();
    expect(document.activeElement).toHaveAccessibleName(/^Mute /);
    await user.tab();
    expect(page.getByRole('tab', { name: /Calls/ })).toHaveFocus();
  });

  it('says where a row is in a long list of which only a part is rendered', async () => {
    const sessions = Array.from({ length: 200 }, (_, n) =>
      createSessionView({ name: `Caller ${n}`, startedAt: n }),
    );
    const { page } = await renderApp(withSessions(...sessions));
    const item = (await page.findByRole('button', { name: /^Caller 3\b/ })).closest(
      '[role="listitem"]',
    );
    const setSize = Number(item?.getAttribute('aria-setsize'));
    expect(setSize).toBeGreaterThanOrEqual(200);
    expect(Number(item?.getAttribute('aria-posinset'))).toBe(setSize - 196);
    expect(page.getAllByRole('listitem').length).toBeLessThan(200);
  });

  it('says in words how long a call has been held, and that it is longer than the limit', async () => {
    const held = (name: string, minutes: number) =>
      createSessionView({ name, phase: 'held', phaseSince: Date.now() - minutes * 60_000 - 1_000 });
    const { page } = await renderApp(
      withSessions(held('Ada', 0), held('Bea', 1), held('Cleo', 62)),
    );
    const getRow = (name: RegExp) => page.getByRole('button', { name });
    expect(getRow(/^Ada On hold for less than a minute for Bright Dental/)).toBeInTheDocument();
    expect(
      getRow(/^Bea On hold for 1 minute for Bright Dental/).querySelector('svg.lucide-clock-alert'),
    ).toBeNull();
    const overdue = getRow(/^Cleo On hold for 1 hour 2 minutes, longer than the limit for Bright/);
    expect(overdue.querySelector('svg.lucide-clock-alert')).not.toBeNull();
  });

  it('opens the intended call when a new one moves it from under the pointer', async () => {
    const talking = createSessionView({ id: 'talking', name: 'Tina' });
    const bridge = withSessions(talking);
    const { page } = await renderApp(bridge);
    // Freezes the clock so that the click comes right after the rows moved.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    onTestFinished(() => void vi.restoreAllMocks());
    await fireEvent.pointerOver(page.getByRole('button', { name: /Tina/ }));
    const ringing = createSessionView({ id: 'ringing', name: 'Rita', phase: 'ringing' });
    bridge.change({ sessions: { talking, ringing }, sessionOrder: ['talking', 'ringing'] });
    await fireEvent.click(await page.findByRole('button', { name: /Rita/ }), { detail: 1 });
    await expect.poll(() => bridge.requestsFor('session:details')).toEqual(['talking']);
  });
});

describe('the ringing strip', () => {
  const withRings = () => [
    createSessionView({ id: 'late', name: 'Rita', phase: 'ringing', startedAt: 2_000 }),
    createSessionView({ id: 'early', name: 'Ringo', phase: 'ringing', startedAt: 1_000 }),
    createSessionView({ id: 'own', name: 'Ruth', phase: 'ringing', startedAt: 3_000, isOwn: true }),
  ];
  const getStrip = (page: Awaited<ReturnType<typeof renderApp>>['page']) =>
    page.queryByRole('region', { name: 'Ringing calls' });

  it('says in the list and in the strip that a caller is a VIP', async () => {
    const vip = { notes: { number: '', customer: '', priority: 'vip' } } as const;
    const { page, user } = await renderApp(
      withSessions(
        createSessionView({ name: 'Ada', ...vip }),
        createSessionView({ name: 'Rita', phase: 'ringing', ...vip }),
      ),
    );
    expect(page.getByRole('button', { name: /^VIP Ada Connected/ })).toBeInTheDocument();
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    expect(getStrip(page)).toHaveTextContent(/Ringing: VIP Rita for/);
  });

  it('is on every page but the one with the ringing cards', async () => {
    const { page, user } = await renderApp(withSessions(...withRings()));
    expect(getStrip(page)).toBeNull();
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    expect(getStrip(page)).toHaveTextContent(/Ringing: Ruth for Bright Dental/);
    await user.click(page.getByRole('tab', { name: 'Today' }));
    expect(getStrip(page)).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Settings' }));
    expect(getStrip(page)).toBeInTheDocument();
  });

  it('leaves out a nuisance call, which is only listed', async () => {
    const notes = { number: '', customer: '', priority: 'nuisance' } as const;
    const { page, user } = await renderApp(
      withSessions(createSessionView({ name: 'Nora', phase: 'ringing', notes, isOwn: true })),
    );
    expect(page.getByRole('button', { name: /^Nuisance Nora Ringing/ })).toBeInTheDocument();
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    expect(getStrip(page)).toBeNull();
  });

  it('shows that calls ring while the list is scrolled away from them', async () => {
    const { page } = await renderApp(withSessions(...withRings()));
    const list = page.getByRole('list', { name: 'Active calls' });
    list.scrollTop = 400;
    await fireEvent.scroll(list);
    await waitFor(() => expect(getStrip(page)).toBeInTheDocument());
    list.scrollTop = 0;
    await fireEvent.scroll(list);
    await waitFor(() => expect(getStrip(page)).toBeNull());
  });

  it('opens the details of a call, and the list for the others', async () => {
    const bridge = withSessions(...withRings());
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    await user.click(page.getByRole('button', { name: /^Ringing: Ruth/ }));
    expect(bridge.requestsFor('session:details')).toEqual(['own']);
    // The details show the call itself.
    expect(getStrip(page)).toHaveTextContent(/Ringing: Ringo/);
    await user.click(page.getByRole('button', { name: 'Show 1 more ringing call' }));
    expect(page.getByRole('tab', { name: /^Calls/ })).toHaveAttribute('aria-selected', 'true');
    expect(getStrip(page)).toBeNull();
  });
});

it('opens the customer page from a row and from the card of a ringing call', async () => {
  const state = createAppState({
    sessions: [
      createSessionView({ id: 'a', name: 'Ada' }),
      createSessionView({ id: 'r', phase: 'ringing' }),
    ],
  });
  const settings = { ...state.settings, screenPopUrl: 'https://crm.example/{number}' };
  const bridge = new FakeBridge({ ...state, settings });
  const { page, user } = await renderApp(bridge);
  await user.click(page.getByRole('button', { name: 'Open customer page for Grace Hopper' }));
  await user.click(page.getByRole('button', { name: 'Open customer page for Ada' }));
  expect(bridge.requestsFor('session:screen-pop')).toEqual(['r', 'a']);
});

describe('the introduction', () => {
  const withIntroduction = (...sessions: ReturnType<typeof createSessionView>[]) =>
    new FakeBridge(createAppState({ sessions, showsIntroduction: true }));

  it.each([
    ['without calls', []],
    ['below the calls', [createSessionView()]],
  ])('sets up what a new user needs, %s, and can be dismissed', async (_, sessions) => {
    const bridge = withIntroduction(...sessions);
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('button', { name: 'Send a test alert' }));
    expect(bridge.requestsFor('alert:test')).toHaveLength(1);
    await user.click(page.getByRole('switch', { name: 'Start at login' }));
    expect(bridge.requestsFor('settings:update')).toEqual([{ launchAtLogin: true }]);
    await user.click(page.getByRole('switch', { name: 'Keep on top' }));
    expect(bridge.requestsFor('window:pin')).toEqual([true]);
    await user.click(page.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(page.queryByText('Welcome to Ringside')).toBeNull());
    expect(bridge.requestsFor('introduction:dismiss')).toHaveLength(1);
  });

  it('leads to the setting for customer pages', async () => {
    const { page, user } = await renderApp(withIntroduction());
    await user.click(page.getByRole('button', { name: 'Set up customer pages' }));
    const heading = await page.findByRole('heading', { name: 'Customer page' });
    await waitFor(() => expect(heading).toHaveFocus());
  });

  it('offers nothing that an administrator has set', async () => {
    const bridge = withIntroduction();
    bridge.change({ managedSettings: ['launchAtLogin', 'pinned', 'screenPopUrl'] });
    const { page } = await renderApp(bridge);
    expect(page.queryAllByRole('switch')).toEqual([]);
    expect(page.queryByRole('button', { name: 'Set up customer pages' })).toBeNull();
  });
});
