import { expect, test } from 'vitest';
import { NO_POLICY } from '../../src/core/policy';
import { lockedSettings } from '../../src/main/locked-settings';

const SERVER = 'https://team.evovoice.io';

test('nothing is locked where nobody manages anything', () => {
  expect(lockedSettings(NO_POLICY, undefined)).toEqual({});
});

test('what the policy holds is locked', () => {
  const policy = { locked: { pollSeconds: 5 }, updates: true };
  expect(lockedSettings(policy, undefined)).toEqual({ pollSeconds: 5 });
});

test('a policy without updates looks for none by itself', () => {
  expect(lockedSettings({ locked: {}, updates: false }, undefined)).toEqual({
    automaticUpdates: false,
  });
});

test('the server of the environment is locked, and wins over the policy’s', () => {
  const policy = { locked: { server: 'https://other.example' }, updates: true };
  expect(lockedSettings(policy, SERVER)).toEqual({ server: SERVER });
});
