import { describe, expect, test } from 'vitest';
import { NetworkReturn } from '../../src/main/network-return';

/** A machine whose network comes and goes by hand. */
function aMachine() {
  let look: (() => void) | undefined;
  const machine = {
    online: true,
    returns: 0,
    get looks(): boolean {
      return look !== undefined;
    },
    pass: () => look?.(),
  };
  const network = new NetworkReturn({
    isOnline: () => machine.online,
    onReturn: () => {
      machine.returns += 1;
    },
    every: (_, what) => {
      look = what;
      return () => {
        look = undefined;
      };
    },
  });
  return { machine, network };
}

describe('the return of the network', () => {
  test('is noticed once, while the server cannot be reached', () => {
    const { machine, network } = aMachine();
    machine.online = false;
    network.watch(true);
    network.watch(true);
    machine.pass();
    expect(machine.returns).toBe(0);
    machine.online = true;
    machine.pass();
    machine.pass();
    expect(machine.returns).toBe(1);
  });

  test('is no news where the network never went', () => {
    const { machine, network } = aMachine();
    network.watch(true);
    machine.pass();
    expect(machine.returns).toBe(0);
  });

  test('is not looked for while the server answers', () => {
    const { machine, network } = aMachine();
    network.watch(true);
    network.watch(false);
    expect(machine.looks).toBe(false);
  });
});
