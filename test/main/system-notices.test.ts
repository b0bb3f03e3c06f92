import { expect, test, vi } from 'vitest';
import { SystemNotices } from '../../src/main/system-notices';

test('shows each notice once, however often it is reported', () => {
  const onChange = vi.fn();
  const notices = new SystemNotices(onChange);
  const full = { kind: 'cannot-save', file: 'watch.json', code: 'ENOSPC' } as const;
  for (let count = 0; count < 100; count += 1) notices.add({ ...full });
  expect(notices.list).toEqual([full]);
  expect(onChange).toHaveBeenCalledOnce();
  notices.add({ ...full, code: 'EROFS' });
  expect(notices.list).toHaveLength(2);
});

test('removes the notices of one kind', () => {
  const onChange = vi.fn();
  const notices = new SystemNotices(onChange);
  notices.add({ kind: 'no-tray', desktop: 'other' });
  notices.add({ kind: 'shortcut-taken', shortcut: 'F9' });
  notices.remove('no-tray');
  notices.remove('no-tray');
  expect(notices.list).toEqual([{ kind: 'shortcut-taken', shortcut: 'F9' }]);
  expect(onChange).toHaveBeenCalledTimes(3);
});

test('removes the notice of a file that could be saved after all', () => {
  const notices = new SystemNotices(vi.fn());
  notices.add({ kind: 'cannot-save', file: 'settings.json', code: 'ENOSPC' });
  notices.add({ kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOSPC' });
  notices.removeUnsaved('settings.json');
  expect(notices.list).toEqual([{ kind: 'cannot-save', file: 'calls.jsonl', code: 'ENOSPC' }]);
});
