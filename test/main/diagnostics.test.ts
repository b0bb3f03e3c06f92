import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import { EMPTY_POLICY, type PolicyProblem } from '../../src/core/settings/policy';
import { createDiagnosticsReport } from '../../src/main/diagnostics';
import type { AccountView } from '../../src/shared/state';
import type { PolicyFile } from '../../src/main/storage/policy-file';
import { EMPTY_STATE } from '../shared/states';

const CAPABILITIES = { bodyMarkup: true, tray: false, notifications: ['body', 'actions'] };
const STATS = { polls: 12, failed: 3, firstMs: 840, medianMs: 84, slowestMs: 310 };
const UNMANAGED: PolicyFile = {
  path: '/etc/ringside/policy.json',
  isPresent: false,
  policy: EMPTY_POLICY,
  problem: undefined,
};
const MANAGED: PolicyFile = { ...UNMANAGED, isPresent: true };

test('the report shows versions, capabilities, and the connection', () => {
  const text = createDiagnosticsReport({
    accounts: {
      connection: {
        kind: 'offline',
        lastResponseAt: null,
        since: 0,
        retryAt: 0,
        error: { kind: 'server-error', code: 'HTTP 503' },
      },
      list: { views: [], sessionKeys: ['S-1', 'S-2'] },
      requestStats: STATS,
    },
    settings: { get: () => DEFAULT_SETTINGS, managedNames: [] },
    platform: EMPTY_STATE.platform,
    capabilities: CAPABILITIES,
    policy: UNMANAGED,
    errors: [{ at: 0, text: 'unexpected: TypeError: odd at poll' }],
  });
  expect(text).toMatch(/^Ringside 1\.2\.3$/m);
  expect(text).toMatch(/offline \(server-error, HTTP 503\)/);
  expect(text).toMatch(/sessions: 2/);
  expect(text).toMatch(/^Tray: no;/m);
  expect(text).toMatch(/^Notification capabilities: body, actions$/m);
  expect(text).toMatch(/^Polls: 12, failed: 3; first response 840 ms .* 84 ms, slowest 310 ms$/m);
  expect(text).toMatch(/^ {2}1970-01-01T00:00:00.000Z unexpected: TypeError: odd at poll$/m);
  expect(text).toMatch(/^Policy: none; managed settings: none$/m);
});

test('the report contains no personal data, calls, or servers', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    server: 'https://pbx.clearwater.example',
    screenPopUrl: 'https://crm.clearwater.example/{name}',
    mutedCustomers: ['Bright Dental'],
  };
  const connection = {
    kind: 'signed-out',
    error: { kind: 'wrong-credentials', message: 'No such user: maya' },
  } as const;
  const text = createDiagnosticsReport({
    accounts: {
      list: { views: [], sessionKeys: ['S-20417'] },
      connection,
      requestStats: STATS,
    },
    settings: { get: () => settings, managedNames: ['server'] },
    platform: EMPTY_STATE.platform,
    capabilities: CAPABILITIES,
    policy: { ...MANAGED, policy: { canUpdate: false, settings: { server: settings.server } } },
    errors: [],
  });
  expect(text).toMatch(/^Recent errors: none$/m);
  for (const secret of ['clearwater', 'Bright', 'maya', 'S-20417']) {
    expect(text).not.toContain(secret);
  }
});

test.each<[PolicyProblem | undefined, string]>([
  [undefined, ''],
  [{ kind: 'entries', names: ['theme', 'color'] }, ', ignored: theme, color'],
  [{ kind: 'unreadable', code: 'EACCES' }, ', unreadable (EACCES)'],
  [{ kind: 'broken' }, ', broken'],
  [{ kind: 'unsafe' }, ', unsafe'],
])('the report shows the policy: %o', (problem, expected) => {
  const text = createDiagnosticsReport({
    accounts: {
      list: { views: [], sessionKeys: [] },
      connection: { kind: 'starting' },
      requestStats: STATS,
    },
    settings: { get: () => DEFAULT_SETTINGS, managedNames: ['theme', 'zoom'] },
    platform: EMPTY_STATE.platform,
    capabilities: CAPABILITIES,
    policy: { ...MANAGED, problem },
    errors: [],
  });
  const line = `Policy: /etc/ringside/policy.json${expected}; managed settings: theme, zoom`;
  expect(text.split('\n')).toContain(line);
});

test.each([
  [{ contacts: true }, 'Contacts: not available for 1 of 2 accounts'],
  [{ chatMessages: true }, 'Chats: not available for 1 of 2 accounts'],
  [{ chatMessages: false }, 'Chats: off'],
  [{ contacts: false }, 'Contacts: off'],
])('the report shows what the server refuses, with %o', (settings, expected) => {
  const account = {
    connection: { kind: 'paused' },
    isHistoryRefused: false,
    areContactsRefused: false,
    areChatsRefused: false,
  } as AccountView;
  const views = [account, { ...account, areContactsRefused: true, areChatsRefused: true }];
  const text = createDiagnosticsReport({
    accounts: {
      list: { views, sessionKeys: [] },
      connection: { kind: 'paused' },
      requestStats: STATS,
    },
    settings: { get: () => ({ ...DEFAULT_SETTINGS, ...settings }), managedNames: [] },
    platform: EMPTY_STATE.platform,
    capabilities: CAPABILITIES,
    policy: UNMANAGED,
    errors: [],
  });
  expect(text.split('\n')).toContain(expected);
  expect(text.split('\n')).toContain('Call history: available');
});
