import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../../src/core/settings/policy';
import { getManagedSettings } from '../../../src/main/storage/settings-store';

const SERVER = 'https://team.evovoice.io';

test('manages no settings without a policy', () => {
  expect(getManagedSettings(EMPTY_POLICY, undefined)).toEqual({});
});

test('manages the settings of the policy', () => {
  const policy = { settings: { pollSeconds: 5 }, canUpdate: true };
  expect(getManagedSettings(policy, undefined)).toEqual({ pollSeconds: 5 });
});

test('turns automatic updates off if the policy allows no updates', () => {
  const policy = { settings: {}, canUpdate: false };
  expect(getManagedSettings(policy, undefined)).toEqual({ automaticUpdates: false });
});

test('prefers the server of the environment to the one of the policy', () => {
  const policy = { settings: { server: 'https://other.example' }, canUpdate: true };
  expect(getManagedSettings(policy, SERVER)).toEqual({ server: SERVER });
});
