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

describe('more than three rings, whichever accounts they are of,', () => {
  test('are three notifications as long as they are three', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan');
    expect(accounts.shows).toEqual(['Ada (maya)', 'Grace (maya)', 'Alan (priya)']);
  });

  test('become one notification with the count that belongs to no account', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    expect(accounts.shows).toEqual(['4 ring']);
    expect(accounts.did).toEqual([
      ['raise', 'Ada (maya)'],
      ['raise', 'Grace (maya)'],
      ['withdraw', 'Ada (maya)'],
      ['withdraw', 'Grace (maya)'],
      ['raise', '4 ring'],
    ]);
  });

  test('that start together are one notification from the start', () => {
    accounts.inOneGo(() => {
      accounts.ring('maya', 'Ada', 'Grace');
      accounts.ring('priya', 'Alan', 'Ida');
    });
    expect(accounts.did).toEqual([['raise', '4 ring']]);
  });

  test('are the account’s where they are all of one', () => {
    accounts.ring('maya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.shows).toEqual(['4 ring (maya)']);
    accounts.ring('priya', 'Alan');
    expect(accounts.shows).toEqual(['5 ring']);
    accounts.ring('priya');
    expect(accounts.shows).toEqual(['4 ring (maya)']);
  });

  test('are the account’s again once those of others are over', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('priya');
    expect(accounts.shows).toEqual(['2 ring (maya)']);
  });

  test('are counted down in place as they are answered, the last one by name and account', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.forget();
    accounts.ring('maya', 'Grace');
    accounts.ring('priya', 'Alan');
    accounts.ring('maya');
    accounts.ring('priya');
    expect(accounts.did).toEqual([
      ['update', '3 ring'],
      ['update', '2 ring'],
      ['update', 'Alan (priya)'],
      ['withdraw', 'Alan (priya)'],
    ]);
    expect(accounts.shows).toEqual([]);
  });

  test('a new one beside the few that are left has a notification of its own', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('maya', 'Ada');
    accounts.ring('priya', 'Alan');
    accounts.ring('zoë', 'Joan');
    expect(accounts.shows).toEqual(['2 ring', 'Joan (zoë)']);
  });

  test('are announced again when they have all ended and others ring', () => {
    accounts.ring('maya', 'Ada', 'Grace');
    accounts.ring('priya', 'Alan', 'Ida');
    accounts.ring('maya');
    accounts.ring('priya');
    accounts.ring('maya', 'Joan', 'Mary');
    expect(accounts.shows).toEqual(['Joan (maya)', 'Mary (maya)']);
  });
});

describe('a session that two accounts list', () => {
  beforeEach(() => {
    accounts.isShared = true;
  });

  test('rings once, for both of them', () => {
    accounts.ring('maya', 'Ada');
    accounts.ring('priya', 'Ada');
    expect(accounts.did).toEqual([
      ['raise', 'Ada (maya)'],
      ['update', 'Ada (maya, priya)'],
    ]);
    accounts.ring('maya');
    expect(accounts.shows).toEqual(['Ada (priya)']);
    accounts.ring('priya');
    expect(accounts.shows).toEqual([]);
  });

  test('is counted once among many rings', () => {
    accounts.ring('maya', 'Ada', 'Grace', 'Ida');
    accounts.ring('priya', 'Ada', 'Grace', 'Ida');
    expect(accounts.shows).toHaveLength(3);
    accounts.ring('maya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.shows).toEqual(['4 ring']);
    accounts.ring('priya', 'Ada', 'Grace', 'Ida', 'Joan');
    expect(accounts.shows).toEqual(['4 ring (maya, priya)']);
  });

  test('is missed once, alone and among others', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    accounts.miss('maya', 'Ada');
    accounts.miss('priya', 'Ada');
    expect(accounts.shows).toEqual(['missed Ada (maya, priya)']);
    for (const account of ['maya', 'priya', 'zoë']) {
      for (const caller of ['Grace', 'Ida']) accounts.miss(account, caller);
    }
    expect(accounts.shows).toEqual(['3 missed, many']);
  });
});

describe('missed calls of several accounts', () => {
  test('are one notification, which counts from the second on and is raised again for each more', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    accounts.miss('maya', 'Ada');
    expect(accounts.shows).toEqual(['missed Ada (maya)']);
    accounts.miss('priya', 'Ada');
    accounts.miss('zoë', 'Ada');
    accounts.miss('maya', 'Ida');
    expect(accounts.did).toEqual([
      ['raise', 'missed Ada (maya)'],
      ['raise', '2 missed, many'],
      ['raise', '3 missed, many'],
      ['raise', '4 missed, many'],
    ]);
    expect(accounts.shows).toEqual(['4 missed, many']);
  });

  test('are never a pile, however many there are', () => {
    for (const account of ['maya', 'priya', 'zoë']) accounts.ring(account);
    for (let count = 0; count < 20; count += 1) {
      accounts.miss('maya', `Caller ${count}`);
      expect(accounts.shows).toHaveLength(1);
    }
    expect(accounts.shows).toEqual(['20 missed, many (maya)']);
  });
});

