import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NetworkMonitor } from '../../../src/main/platform/network-monitor';

let isOnline: boolean;
let returns: number;
let monitor: NetworkMonitor;

beforeEach(() => {
  vi.useFakeTimers();
  isOnline = false;
  returns = 0;
  monitor = new NetworkMonitor(
    () => (returns += 1),
    () => isOnline,
  );
});

afterEach(() => {
  vi.useRealTimers();
});

describe('while active', () => {
  test('reports once that the network is back', () => {
    monitor.setActive(true);
    monitor.setActive(true);
    vi.advanceTimersByTime(5_000);
    expect(returns).toBe(0);
    isOnline = true;
    vi.advanceTimersByTime(5_000);
    expect(returns).toBe(1);
  });

  test('reports every return', () => {
    monitor.setActive(true);
    for (const state of [true, false, true]) {
      isOnline = state;
      vi.advanceTimersByTime(1_000);
    }
    expect(returns).toBe(2);
  });

  test('reports nothing if the network was always available', () => {
    isOnline = true;
    monitor.setActive(true);
    vi.advanceTimersByTime(60_000);
    expect(returns).toBe(0);
  });
});

test('checks nothing while inactive', () => {
  monitor.setActive(false);
  expect(vi.getTimerCount()).toBe(0);
  monitor.setActive(true);
  expect(vi.getTimerCount()).toBe(1);
  monitor.setActive(false);
  isOnline = true;
  vi.advanceTimersByTime(60_000);
  expect(returns).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
