import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/settings';
import { diagnosticsText } from '../../src/main/diagnostics';
import { QUIET_STATE } from './states';

const ABILITIES = { readsMarkup: true, tray: false };

test('the report for support tells versions, abilities and how the connection is', () => {
  const text = diagnosticsText(
    {
      connection: {
        kind: 'offline',
        answeredAt: null,
        since: 0,
        retryAt: 0,
        fault: { kind: 'server-error', code: 'HTTP 503' },
      },
      settings: DEFAULT_SETTINGS,
      order: ['S-1', 'S-2'],
    },
    QUIET_STATE.platform,
    ABILITIES,
  );
  expect(text).toMatch(/^Ringside 1\.2\.3$/m);
  expect(text).toMatch(/offline \(server-error, HTTP 503\)/);
  expect(text).toMatch(/sessions: 2/);
  expect(text).toMatch(/^Tray: no;/m);
});

test('the report tells nothing of persons, calls and servers', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    server: 'https://pbx.clearwater.example',
    screenPopUrl: 'https://crm.clearwater.example/{name}',
    mutedCustomers: ['Bright Dental'],
  };
  const connection = {
    kind: 'signed-out',
    refused: { kind: 'wrong-credentials', message: 'No such user: maya' },
  } as const;
  const text = diagnosticsText(
    { connection, settings, order: ['S-20417'] },
    QUIET_STATE.platform,
    ABILITIES,
  );
  for (const secret of ['clearwater', 'Bright', 'maya', 'S-20417']) {
    expect(text).not.toContain(secret);
  }
});
