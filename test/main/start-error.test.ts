import { expect, test, vi } from 'vitest';

const { electronApp, dialog } = vi.hoisted(() => ({
  electronApp: {
    whenReady: () => Promise.resolve(),
    getPreferredSystemLanguages: () => ['de-DE'],
    exit: vi.fn(),
  },
  dialog: { showErrorBox: vi.fn(), showMessageBoxSync: vi.fn() },
}));
vi.mock('electron', () => ({ app: electronApp, dialog }));
vi.mock('../../src/main/logger', () => ({ log: { error: vi.fn() } }));

const { confirmStartAnyway, exitWithStartError } = await import('../../src/main/start-error');

test('a start that fails says why in the user’s language and ends with an error code', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await exitWithStartError(new Error('ENOSPC: no space left on device'));
  expect(stderr).toHaveBeenCalledWith(expect.stringContaining('no space left on device'));
  expect(dialog.showErrorBox).toHaveBeenCalledWith(
    'Ringside',
    'Ringside kann nicht gestartet werden: ENOSPC: no space left on device',
  );
  expect(electronApp.exit).toHaveBeenCalledWith(1);
  stderr.mockRestore();
});

test('ends with an error code even if no dialog can be shown', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  dialog.showErrorBox.mockImplementation(() => {
    throw new Error('no display');
  });
  await expect(exitWithStartError('a bug')).rejects.toThrow('no display');
  expect(electronApp.exit).toHaveBeenLastCalledWith(1);
  stderr.mockRestore();
});

test.each([
  [0, false],
  [1, true],
])('starts on a profile of another computer only with consent: %i', async (response, starts) => {
  dialog.showMessageBoxSync.mockReturnValue(response);
  expect(await confirmStartAnyway('office-pc\n')).toBe(starts);
  expect(dialog.showMessageBoxSync).toHaveBeenLastCalledWith(
    expect.objectContaining({
      message: expect.stringContaining('office-pc') as string,
      buttons: ['Beenden', 'Trotzdem starten'],
      defaultId: 0,
      cancelId: 0,
    }),
  );
});
