import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRingAlert, type Alert } from '../../../src/core/alerts/alert';
import type { Effect } from '../../../src/core/alerts/reduce';
import { groupAlerts, NO_ALERTS, type AlertGroups } from '../../../src/core/alerts/group-alerts';
import { createSessionKey } from '../../../src/core/calls/session-key';
import { withAccount, type AccountScope } from '../../../src/core/alerts/scope-effect';
import { SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

let accounts: AccountsHarness;

beforeEach(() => {
  accounts = new AccountsHarness('maya', 'priya', 'zoë');
});

describe('groupAlerts: simultaneous rings', () => {
  test('are shown separately as long as there are only three', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan');
    expect(accounts.visibleAlerts).toEqual(['Ada (maya)', 'Grace (maya)', 'Alan (priya)']);
  });

  test('of several accounts become one notification with a count and no account', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    expect(accounts.visibleAlerts).toEqual(['4 ring']);
    expect(accounts.changes).toEqual([
      ['raise', 'Ada (maya)'],
      ['raise', 'Grace (maya)'],
      ['withdraw', 'Ada (maya)'],
      ['withdraw', 'Grace (maya)'],
      ['raise', '4 ring'],
    ]);
  });

  test('that start together are grouped from the start', () => {
    accounts.batch(() => {
      accounts.ring('maya', 'Ada', 'Grace');
      accounts.ring('priya', 'Alan', 'Ida');
    });
    expect(accounts.changes).toEqual([['raise', '4 ring']]);
  });

  test('name the account if all of them are of the same one', () => {
    accounts.ring('maya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.visibleAlerts).toEqual(['4 ring (maya)']);
    accounts.ring('priya', 'Alan');
    expect(accounts.visibleAlerts).toEqual(['5 ring']);
    accounts.ring('priya');
    expect(accounts.visibleAlerts).toEqual(['4 ring (maya)']);
  });

  test('name the account again once the rings of other accounts have ended', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('priya');
    expect(accounts.visibleAlerts).toEqual(['2 ring (maya)']);
  });

  test('are counted down in place, and the last one shows its caller and account', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.clearChanges();
    accounts.ring('maya', 'Grace');
    accounts.ring('priya', 'Alan');
    accounts.ring('maya');
    accounts.ring('priya');
    expect(accounts.changes).toEqual([
      ['update', '3 ring'],
      ['update', '2 ring'],
      ['update', 'Alan (priya)'],
      ['withdraw', 'Alan (priya)'],
    ]);
    expect(accounts.visibleAlerts).toEqual([]);
  });

  test('show a new ring separately once at most three remain', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('maya', 'Ada');
    accounts.ring('priya', 'Alan');
    accounts.ring('zoë', 'Joan');
    expect(accounts.visibleAlerts).toEqual(['2 ring', 'Joan (zoë)']);
  });

  test('are shown separately again after all of them have ended', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('maya');
    accounts.ring('priya');
    accounts.ring('maya', 'Joan', 'Mary');
    expect(accounts.visibleAlerts).toEqual(['Joan (maya)', 'Mary (maya)']);
  });
});

