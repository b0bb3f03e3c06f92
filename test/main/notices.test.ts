import { expect, test } from 'vitest';
import { Notices } from '../../src/main/notices';

test('a fault of the machine is told once, however often it happens', () => {
  let changes = 0;
  const notices = new Notices(() => {
    changes += 1;
  });
  const full = { kind: 'cannot-save', file: 'watch.json', code: 'ENOSPC' } as const;
  notices.add(full);
  const { list } = notices;
  for (let time = 0; time < 100; time += 1) notices.add({ ...full });
  expect(notices.list).toBe(list);
  expect(changes).toBe(1);
  notices.add({ ...full, code: 'EROFS' });
  expect(notices.list).toHaveLength(2);
});

test('what is no longer so is taken back, and what is not there cannot be', () => {
  let changes = 0;
  const notices = new Notices(() => {
    changes += 1;
  });
  notices.add({ kind: 'no-tray', desktop: 'other' });
  notices.add({ kind: 'shortcut-taken', shortcut: 'F9' });
  notices.remove('no-tray');
  notices.remove('no-tray');
  expect(notices.list).toEqual([{ kind: 'shortcut-taken', shortcut: 'F9' }]);
  expect(changes).toBe(3);
});
