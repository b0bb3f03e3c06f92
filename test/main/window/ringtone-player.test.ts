import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: { isPackaged: true }, BrowserWindow: vi.fn(), protocol: {} }));

const { getRingtone, RingtonePlayer } = await import('../../../src/main/window/ringtone-player');

describe('getRingtone', () => {
  const RING = { kind: 'grouped-rings', key: 'many', summaries: [] } as const;
  const SETTINGS = { sound: 'bell', volume: 60 } as const;
  const createState = (open: readonly (typeof RING)[], phase?: string) =>
    ({
      open,
      calls: new Map(phase === undefined ? [] : [['S-1', { goneAt: null, phase }]]),
    }) as never;

  test('returns the sound of the settings while a ring alert is open', () => {
    expect(getRingtone([createState([]), createState([RING])], SETTINGS)).toEqual(SETTINGS);
    expect(getRingtone([createState([])], SETTINGS)).toBeUndefined();
  });

  test('is quieter while the user is on another call', () => {
    const states = [createState([RING], 'ringing'), createState([], 'connected')];
    expect(getRingtone(states, SETTINGS)?.volume).toBe(21);
    expect(getRingtone(states, { ...SETTINGS, volume: 1 })?.volume).toBe(1);
  });

  test('returns nothing if the sound is off', () => {
    expect(getRingtone([createState([RING])], { ...SETTINGS, sound: 'none' })).toBeUndefined();
    expect(getRingtone([createState([RING])], { ...SETTINGS, volume: 0 })).toBeUndefined();
  });
});

test('RingtonePlayer starts, changes, and stops a ringtone, and does nothing for the same one', () => {
  const stop = vi.fn();
  const play = vi.fn(() => stop);
  const player = new RingtonePlayer(play);
  player.set(undefined);
  player.set({ sound: 'bell', volume: 60 });
  player.set({ sound: 'bell', volume: 60 });
  expect(play).toHaveBeenCalledTimes(1);
  expect(stop).not.toHaveBeenCalled();
  player.set({ sound: 'bell', volume: 21 });
  expect(play).toHaveBeenLastCalledWith({ sound: 'bell', volume: 21 });
  expect(stop).toHaveBeenCalledTimes(1);
  player.set(undefined);
  player.set(undefined);
  expect(stop).toHaveBeenCalledTimes(2);
  expect(play).toHaveBeenCalledTimes(2);
});