describe('groupAlerts: a session of two accounts', () => {
  beforeEach(() => {
    accounts.isShared = true;
  });

  test('rings once for both accounts', () => {
    accounts.ring('maya', 'Ada');
    accounts.ring('priya', 'Ada');
    expect(accounts.changes).toEqual([
      ['raise', 'Ada (maya)'],
      ['update', 'Ada (maya, priya)'],
    ]);
    accounts.ring('maya');
    expect(accounts.visibleAlerts).toEqual(['Ada (priya)']);
    accounts.ring('priya');
    expect(accounts.visibleAlerts).toEqual([]);
  });

  test.each([
    [['maya', 'priya', 'zoë']],
    [['zoë', 'maya', 'priya']],
    [['priya', 'priya', 'maya', 'zoë', 'maya']],
  ])('rings and is missed once if they poll in the order %j', (order) => {
    for (const account of order) accounts.ring(account, 'Ada');
    for (const account of order) accounts.miss(account, 'Ada');
    const raised = accounts.changes.filter(([kind]) => kind === 'raise');
    expect(raised.map(([, text]) => text)).toEqual([
      `Ada (${order[0]})`,
      expect.stringMatching(/^missed Ada/),
    ]);
    expect(accounts.visibleAlerts).toHaveLength(1);
    for (const account of new Set(order)) expect(accounts.visibleAlerts[0]).toContain(account);
  });

  test('rings for the one that still lists it, and is raised for no other caller', () => {
    accounts.ring('maya', 'Ada');
    accounts.ring('priya', 'Ada', 'Grace');
    accounts.ring('maya', 'Grace');
    accounts.ring('priya', 'Grace');
    const raised = accounts.changes.filter(([kind]) => kind === 'raise');
    expect(raised.map(([, text]) => text)).toEqual(['Ada (maya)', 'Grace (priya)']);
    expect(accounts.visibleAlerts).toEqual([
      expect.stringMatching(/^Grace \((?=.*maya)(?=.*priya)/),
    ]);
  });

  test('is counted once in a group', () => {
    accounts.ring('maya', 'Ada', 'Grace', 'Ida');
    accounts.ring('priya', 'Ada', 'Grace', 'Ida');
    expect(accounts.visibleAlerts).toHaveLength(3);
    accounts.ring('maya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.visibleAlerts).toEqual(['4 ring']);
    accounts.ring('priya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.visibleAlerts).toEqual(['4 ring (maya, priya)']);
  });

  test('is announced as missed once, alone and in a digest', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    accounts.miss('maya', 'Ada');
    accounts.miss('priya', 'Ada');
    expect(accounts.visibleAlerts).toEqual(['missed Ada (maya, priya)']);
    for (const account of ['maya', 'priya', 'zoë']) {
      for (const caller of ['Grace', 'Ida']) accounts.miss(account, caller);
    }
    expect(accounts.visibleAlerts).toEqual(['3 missed, many']);
  });
});

describe('groupAlerts: missed calls of several accounts', () => {
  test('become one digest from two on, which is raised again for each further call', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    accounts.miss('maya', 'Ada');
    expect(accounts.visibleAlerts).toEqual(['missed Ada (maya)']);
    accounts.miss('priya', 'Ada');
    accounts.miss('zoë', 'Ada');
    accounts.miss('maya', 'Ida');
    expect(accounts.changes).toEqual([
      ['raise', 'missed Ada (maya)'],
      ['raise', '2 missed, many'],
      ['raise', '3 missed, many'],
      ['raise', '4 missed, many'],
    ]);
    expect(accounts.visibleAlerts).toEqual(['4 missed, many']);
  });

  test('never show more than one alert', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    for (let count = 0; count < 20; count += 1) {
      accounts.miss('maya', `Caller ${count}`);
      expect(accounts.visibleAlerts).toHaveLength(1);
    }
    expect(accounts.visibleAlerts).toEqual(['20 missed, many (maya)']);
  });
});

describe('groupAlerts: other alerts', () => {
  test('are passed on unchanged', () => {
    const effects: readonly Effect[] = [
      {
        kind: 'raise',
        alert: { kind: 'connection-problem', key: 'trouble:offline', problem: 'offline' },
      },
    ];
    const after = groupAlerts(NO_ALERTS, effects);
    expect(after.effects).toEqual(effects);
    expect(groupAlerts(after.groups, effects).effects).toEqual([]);
  });

  test('are raised after rings', () => {
    accounts.ring('maya', 'Ada');
    accounts.batch(() => {
      accounts.miss('maya', 'Ada');
      accounts.ring('priya', 'Alan');
    });
    expect(accounts.changes.slice(1)).toEqual([
      ['withdraw', 'Ada (maya)'],
      ['raise', 'Alan (priya)'],
      ['raise', 'missed Ada (maya)'],
    ]);
  });
});

test('groupAlerts shows exactly the current rings and groups more than three for any sequence', () => {
  const account = fc.constantFrom('maya', 'priya', 'zoë');
  const names = fc.subarray(['Ada', 'Grace', 'Alan', 'Ida', 'Joan']);
  const step = fc.record({ account, names, shouldRepeat: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const subject = new AccountsHarness('maya', 'priya', 'zoë');
      const expected = new Map<string, 'separate' | 'grouped'>();
      for (const { account, names, shouldRepeat } of steps) {
        const ringing = names.map((name) => `${name} (${account})`);
        for (const ring of [...expected.keys()]) {
          if (ring.endsWith(`(${account})`) && !ringing.includes(ring)) expected.delete(ring);
        }
        for (const ring of ringing) if (!expected.has(ring)) expected.set(ring, 'separate');
        if (expected.size > 3) for (const ring of expected.keys()) expected.set(ring, 'grouped');
        subject.clearChanges();
        subject.ring(account, ...names);
        if (shouldRepeat) subject.repeatEffects();
        const separate = [...expected].flatMap(([ring, state]) =>
          state === 'separate' ? [ring] : [],
        );
        const grouped = [...expected].flatMap(([ring, state]) =>
          state === 'grouped' ? [ring] : [],
        );
        const visible = subject.visibleAlerts.map((line) => line.replace(/( ring) \(.*/, '$1'));
        const counted = grouped.length > 1 ? [`${grouped.length} ring`] : grouped;
        expect(visible.sort()).toEqual([...separate, ...counted].sort());
        // A grouped ring is never shown separately again.
        const raised = subject.changes.flatMap(([kind, line]) => (kind === 'raise' ? [line] : []));
        expect(raised.filter((line) => grouped.includes(line))).toEqual([]);
      }
    }),
  );
});

