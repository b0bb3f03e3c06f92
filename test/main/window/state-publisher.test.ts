import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { StatePublisher } from '../../../src/main/window/state-publisher';
import type { AppState } from '../../../src/shared/state';
import { EMPTY_STATE } from '../../shared/states';

vi.mock('electron', () => ({ app: {} }));

function createPublisher() {
  const window = Object.assign(new EventEmitter(), { send: vi.fn() });
  const getState = vi.fn((): AppState => EMPTY_STATE);
  const publisher = new StatePublisher(getState, window as never);
  const setLogRevision = (logRevision: number): void => {
    getState.mockReturnValue({ ...EMPTY_STATE, logRevision });
    publisher.update();
  };
  return { publisher, window, getState, setLogRevision };
}

test('doesn’t build a state without a page', () => {
  const { publisher, window, getState } = createPublisher();
  publisher.update();
  expect(getState).not.toHaveBeenCalled();
  expect(window.send).not.toHaveBeenCalled();
});

test('sends the whole state once, and then only what changed', () => {
  const { publisher, window, setLogRevision } = createPublisher();
  expect(publisher.subscribe()).toEqual(EMPTY_STATE);
  publisher.update();
  setLogRevision(1);
  setLogRevision(1);
  const patch = { parts: { logRevision: 1 }, upserted: {}, removed: [] };
  expect(window.send.mock.calls).toEqual([['state:patch', patch]]);
});

test('sends the whole state to a page that subscribes again', () => {
  const { publisher, window, getState } = createPublisher();
  publisher.subscribe();
  getState.mockReturnValue({ ...EMPTY_STATE, logRevision: 1 });
  expect(publisher.subscribe().logRevision).toBe(1);
  publisher.update();
  expect(window.send).not.toHaveBeenCalled();
});

test('stops when the window is destroyed', () => {
  const { publisher, window, setLogRevision } = createPublisher();
  publisher.subscribe();
  window.emit('destroyed');
  setLogRevision(1);
  expect(window.send).not.toHaveBeenCalled();
});
