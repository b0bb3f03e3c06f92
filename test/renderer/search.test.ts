import { waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAppState, createLogView, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const createBridge = () => {
  const entry = createLogView();
  return new FakeBridge(
    createAppState({
      sessions: [
        createSessionView({ id: 'a', name: 'Ada', answeredBy: 'Pat Kim' }),
        createSessionView({ id: 'b', name: 'Bea' }),
      ],
    }),
    {
      'log:query': ({ search }) =>
        search === '' ? { entries: [], total: 0 } : { entries: [entry], total: 1 },
    },
  );
};

describe('search', () => {
  it('finds active and recent calls, also by a colleague', async () => {
    const bridge = createBridge();
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/');
    await user.type(page.getByRole('searchbox'), 'pat');
    const results = within(await page.findByRole('list', { name: 'Search results' }));
    await waitFor(() => expect(results.getByRole('heading', { name: 'Recent' })).toBeVisible());
    expect(results.getByRole('button', { name: /^Ada/ })).toBeInTheDocument();
    expect(results.queryByRole('button', { name: /^Bea/ })).toBeNull();
    expect(results.getByRole('button', { name: /^Grace Hopper/ })).toBeInTheDocument();
    expect(bridge.requestsFor('log:query').at(-1)).toMatchObject({ search: 'pat', only: 'all' });
    await page.findByText('2 results');
  });

  it('shows results of every kind at the same time', async () => {
    let sendContacts = (): void => undefined;
    const bridge = new FakeBridge(
      createAppState({ sessions: [createSessionView({ name: 'Ada' })] }),
      {
        'contacts:query': () =>
          new Promise((resolve) => {
            sendContacts = () => resolve({ contacts: [], total: 0 });
          }),
        'log:query': () => ({ entries: [createLogView()], total: 1 }),
      },
    );
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/a');
    await page.findByRole('heading', { name: 'Search' });
    expect(page.queryByRole('list')).toBeNull();
    sendContacts();
    await page.findByRole('button', { name: /^Ada/ });
    expect(page.getByRole('heading', { name: 'Recent' })).toBeInTheDocument();
  });

  it('goes from the field to the results with the arrow keys', async () => {
    const { page, user } = await renderApp(createBridge());
    await user.keyboard('/a');
    await page.findByRole('list', { name: 'Search results' });
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(page.getByRole('searchbox')).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(page.getByRole('button', { name: /^Ada/ })).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(page.getByRole('button', { name: /^Bea/ })).toHaveFocus();
  });

  it.each(['/', '{Control>}f{/Control}'])('starts from any view with %s', async (keys) => {
    const { page, user } = await renderApp(createBridge());
    await user.click(page.getByRole('tab', { name: 'Today' }));
    await user.keyboard(keys);
    expect(page.getByRole('searchbox')).toHaveFocus();
    await user.keyboard('{Escape}');
    await user.click(page.getByRole('tab', { name: 'Recent' }));
    await user.click(await page.findByRole('radio', { name: 'All' }));
    await user.keyboard(keys);
    expect(page.getByRole('searchbox')).toHaveFocus();
    await user.keyboard('{Escape}');
    await user.click(page.getByRole('tab', { name: /^Calls/ }));
    await user.click(page.getByRole('button', { name: /^Ada/ }));
    await user.keyboard(keys);
    expect(page.getByRole('searchbox')).toHaveFocus();
  });

  it('finds contacts, calls them back, and copies their numbers', async () => {
    const contact = {
      account: '0123456789abcdef',
      accountLabel: undefined,
      address: '(202) 555-0104',
      name: '<b>Couriers</b>',
      number: '+1 202-555-0104',
      dialable: '+12025550104',
      canCall: true,
      customer: 'Riverside depot',
    };
    const reception = { ...contact, name: 'Reception', address: '300', canCall: false };
    const bridge = new FakeBridge(createAppState(), {
      'contacts:query': ({ search }) =>
        search === 'ri'
          ? { contacts: [contact, reception], total: 30 }
          : { contacts: [], total: 0 },
    });
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/');
    await user.type(page.getByRole('searchbox'), 'ri');
    const results = within(await page.findByRole('list', { name: 'Search results' }));
    await results.findByRole('heading', { name: 'Contacts' });
    expect(results.getByText('<b>Couriers</b>')).toBeVisible();
    expect(results.getByText('28 more contacts')).toBeVisible();
    await page.findByText('30 results');
    await user.click(results.getByRole('button', { name: 'Call back <b>Couriers</b>' }));
    expect(bridge.requestsFor('contact:call-back')).toEqual([
      { account: '0123456789abcdef', address: '(202) 555-0104' },
    ]);
    expect(results.queryByRole('button', { name: 'Call back Reception' })).toBeNull();
    await user.click(results.getByRole('button', { name: /Copy.*Couriers/ }));
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550104']);
  });

  it('finds notes, edits them, and copies their numbers', async () => {
    const number = {
      number: '+12025550104',
      name: 'Fay’s courier',
      text: 'Rings twice',
      priority: 'vip',
      formatted: '+1 202-555-0104',
    } as const;
    const customer = { customer: 'Bright Dental', text: 'Say “ri”', priority: 'normal' } as const;
    const bridge = new FakeBridge(createAppState(), {
      'notes:query': ({ search }) =>
        search === 'ri'
          ? { numbers: [number], customers: [customer], total: 2 }
          : { numbers: [], customers: [], total: 0 },
    });
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/');
    await user.type(page.getByRole('searchbox'), 'ri');
    const results = within(await page.findByRole('list', { name: 'Search results' }));
    await results.findByRole('heading', { name: 'Notes' });
    await page.findByText('2 results');
    await user.click(results.getByRole('button', { name: 'Copy number of Fay’s courier' }));
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+12025550104']);
    expect(results.getByRole('button', { name: /^VIP Fay’s courier/ })).toHaveTextContent(
      '+1 202-555-0104 · Rings twice',
    );
    await user.click(results.getByRole('button', { name: /^Bright Dental/ }));
    const field = results.getByRole('textbox', { name: 'Note about Bright Dental' });
    await user.clear(field);
    await user.type(field, 'Say hello');
    await user.tab();
    expect(bridge.requestsFor('notes:put')).toEqual([
      { numbers: [], customers: [{ ...customer, text: 'Say hello' }] },
    ]);
  });

  it('says that nothing was found', async () => {
    const bridge = new FakeBridge();
    const { page, user } = await renderApp(bridge);
    await user.keyboard('/');
    await user.type(page.getByRole('searchbox'), 'zzz');
    await page.findByText('No results for “zzz”');
  });
});

describe('keyboard shortcuts', () => {
  it('are listed with ?', async () => {
    const { page, user } = await renderApp(new FakeBridge());
    await user.keyboard('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(dialog).toHaveTextContent('Calls, Recent, Today Ctrl + 1 Ctrl + 2 Ctrl + 3');
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(page.queryByRole('dialog')).toBeNull());
  });

  it('show each tab', async () => {
    const { page, user } = await renderApp(new FakeBridge());
    for (const [keys, name] of [
      ['{Control>}2{/Control}', 'Recent'],
      ['{Control>}3{/Control}', 'Today'],
      ['{Control>}1{/Control}', 'Calls'],
    ] as const) {
      await user.keyboard(keys);
      expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
    }
  });
});

describe('a wide window', () => {
  it('shows the details beside the list', async () => {
    const { innerWidth } = window;
    window.innerWidth = 900;
    onTestFinished(() => {
      window.innerWidth = innerWidth;
    });
    const { page, user } = await renderApp(createBridge());
    const pane = within(page.getByRole('region', { name: 'Details' }));
    expect(pane.getByText('Select a call to see its details')).toBeInTheDocument();
    const row = page.getByRole('button', { name: /^Ada/ });
    await user.click(row);
    expect(await pane.findByRole('heading', { level: 1, name: 'Ada' })).toBeInTheDocument();
    expect(row).toHaveAttribute('aria-current', 'true');
    expect(row).toHaveFocus();
    await user.click(pane.getByRole('button', { name: 'Close details' }));
    expect(pane.getByText('Select a call to see its details')).toBeInTheDocument();
  });
});