describe('what does not ring', () => {
  test('passes as it came', () => {
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

  test('comes after what does', () => {
    accounts.ring('maya', 'Ada');
    accounts.inOneGo(() => {
      accounts.miss('maya', 'Ada');
      accounts.ring('priya', 'Alan');
    });
    expect(accounts.did.slice(1)).toEqual([
      ['withdraw', 'Ada (maya)'],
      ['raise', 'Alan (priya)'],
      ['raise', 'missed Ada (maya)'],
    ]);
  });
});

test('however they ring, all rings are up, none that is over, and more than three are counted', () => {
  const account = fc.constantFrom('maya', 'priya', 'zoë');
  const names = fc.subarray(['Ada', 'Grace', 'Alan', 'Ida', 'Joan']);
  const step = fc.record({ account, names, again: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const subject = new AccountsHarness('maya', 'priya', 'zoë');
      const truth = new Map<string, 'alone' | 'among'>();
      for (const { account, names, again } of steps) {
        const now = names.map((name) => `${name} (${account})`);
        for (const ring of [...truth.keys()]) {
          if (ring.endsWith(`(${account})`) && !now.includes(ring)) truth.delete(ring);
        }
        for (const ring of now) if (!truth.has(ring)) truth.set(ring, 'alone');
        if (truth.size > 3) for (const ring of truth.keys()) truth.set(ring, 'among');
        subject.forget();
        subject.ring(account, ...names);
        if (again) subject.tellsAgain();
        const alone = [...truth].flatMap(([ring, how]) => (how === 'alone' ? [ring] : []));
        const among = [...truth].flatMap(([ring, how]) => (how === 'among' ? [ring] : []));
        const shows = subject.shows.map((line) => line.replace(/( ring) \(.*/, '$1'));
        const counted = among.length > 1 ? [`${among.length} ring`] : among;
        expect(shows.sort()).toEqual([...alone, ...counted].sort());
        // Whatever was one of many never gets a notification of its own again.
        const raised = subject.did.flatMap(([what, line]) => (what === 'raise' ? [line] : []));
        expect(raised.filter((line) => among.includes(line))).toEqual([]);
      }
    }),
  );
});

/** A user who is signed in with several accounts, each with its own harness. */
class AccountsHarness {
  readonly #accounts: ReadonlyMap<string, AlertHarness>;
  #screen: AlertGroups = NO_ALERTS;
  #up = new Map<string, Alert>();
  #last: readonly Effect[] = [];
  #held: Effect[] | undefined;
  /** The accounts are on the same server and list the same sessions. */
  isShared = false;
  /** What happened on the screen, in order. */
  did: (readonly [Effect['kind'], string])[] = [];

  constructor(...accounts: readonly string[]) {
    this.#accounts = new Map(accounts.map((account) => [account, new AlertHarness()]));
  }

  /** Replaces the calls of an account; no ring returns as the same one. */
  ring(account: string, ...names: readonly string[]): void {
    this.#polls(
      account,
      names.map((from): SessionFixture => ({ id: from, from, ringing: true })),
    );
  }

  miss(account: string, from: string): void {
    this.#polls(account, [{ id: from, from, ended: true, missed: true }]);
  }

  inOneGo(what: () => void): void {
    const held: Effect[] = (this.#held = []);
    what();
    this.#held = undefined;
    this.#tells(held);
  }

  /** The same once more: what is there already is not put there again. */
  tellsAgain(): void {
    const before = this.did.length;
    this.#tells(this.#last);
    expect(this.did).toHaveLength(before);
  }

  get shows(): readonly string[] {
    return [...this.#up.values()].map(describeAlert);
  }

  /** Forgets what was done so far. */
  forget(): void {
    this.did = [];
  }

  #polls(account: string, fixtures: readonly SessionFixture[]): void {
    const harness = this.#accounts.get(account);
    if (!harness) throw new Error(`there is no account ${account}`);
    // Vanished calls are looked up; here a colleague answered all of them.
    const taken = { callState: 'Connected', answeredByName: 'Maya Kent' };
    const scope: AccountScope = {
      key: account,
      getSessionKey: (id) => (this.isShared ? `shared/${id}` : createSessionKey(account, id)),
      label: account,
      logLabel: account,
      hasOtherAccounts: true,
    };
    const effects = [
      ...harness.poll(...fixtures),
      ...harness.resolveLookups(harness.dueLookups.map((id) => ({ id, ...taken }))),
    ].map((effect) => withAccount(scope, effect));
    harness.advance(15 * SECOND);
    if (this.#held) this.#held.push(...effects);
    else this.#tells(effects);
  }

  #tells(effects: readonly Effect[]): void {
    this.#last = effects;
    const after = groupAlerts(this.#screen, effects);
    this.#screen = after.groups;
    for (const effect of after.effects) {
      if (effect.kind === 'log') continue;
      const { kind, alert } = effect;
      // The effects must lead from the previous alerts to the current ones.
      if (kind !== 'raise') expect(this.#up.has(alert.key)).toBe(true);
      if (kind === 'withdraw') this.#up.delete(alert.key);
      else this.#up.set(alert.key, alert);
      this.did.push([kind, describeAlert(alert)]);
    }
    const rings = [...this.#up.values()].filter(isRingAlert);
    expect(rings.map(({ key }) => key).sort()).toEqual(
      this.#screen.rings.map(({ key }) => key).sort(),
    );
  }
}

function describeAlert(alert: Alert): string {
  const whose = alert.accountLabel === undefined ? '' : ` (${alert.accountLabel})`;
  switch (alert.kind) {
    case 'ringing':
      return `${alert.summary.party.name ?? ''}${whose}`;
    case 'grouped-rings':
      return `${alert.count} ring${whose}`;
    case 'missed':
      return `missed ${alert.missedCall.summary.party.name ?? ''}${whose}`;
    case 'missed-digest':
      return `${alert.missedCalls.length} missed, ${alert.reason}${whose}`;
    case 'long-hold':
    case 'connection-problem':
      return `${alert.kind}${whose}`;
  }
}
