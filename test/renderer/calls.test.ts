import { fireEvent, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aMember, anAppState, aSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { openWindow } from './open-window';

const withSessions = (...sessions: ReturnType<typeof aSessionView>[]) =>
  new FakeBridge(anAppState({ sessions }));

describe('the calls', () => {
  it('shows who calls, for which customer and in which phase', async () => {
    const { page } = await openWindow(withSessions(aSessionView({ phase: 'ringing' })));
    const row = page.getByRole('button', {
      name: /^Ringing · Incoming call \d:\d\d Grace Hopper for Bright Dental/,
    });
    expect(row).toHaveTextContent('+1 202-555-0147');
    expect(row).toHaveTextContent('Front desk');
  });

  it('says what kind of session it is where it is not the usual one', async () => {
    const { page } = await openWindow(
      withSessions(
        aSessionView({ name: 'Ina' }),
        aSessionView({ name: 'Otto', direction: 'outgoing' }),
        aSessionView({ name: 'Cathy', channel: 'Chat' }),
      ),
    );
    expect(page.getByRole('button', { name: /Ina/ })).not.toHaveTextContent(/incoming/i);
    expect(page.getByRole('button', { name: /Otto/ })).toHaveTextContent('Outgoing call');
    expect(page.getByRole('button', { name: /Cathy/ })).toHaveTextContent('Incoming chat');
  });

  it('names in a comfortable row who else is in the call, and what is not as usual', async () => {
    const members = [
      aMember({ name: 'Jamie Ives' }),
      aMember({ name: 'Maya Kent', muted: true }),
      aMember({ name: 'Grace Hopper', role: 'Caller' }),
    ];
    const bridge = withSessions(aSessionView({ members }));
    const { page } = await openWindow(bridge);
    const row = page.getByRole('button', { name: /Grace Hopper/ });
    expect(row).not.toHaveTextContent('Jamie Ives · Maya Kent, muted');
    bridge.change({ settings: { ...bridge.state.settings, density: 'comfortable' } });
    await waitFor(() => expect(row).toHaveTextContent('Jamie Ives · Maya Kent, muted'));
  });

  it('still names number and phase of each where several ring at once', async () => {
    const rings = ['Ada', 'Bea', 'Cleo'].map((name) => aSessionView({ name, phase: 'ringing' }));
    const { page } = await openWindow(withSessions(...rings));
    for (const row of page.getAllByRole('button', { name: /Ringing/ })) {
      expect(row).toHaveTextContent('for Bright Dental');
      expect(row).toHaveTextContent('+1 202-555-0147');
    }
    expect(page.getAllByRole('button', { name: /Ringing/ })).toHaveLength(3);
  });

  it('puts what rings first, whatever the order of the server', async () => {
    const { page } = await openWindow(
      withSessions(
        aSessionView({ phase: 'queued', name: 'Quentin' }),
        aSessionView({ phase: 'connected', name: 'Conny' }),
        aSessionView({ phase: 'ringing', name: 'Rita' }),
      ),
    );
    const names = page
      .getAllByRole('listitem')
      .map((item) => /Rita|Conny|Quentin/.exec(item.textContent)?.[0]);
    expect(names).toEqual(['Rita', 'Conny', 'Quentin']);
  });

  it('counts the calls of each phase when there are many', async () => {
    const many = Array.from({ length: 12 }, (_, n) =>
      aSessionView({ phase: n < 5 ? 'held' : 'connected' }),
    );
    const { page } = await openWindow(withSessions(...many));
    expect(page.getByRole('heading', { name: 'On hold 5' })).toBeInTheDocument();
    expect(page.getByRole('heading', { name: 'Connected 7' })).toBeInTheDocument();
  });

  it('names the members with role, state, mute and hold', async () => {
    const session = aSessionView({
      members: [
        aMember({ name: 'Maya Kent', muted: true }),
        aMember({ name: 'Leon Vogt', role: 'Supervisor', callState: 'Whispering', held: true }),
      ],
    });
    const { page } = await openWindow(withSessions(session));
    expect(
      page.getByRole('button', {
        name: /Maya Kent, Agent, Connected, muted; Leon Vogt, Supervisor, Whispering, on hold/,
      }),
    ).toBeInTheDocument();
  });

  it('shows the number where there is no name, and says so where there is neither', async () => {
    const { page } = await openWindow(
      withSessions(
        aSessionView({ name: undefined }),
        aSessionView({ name: undefined, number: undefined, dialable: undefined }),
      ),
    );
    expect(page.getByRole('button', { name: /^\+1 202-555-0147 Connected/ })).toBeInTheDocument();
    expect(page.getByRole('button', { name: /^Unknown caller Connected/ })).toBeInTheDocument();
  });

  it('shows a channel and a state that it does not know as they came', async () => {
    const session = aSessionView({
      phase: 'open',
      channel: 'Hologram',
      states: { call: 'Parked', queue: undefined, dial: undefined },
    });
    const { page } = await openWindow(withSessions(session));
    expect(page.getByRole('button', { name: /Open .*Parked.* · .*Hologram/ })).toBeInTheDocument();
  });

  it('keeps markup in a name as text', async () => {
    const { page } = await openWindow(withSessions(aSessionView({ name: '<b>Bob</b>' })));
    expect(page.getByText('<b>Bob</b>')).toBeInTheDocument();
  });

  it('takes a call away when the server no longer lists it', async () => {
    const bridge = withSessions(aSessionView());
    const { page } = await openWindow(bridge);
    bridge.change({ sessions: {}, order: [] });
    await page.findByText('No calls right now');
    await waitFor(() => {
      expect(page.queryByRole('button', { name: /Grace/ })).not.toBeInTheDocument();
    });
  });

  it('tells the last call and the count of the day when nothing goes on', async () => {
    const at = new Date(2025, 2, 4, 10, 42).getTime();
    const bridge = new FakeBridge(
      anAppState({
        today: {
          answered: 3,
          missed: 1,
          outgoing: 1,
          talked: 0,
          held: 0,
          lastCall: { name: 'Walter Greene', at },
        },
      }),
    );
    const { page } = await openWindow(bridge);
    expect(page.getByText(/Last: Walter Greene, 10:42\sAM · 5 calls today/)).toBeInTheDocument();
  });

  it('announces a ringing call once, politely', async () => {
    const ringing = aSessionView({ phase: 'ringing' });
    const bridge = withSessions(ringing);
    const { page } = await openWindow(bridge);
    const region = page.getByTestId('announcements');
    expect(region).toHaveAttribute('aria-live', 'polite');
    expect(region).toHaveTextContent('Grace Hopper is calling for Bright Dental.');

    const changes: string[] = [];
    const watcher = new MutationObserver(() => changes.push(region.textContent));
    watcher.observe(region, { childList: true, characterData: true, subtree: true });
    bridge.change({ sessions: { [ringing.id]: { ...ringing, revision: 2, name: 'Grace H.' } } });
    await waitFor(() => {
      expect(document.querySelector('[data-row]')).toHaveTextContent('Grace H.');
    });
    watcher.disconnect();
    expect(changes).toEqual([]);
  });

  it('finds calls by name, number or customer', async () => {
    const bridge = withSessions(
      aSessionView({
        name: 'Renée Laurent',
        number: '+33 1 99 00 44 17',
        dialable: '+33199004417',
      }),
      aSessionView({ name: 'Tom Ashworth', path: ['Harbor Legal'], customer: 'Harbor Legal' }),
    );
    const { page, user } = await openWindow(bridge);
    const shown = () => page.getAllByRole('listitem').map((item) => item.textContent);
    await user.keyboard('/');
    const field = page.getByRole('searchbox', { name: 'Search' });
    expect(field).toHaveFocus();
    await user.type(field, 'renee');
    expect(shown()).toEqual([expect.stringContaining('Renée')]);
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

  it('moves between rows with the arrow keys, and is one stop of the Tab key', async () => {
    const { page, user } = await openWindow(
      withSessions(
        aSessionView({ name: 'First', startedAt: 1 }),
        aSessionView({ name: 'Second', startedAt: 2 }),
        aSessionView({ name: 'Third', startedAt: 3 }),
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
    expect(page.getByRole('tab', { name: /Calls/ })).toHaveFocus();
  });

  it('says when the hold has been too long', async () => {
    const limit = 2 * 60_000;
    const { page } = await openWindow(
      withSessions(
        aSessionView({ name: 'Short', phase: 'held', phaseSince: Date.now() - limit + 60_000 }),
        aSessionView({ name: 'Long', phase: 'held', phaseSince: Date.now() - limit - 1_000 }),
      ),
    );
    const clock = (name: string) =>
      within(page.getByRole('button', { name: new RegExp(`^${name}`) })).getByRole('timer')
        .parentElement;
    expect(clock('Short')).toHaveAttribute('data-phase', 'held');
    expect(clock('Long')).toHaveAttribute('data-phase', 'overdue');
  });

  it('opens what was aimed at when a new call pushes it from under the pointer', async () => {
    const talking = aSessionView({ id: 'talking', name: 'Tina' });
    const bridge = withSessions(talking);
    const { page } = await openWindow(bridge);
    // However slow the machine is, the click comes at the very moment at which the rows moved.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    onTestFinished(() => void vi.restoreAllMocks());
    await fireEvent.pointerOver(page.getByRole('button', { name: /Tina/ }));
    const ringing = aSessionView({ id: 'ringing', name: 'Rita', phase: 'ringing' });
    bridge.change({ sessions: { talking, ringing }, order: ['talking', 'ringing'] });
    await fireEvent.click(await page.findByRole('button', { name: /Rita/ }), { detail: 1 });
    await expect.poll(() => bridge.askedFor('session:details')).toEqual(['talking']);
  });
});
