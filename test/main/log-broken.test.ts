import { expect, onTestFinished, test, vi } from 'vitest';
import { setImmediate as settled } from 'node:timers/promises';

vi.mock('electron-log/main', () => {
  throw new Error('no such file');
});

test('a log that cannot be opened is nothing to log about, for ever and ever', async () => {
  const { log } = await import('../../src/main/log');
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
  log.info('and on');
  for (let turn = 0; turn < 20; turn += 1) await settled();
  expect(rejections).toEqual([]);
});
