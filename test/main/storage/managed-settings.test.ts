import { expect, test } from 'vitest';
import { NO_POLICY } from '../../../src/core/policy';
import { getManagedSettings } from '../../../src/main/storage/settings-store';

const SERVER = 'https://team.evovoice.io';

test('manages no settings without a policy', () => {
  expect(getManagedSettings(NO_POLICY, undefined)).toEqual({});
});

test('manages the settings of the policy', () => {
  const policy = { locked: { pollSeconds: 5 }, updates: true };
  expect(getManagedSettings(policy, undefined)).toEqual({ pollSeconds: 5 });
});

test('turns automatic updates off if the policy allows no updates', () => {
  const policy = { locked: {}, updates: false };
  expect(getManagedSettings(policy, undefined)).toEqual({ automaticUpdates: false });
});

test('prefers the server of the environment to the one of the policy', () => {
  const policy = { locked: { server: 'https://other.example' }, updates: true };
  expect(getManagedSettings(policy, SERVER)).toEqual({ server: SERVER });
});
