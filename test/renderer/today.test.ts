import { within } from '@testing-library/svelte';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { getAxisMax, getVisibleHours } from '../../src/renderer/features/today/hours';
import { createAppState, createDaySummary } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const quiet = Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, outgoing: 0 }));
const createHours = (hour: number, answered: number) =>
  quiet.map((counts, index) => (index === hour ? { ...counts, answered } : counts));

describe('hour chart', () => {
  it('covers office hours on a day without calls', () => {
    expect(getVisibleHours(quiet).map(({ hour }) => hour)).toEqual([
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    ]);
  });

  it('covers all hours with calls', () => {
    expect(getVisibleHours(createHours(22, 1)).at(-1)?.hour).toBe(22);
    expect(getVisibleHours(createHours(3, 1))[0]?.hour).toBe(3);
  });

  it('has a round axis maximum that no hour exceeds', () => {
    for (const most of [0, 1, 3, 7, 42, 999]) {
      const full = getAxisMax(getVisibleHours(createHours(9, most)));
      expect(full).toBeGreaterThanOrEqual(Math.max(most, 1));
    }
    expect(getAxisMax(getVisibleHours(createHours(9, 7)))).toBe(10);
  });
});

describe('today tab', () => {
  it('shows the counts of the day, whose calls they are, and the hours as a table', async () => {
    const day = createDaySummary({
      answered: 27,
      missed: 3,
      outgoing: 5,
      hours: createHours(10, 4),
      own: { count: 10, talkMs: 3_780_000, holdMs: 95_000, waitMs: 60_000 },
      team: { count: 17, talkMs: 0, holdMs: 0, waitMs: 34_000 },
      customers: [{ customer: 'Bright Dental', answered: 9, missed: 1, outgoing: 0 }],
      longestHoldMs: 61_000,
    });
    const bridge = new FakeBridge(createAppState(), { 'log:get-day': () => day });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: 'Today' }));
    expect(await page.findByText('27')).toBeVisible();
    expect(page.getByText('90%')).toBeVisible();
    expect(page.getByRole('row', { name: 'Answered 10 17' })).toBeVisible();
    expect(page.getByRole('row', { name: 'Average time to answer 6 s 2 s' })).toBeVisible();
    expect(page.getByRole('row', { name: /^Talk time 1 h 3 min/ })).toBeVisible();
    expect(page.getByText('1 min 1 s')).toBeVisible();
    const picture = page.getByRole('figure', { name: 'Calls by hour' });
    await user.click(within(picture).getByText('Show as table'));
    expect(within(picture).getByRole('row', { name: /10 AM 4 0 0/ })).toBeVisible();
    await user.click(page.getByText('By customer'));
    expect(page.getByRole('row', { name: 'Bright Dental 9 1 0' })).toBeVisible();
  });

  it.each([
    ['Answered: 27', 'All'],
    ['Missed: 3', 'To call back'],
    ['Outgoing: 5', 'All'],
    ['Chats, not counted above: 2', 'All'],
  ])('shows the list that contains the calls of “%s”', async (name, filter) => {
    const day = createDaySummary({ answered: 27, missed: 3, outgoing: 5, chats: 2 });
    const bridge = new FakeBridge(createAppState(), { 'log:get-day': () => day });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: 'Today' }));
    await user.click(await page.findByRole('button', { name }));
    expect(page.getByRole('tab', { name: 'Recent' })).toHaveAttribute('aria-selected', 'true');
    expect(await page.findByRole('radio', { name: filter })).toBeChecked();
  });

  it('has no links on the counts of previous days', async () => {
    const day = createDaySummary({ answered: 27, missed: 3 });
    const bridge = new FakeBridge(createAppState(), { 'log:get-day': () => day });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: 'Today' }));
    await user.click(await page.findByRole('button', { name: 'Previous day' }));
    expect(page.getByText('27')).toBeVisible();
    expect(page.queryByRole('button', { name: /27/ })).toBeNull();
  });

  it('shows previous days', async () => {
    const bridge = new FakeBridge(createAppState());
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: 'Today' }));
    await user.click(await page.findByRole('button', { name: 'Previous day' }));
    const midnight = new Date().setHours(0, 0, 0, 0);
    const yesterday = new Date(midnight);
    yesterday.setDate(yesterday.getDate() - 1);
    expect(bridge.requestsFor('log:get-day')).toEqual([midnight, yesterday.getTime()]);
    await user.click(page.getByRole('button', { name: 'Next day' }));
    expect(page.queryByRole('button', { name: 'Next day' })).toBeNull();
    expect(page.getByRole('button', { name: 'Previous day' })).toHaveFocus();
  });

  it('starts a new day at midnight while the window stays open', async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 29, 23, 59, 50), shouldAdvanceTime: true });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const bridge = new FakeBridge(createAppState());
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /Today/ }));
    await page.findByRole('heading', { name: 'Sunday, November 29' });
    const requests = bridge.requestsFor('log:get-day').length;
    vi.advanceTimersByTime(12_000);
    await page.findByRole('heading', { name: 'Monday, November 30' });
    expect(bridge.requestsFor('log:get-day').length).toBe(requests + 1);
  });
});