/** Groups the alerts of several accounts, each with its own harness. */
class AccountsHarness {
  readonly #accounts: ReadonlyMap<string, AlertHarness>;
  #groups: AlertGroups = NO_ALERTS;
  #open = new Map<string, Alert>();
  #lastEffects: readonly Effect[] = [];
  #batch: Effect[] | undefined;
  /** Whether the accounts list the same sessions. */
  isShared = false;
  /** Changes to the visible alerts, in order. */
  changes: (readonly [Effect['kind'], string])[] = [];

  constructor(...accounts: readonly string[]) {
    this.#accounts = new Map(accounts.map((account) => [account, new AlertHarness()]));
  }

  /** Replaces the calls of an account. */
  ring(account: string, ...names: readonly string[]): void {
    this.#poll(
      account,
      names.map((from): SessionFixture => ({ id: from, from, ringing: true })),
    );
  }

  miss(account: string, from: string): void {
    this.#poll(account, [{ id: from, from, ended: true, missed: true }]);
  }

  batch(action: () => void): void {
    const effects: Effect[] = (this.#batch = []);
    action();
    this.#batch = undefined;
    this.#apply(effects);
  }

  /** Applies the last effects again and expects no change. */
  repeatEffects(): void {
    const before = this.changes.length;
    this.#apply(this.#lastEffects);
    expect(this.changes).toHaveLength(before);
  }

  get visibleAlerts(): readonly string[] {
    return [...this.#open.values()].map(describeAlert);
  }

  clearChanges(): void {
    this.changes = [];
  }

  #poll(account: string, fixtures: readonly SessionFixture[]): void {
    const harness = this.#accounts.get(account);
    if (!harness) throw new Error(`there is no account ${account}`);
    // Lookups of vanished calls find that a colleague answered.
    const answered = { callState: 'Connected', answeredByName: 'Maya Kent' };
    const scope: AccountScope = {
      key: account,
      getSessionKey: (id) => (this.isShared ? `shared/${id}` : createSessionKey(account, id)),
      label: account,
      logLabel: account,
      hasOtherAccounts: true,
    };
    const effects = [
      ...harness.poll(...fixtures),
      ...harness.resolveLookups(harness.dueLookups.map((id) => ({ id, ...answered }))),
    ].map((effect) => withAccount(scope, effect));
    harness.advance(15 * SECOND);
    if (this.#batch) this.#batch.push(...effects);
    else this.#apply(effects);
  }

  #apply(effects: readonly Effect[]): void {
    this.#lastEffects = effects;
    const after = groupAlerts(this.#groups, effects);
    this.#groups = after.groups;
    for (const effect of after.effects) {
      if (effect.kind === 'log') continue;
      const { kind, alert } = effect;
      // The effects must lead from the previous alerts to the current ones.
      if (kind !== 'raise') expect(this.#open.has(alert.key)).toBe(true);
      if (kind === 'withdraw') this.#open.delete(alert.key);
      else this.#open.set(alert.key, alert);
      this.changes.push([kind, describeAlert(alert)]);
    }
    const rings = [...this.#open.values()].filter(isRingAlert);
    expect(rings.map(({ key }) => key).sort()).toEqual(
      this.#groups.rings.map(({ key }) => key).sort(),
    );
  }
}

function describeAlert(alert: Alert): string {
  const account = alert.accountLabel === undefined ? '' : ` (${alert.accountLabel})`;
  switch (alert.kind) {
    case 'ringing':
      return `${alert.summary.party.name ?? ''}${account}`;
    case 'grouped-rings':
      return `${alert.summaries.length} ring${account}`;
    case 'missed':
      return `missed ${alert.missedCall.summary.party.name ?? ''}${account}`;
    case 'missed-digest':
      return `${alert.missedCalls.length} missed, ${alert.reason}${account}`;
    case 'voicemail':
    case 'long-hold':
    case 'connection-problem':
      return `${alert.kind}${account}`;
  }
}
