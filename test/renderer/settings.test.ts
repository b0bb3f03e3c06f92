import { within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings/settings';
import { toAccelerator } from '../../src/renderer/features/settings/accelerator';
import { createLogView, createAccount, createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const withSettings = (
  settings: Partial<Settings> = {},
  state: Parameters<typeof createAppState>[0] = {},
) =>
  new FakeBridge(createAppState({ ...state, settings: { ...DEFAULT_SETTINGS, ...settings } }), {
    'log:query': () => ({ entries: [createLogView()], total: 1 }),
  });

async function openSettings(bridge: FakeBridge) {
  const opened = await renderApp(bridge);
  await opened.user.click(opened.page.getByRole('button', { name: 'Settings' }));
  await opened.page.findByRole('heading', { level: 1, name: 'Settings' });
  return opened;
}

describe('settings', () => {
  it('applies changes immediately', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    const missed = page.getByRole('switch', { name: 'Missed calls' });
    expect(missed).toBeChecked();
    await user.click(missed);
    expect(bridge.requestsFor('settings:update')).toEqual([{ announceMissed: false }]);
    expect(missed).not.toBeChecked();
    await user.selectOptions(page.getByRole('combobox', { name: 'Theme' }), 'Dark');
    expect(bridge.requestsFor('settings:update').at(-1)).toEqual({ theme: 'dark' });
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  });

  it('turns high contrast on', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    expect(document.documentElement).toHaveAttribute('data-contrast', 'normal');
    await user.selectOptions(page.getByRole('combobox', { name: 'Contrast' }), 'High');
    expect(bridge.requestsFor('settings:update')).toEqual([{ contrast: 'high' }]);
    expect(document.documentElement).toHaveAttribute('data-contrast', 'high');
  });

  it.each([
    ['system', 'high'],
    ['normal', 'normal'],
  ] as const)(
    'shows contrast set to %s as %s on a high-contrast system',
    async (contrast, shown) => {
      const matchMedia = window.matchMedia.bind(window);
      window.matchMedia = (media) =>
        Object.assign(matchMedia(media), { matches: media.includes('prefers-contrast: more') });
      try {
        await renderApp(withSettings({ contrast }));
        expect(document.documentElement).toHaveAttribute('data-contrast', shown);
      } finally {
        window.matchMedia = matchMedia;
      }
    },
  );

  it('describes each setting with a help text', async () => {
    const { page } = await openSettings(withSettings());
    expect(page.getByRole('switch', { name: 'Missed calls' })).toHaveAccessibleDescription(
      'Notify me about every call nobody answered.',
    );
  });

  it('finds settings by title, help, or section', async () => {
    const { page, user } = await openSettings(withSettings());
    await user.keyboard('/');
    const field = page.getByRole('searchbox', { name: 'Search settings' });
    expect(field).toHaveFocus();
    await user.type(field, 'on hold');
    expect(page.getByRole('spinbutton', { name: 'Long hold alert (minutes)' })).toBeInTheDocument();
    expect(page.queryByRole('switch')).toBeNull();
    await user.keyboard('{Escape}');
    expect(field).toHaveValue('');
    await user.type(field, 'nothing like it');
    expect(page.getByText('No results for “nothing like it”')).toBeInTheDocument();
  });

  it.each([
    ['dnd', 'Do Not Disturb schedule'],
    ['autostart', 'Start at login'],
    ['font', 'Zoom'],
    ['crm', 'Address'],
    ['exit', 'Quit Ringside'],
  ])('finds settings by other words: %s', async (query, title) => {
    const { page, user } = await openSettings(withSettings());
    await user.keyboard('{Control>}f{/Control}');
    await user.type(page.getByRole('searchbox', { name: 'Search settings' }), query);
    await page.findByText(title, { selector: 'label, h3' });
    expect(page.queryByText('Accounts')).toBeNull();
  });

  it('jumps to a section', async () => {
    const scrollIntoView = vi.fn();
    Element.prototype.scrollIntoView = scrollIntoView;
    const { page, user } = await openSettings(withSettings());
    const sections = within(page.getByRole('navigation', { name: 'Sections' }));
    await user.click(sections.getByRole('button', { name: 'Appearance' }));
    expect(page.getByRole('heading', { name: 'Appearance' })).toHaveFocus();
    expect(scrollIntoView).toHaveBeenCalledOnce();
  });

  it('quits the app', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Quit Ringside' }));
    expect(bridge.requestsFor('app:quit')).toHaveLength(1);
  });

  it('says the range of a number, and what was wrong when it restores the value', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    const hold = page.getByRole('spinbutton', { name: 'Long hold alert (minutes)' });
    expect(hold).toHaveAccessibleDescription(/From 0 to 60\.$/);
    await user.clear(hold);
    await user.type(hold, '99');
    expect(hold).toBeInvalid();
    await user.tab();
    expect(hold).toHaveValue(2);
    expect(page.getByRole('alert')).toHaveTextContent(
      'Enter a whole number from 0 to 60. The value is still 2.',
    );
    expect(bridge.requestsFor('settings:update')).toEqual([]);
  });

  it.each([
    ['Tab', '{Tab}'],
    ['Escape', '{Escape}'],
  ])('applies a number only on %s', async (_end, key) => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    const days = page.getByRole('spinbutton', { name: 'Keep calls for (days)' });
    await user.clear(days);
    await user.type(days, '120');
    // Applying 1 or 12 in between would delete log entries.
    expect(bridge.requestsFor('settings:update')).toEqual([]);
    await user.keyboard(key);
    await vi.waitFor(() => {
      expect(bridge.requestsFor('settings:update')).toEqual([{ logDays: 120 }]);
    });
  });

  it('leaves announcing the volume to its slider', async () => {
    const { page } = await openSettings(withSettings());
    const volume = page.getByRole('slider', { name: 'Volume' });
    expect(volume).toHaveAttribute('aria-valuetext', '60%');
    expect(page.getByText('60%').closest('output, [role="status"], [aria-live]')).toBeNull();
  });

  it('shows an error when the main process refuses a value', async () => {
    const bridge = new FakeBridge(createAppState(), {
      'settings:update': (change) => ({ ok: false, error: Object.keys(change) }),
    });
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('switch', { name: 'Missed calls' }));
    expect(await page.findByRole('alert')).toHaveTextContent('This value isn’t valid.');
  });

  it('mutes customers from a list of known names', async () => {
    const bridge = withSettings(
      { mutedCustomers: ['Acme'] },
      { sessions: [createSessionView({ customerPath: ['Harbor Legal'] })] },
    );
    const { page, user } = await openSettings(bridge);
    const choice = page.getByRole('combobox', { name: 'Muted customers' });
    await within(choice).findByRole('option', { name: 'Harbor Legal' });
    const names = within(choice)
      .getAllByRole('option')
      .map((option) => option.textContent);
    expect(names).toEqual(['Add…', 'Bright Dental', 'Harbor Legal', 'Northside']);
    await user.selectOptions(choice, 'Harbor Legal');
    await user.click(page.getByRole('button', { name: 'Remove Acme' }));
    expect(bridge.requestsFor('settings:update')).toEqual([
      { mutedCustomers: ['Acme', 'Harbor Legal'] },
      { mutedCustomers: ['Harbor Legal'] },
    ]);
  });

  it('edits the Do Not Disturb schedule by weekday', async () => {
    const bridge = withSettings({
      scheduledDoNotDisturb: true,
      doNotDisturbSchedule: [null, { from: 1080, to: 480 }, null, null, null, null, null],
    });
    const { page, user } = await openSettings(bridge);
    expect(page.getByLabelText('Monday, from')).toHaveValue('18:00');
    await user.click(page.getByRole('checkbox', { name: 'Monday' }));
    await user.click(page.getByRole('checkbox', { name: 'Friday' }));
    const getWeek = () => bridge.requestsFor('settings:update').at(-1);
    const night = { from: 1080, to: 480 };
    expect(getWeek()).toEqual({
      doNotDisturbSchedule: [null, null, null, null, null, night, null],
    });
    await user.click(page.getByRole('checkbox', { name: 'Monday' }));
    await user.click(page.getByRole('checkbox', { name: 'Friday, all day' }));
    expect(page.queryByLabelText('Friday, from')).toBeNull();
    const day = { from: 0, to: 0 };
    expect(getWeek()).toEqual({
      doNotDisturbSchedule: [null, night, null, null, null, day, null],
    });
    await user.click(page.getByRole('button', { name: 'Use Monday for all weekdays' }));
    expect(getWeek()).toEqual({
      doNotDisturbSchedule: [null, night, night, night, night, night, null],
    });
  });

  it('validates the screen pop address and shows a preview', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    const address = page.getByRole('textbox', { name: 'Address' });
    await user.click(address);
    await user.paste('http://crm.example.com');
    expect(page.getByText(/Only https:\/\/ addresses/)).toBeInTheDocument();
    await user.clear(address);
    await user.paste('https://crm.example.com/?q={numbr}');
    expect(page.getByText('“numbr” isn’t a known placeholder.')).toBeInTheDocument();
    expect(bridge.requestsFor('settings:update')).toEqual([{ screenPopUrl: '' }]);
    await user.clear(address);
    await user.paste('https://crm.example.com/?q=');
    await user.click(page.getByRole('button', { name: 'Insert customer' }));
    expect(page.getByText('https://crm.example.com/?q=Bright%20Dental')).toBeInTheDocument();
    expect(bridge.requestsFor('settings:update').at(-1)).toEqual({
      screenPopUrl: 'https://crm.example.com/?q={customer}',
    });
    await user.click(page.getByRole('button', { name: 'Try it' }));
    expect(bridge.requestsFor('screen-pop:try')).toHaveLength(1);
    await user.clear(address);
    expect(page.queryByRole('button', { name: 'Try it' })).toBeNull();
  });

  it('records a shortcut and warns if it is taken', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Shortcut: None' }));
    await user.keyboard('{Control>}{Alt>}r{/Alt}{/Control}');
    expect(bridge.requestsFor('settings:update')).toEqual([{ shortcut: 'Control+Alt+R' }]);
    expect(page.getByRole('button', { name: 'Shortcut: Ctrl + Alt + R' })).toBeInTheDocument();
    bridge.change({ notices: [{ kind: 'shortcut-taken', shortcut: 'Control+Alt+R' }] });
    expect(await page.findByRole('alert')).toHaveTextContent(/is already using this shortcut/);
  });

  it('signs out after confirmation and deletes the calls if requested', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Sign out' }));
    const dialog = page.getByRole('alertdialog', { name: 'Sign out?' });
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(within(dialog).getByRole('checkbox', { name: 'Also delete the call log' }));
    await user.click(within(dialog).getByRole('button', { name: 'Sign out' }));
    expect(bridge.requestsFor('account:remove')).toEqual([
      { account: createAccount().key, shouldDeleteCalls: true },
    ]);
  });

  it('offers no sign-out for a managed account', async () => {
    const state = createAppState({ accounts: [createAccount({ isManaged: true })] });
    const { page } = await openSettings(new FakeBridge(state));
    expect(page.queryByRole('button', { name: 'Sign out' })).toBeNull();
    expect(page.getByText('Your administrator manages this sign-in.')).toBeInTheDocument();
  });

  it('disables managed settings', async () => {
    const managed = [
      'announceMissed',
      'theme',
      'doNotDisturbSchedule',
      'mutedChannels',
      'shortcut',
    ] as const;
    const bridge = withSettings(
      { theme: 'dark', scheduledDoNotDisturb: true },
      { managedSettings: managed },
    );
    const { page, user } = await openSettings(bridge);
    const missed = page.getByRole('switch', { name: 'Missed calls' });
    expect(missed).toBeDisabled();
    expect(missed).toHaveAccessibleDescription(
      'Notify me about every call nobody answered. Managed by your organization',
    );
    expect(page.getByRole('combobox', { name: 'Theme' })).toBeDisabled();
    expect(page.getByRole('combobox', { name: 'Muted channels' })).toBeDisabled();
    expect(page.getByRole('button', { name: 'Shortcut: None' })).toBeDisabled();
    expect(page.getByLabelText('Monday, from')).toBeDisabled();
    expect(page.getByRole('switch', { name: 'Do Not Disturb schedule' })).toBeEnabled();
    expect(page.getByRole('switch', { name: 'Incoming calls' })).toBeEnabled();
    await user.click(missed);
    expect(bridge.requestsFor('settings:update')).toEqual([]);
  });

  it('copies the diagnostics', async () => {
    const bridge = withSettings();
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Copy diagnostics' }));
    expect(bridge.requestsFor('diagnostics:copy')).toHaveLength(1);
  });

  it('shows the license list', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('svelte 5 (MIT)'));
    const { page, user } = await openSettings(withSettings());
    expect(fetched).not.toHaveBeenCalled();
    await user.click(page.getByRole('button', { name: 'Show licenses' }));
    const list = await page.findByRole('region', { name: 'Licenses' });
    expect(list).toHaveTextContent('svelte 5 (MIT)');
    await user.click(page.getByRole('button', { name: 'Hide licenses' }));
    expect(list).not.toBeInTheDocument();
    fetched.mockRestore();
  });

  it('reports that the license list cannot be loaded', async () => {
    const fetched = vi
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(new Response('', { status: 404 }));
    const { page, user } = await openSettings(withSettings());
    await user.click(page.getByRole('button', { name: 'Show licenses' }));
    expect(await page.findByText(/license list couldn’t be loaded/i)).toBeInTheDocument();
    fetched.mockRestore();
  });
});

