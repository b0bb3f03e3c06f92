import { expect, onTestFinished, test, vi } from 'vitest';
import { setImmediate as nextTurn } from 'node:timers/promises';

vi.mock('electron-log/main', () => {
  throw new Error('no such file');
});

test('a log that can’t be opened causes no unhandled rejection', async () => {
  const { log } = await import('../../src/main/logger');
  const rejections: unknown[] = [];
  const onRejection = (error: unknown): void => {
    rejections.push(error);
  };
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', onRejection);
  onTestFinished(() => {
    process.off('unhandledRejection', onRejection);
    for (const other of others) process.on('unhandledRejection', other);
  });
  log.error('unhandled', new Error('a bug'));
  log.info('more');
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(rejections).toEqual([]);
});
