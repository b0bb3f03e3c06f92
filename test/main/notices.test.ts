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