describe('keyboard shortcut', () => {
  const press = (
    code: string,
    held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', true>>,
    key = /^Key(.)$/.exec(code)?.[1]?.toLowerCase() ?? code,
  ) => ({
    code,
    key,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...held,
  });

  it('ignores keys used for typing', () => {
    expect(toAccelerator(press('KeyR', {}), 'linux')).toBeUndefined();
    expect(toAccelerator(press('KeyR', { shiftKey: true }), 'linux')).toBeUndefined();
    expect(toAccelerator(press('ControlLeft', { ctrlKey: true }), 'linux')).toBeUndefined();
  });

  const CONTROL_ALT = { ctrlKey: true, altKey: true } as const;
  const FRENCH = new Map([
    ['KeyQ', 'a'],
    ['KeyA', 'q'],
    ['KeyM', ','],
  ]);
  const RUSSIAN = new Map([
    ['KeyQ', 'й'],
    ['KeyA', 'ф'],
  ]);
  const HEBREW = new Map([
    ['KeyQ', '/'],
    ['KeyA', 'ש'],
  ]);

  it.each([
    ['AZERTY', 'KeyQ', 'a', FRENCH, 'A'],
    ['AZERTY', 'KeyA', 'q', FRENCH, 'Q'],
    ['AZERTY on a Mac, where Alt types another letter', 'KeyQ', 'æ', FRENCH, 'A'],
    ['AZERTY with Shift', 'KeyQ', 'A', FRENCH, 'A'],
    ['QWERTZ', 'KeyY', 'z', new Map<string, string>(), 'Z'],
    ['Dvorak', 'Semicolon', 's', new Map<string, string>(), 'S'],
    ['Polish, where AltGr types another letter', 'KeyA', 'ą', new Map([['KeyA', 'a']]), 'A'],
    ['Russian', 'KeyQ', 'й', RUSSIAN, 'Q'],
    ['Hebrew', 'KeyQ', '/', HEBREW, 'Q'],
    ['an unknown layout', 'KeyQ', 'Dead', new Map<string, string>(), 'Q'],
    ['German, where AltGr types a sign', 'KeyQ', '@', new Map([['KeyQ', 'q']]), 'Q'],
    ['Colemak', 'KeyS', 'r', new Map([['KeyS', 'r']]), 'R'],
    ['Bépo', 'KeyK', 't', new Map([['KeyK', 't']]), 'T'],
    ['Czech with Caps Lock', 'KeyZ', 'Y', new Map([['KeyZ', 'y']]), 'Y'],
    [
      'Greek',
      'KeyW',
      'ς',
      new Map([
        ['KeyW', 'ς'],
        ['KeyA', 'α'],
      ]),
      'W',
    ],
    [
      'Ukrainian',
      'KeyS',
      'і',
      new Map([
        ['KeyS', 'і'],
        ['KeyA', 'ф'],
      ]),
      'S',
    ],
    [
      'Arabic',
      'KeyB',
      'لا',
      new Map([
        ['KeyB', 'لا'],
        ['KeyA', 'ش'],
      ]),
      'B',
    ],
    ['Japanese kana', 'KeyT', 'か', new Map([['KeyT', 't']]), 'T'],
    ['Korean', 'KeyR', 'ㄱ', new Map([['KeyR', 'r']]), 'R'],
    ['an input method', 'KeyR', 'Process', new Map([['KeyR', 'r']]), 'R'],
  ])('records the letter typed on %s', (_, code, key, layout, letter) => {
    expect(toAccelerator(press(code, CONTROL_ALT, key), 'linux', layout)).toBe(
      `Control+Alt+${letter}`,
    );
  });

  it('ignores punctuation on the key of a letter', () => {
    expect(toAccelerator(press('KeyM', CONTROL_ALT, ','), 'linux', FRENCH)).toBeUndefined();
  });

  it.each([
    [
      'KeyI',
      'ı',
      new Map([
        ['KeyI', 'ı'],
        ['KeyA', 'a'],
      ]),
    ],
    [
      'KeyQ',
      "'",
      new Map([
        ['KeyQ', "'"],
        ['KeyA', 'a'],
      ]),
    ],
    [
      'Quote',
      'ä',
      new Map([
        ['Quote', 'ä'],
        ['KeyA', 'a'],
      ]),
    ],
    ['Semicolon', 'ö', new Map<string, string>()],
  ])('ignores %s where it types %s, which no accelerator can name', (code, key, layout) => {
    expect(toAccelerator(press(code, CONTROL_ALT, key), 'linux', layout)).toBeUndefined();
  });

  it('formats a shortcut as the system labels its keys', () => {
    expect(toAccelerator(press('Digit1', { metaKey: true }), 'mac')).toBe('Command+1');
    expect(toAccelerator(press('Digit1', { metaKey: true }), 'windows')).toBe('Super+1');
    expect(toAccelerator(press('F9', {}), 'linux')).toBe('F9');
    expect(toAccelerator(press('ArrowUp', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(
      'Control+Shift+Up',
    );
  });
});
