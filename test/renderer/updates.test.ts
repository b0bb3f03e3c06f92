import { describe, expect, it } from 'vitest';
import type { UpdateState } from '../../src/core/update';
import { createAppState } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const renderUpdate = async (update: UpdateState) => {
  const bridge = new FakeBridge(createAppState({ update }));
  return { bridge, ...(await renderApp(bridge)) };
};

describe('update banner', () => {
  it('downloads or postpones an update as requested', async () => {
    const { bridge, page, user } = await renderUpdate({
      kind: 'available',
      version: '2.0.0',
      isPostponed: false,
    });
    expect(page.getByText(/^Ringside 2\.0\.0 is available/)).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Download' }));
    await user.click(page.getByRole('button', { name: 'Later' }));
    expect(bridge.requestsFor('update:download')).toHaveLength(1);
    expect(bridge.requestsFor('update:postpone')).toHaveLength(1);
  });

  it('shows the download progress', async () => {
    const { page } = await renderUpdate({ kind: 'downloading', version: '2.0.0', percent: 41 });
    const bar = page.getByRole('progressbar', { name: 'Downloading Ringside 2.0.0: 41%' });
    expect(bar).toHaveAttribute('value', '41');
  });

  it.each([
    [{ kind: 'available', version: '2.0.0', isPostponed: true }],
    [{ kind: 'failed', version: null, problem: 'unreachable' }],
    [{ kind: 'idle', checkedAt: 7 }],
    [{ kind: 'off', reason: 'managed' }],
  ] as const)('stays hidden without news: %o', async (update) => {
    const { page } = await renderUpdate(update);
    expect(page.queryByRole('region', { name: 'Updates' })).toBeNull();
  });
});
