import { describe, expect, it, vi } from 'vitest';
import type { VoicemailView } from '../../src/shared/state';
import { createAccount, createAppState, createLogView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

function createVoicemail(view: Partial<VoicemailView> = {}): VoicemailView {
  return {
    key: '0123456789abcdef/F-1',
    sessionId: 'logged-1',
    name: 'Grace Hopper',
    number: '+1 202-555-0147',
    dialable: '+12025550147',
    isWithheld: false,
    customer: 'Bright Dental',
    at: Date.now() - 60_000,
    durationMs: 32_000,
    transcription: 'Please call me back.',
    isHeard: false,
    audio: 'ringside://voicemail/0123456789abcdef%2FF-1',
    ...view,
  };
}

async function openVoicemail(...voicemails: readonly VoicemailView[]) {
  const state = createAppState({
    voicemail: { revision: 1, isAvailable: true },
  });
  const bridge = new FakeBridge(state, { 'voicemail:list': () => voicemails });
  const opened = await renderApp(bridge);
  bridge.emit('window:navigate', { view: 'voicemail' });
  return { ...opened, bridge };
}

describe('voicemail', () => {
  it('lists who left a message for whom, and what it says', async () => {
    const { page } = await openVoicemail(createVoicemail());
    const item = await page.findByRole('article', { name: 'Grace Hopper' });
    expect(item).toHaveTextContent(/^New:\s*Grace Hopper/);
    expect(page.getByText('Please call me back.')).toBeVisible();
    expect(page.getByText(/Bright Dental/)).toBeVisible();
    expect(page.getByText('0:00 / 0:32')).toBeInTheDocument();
  });

  it('plays a message, which marks it as heard', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (
      this: HTMLMediaElement,
    ) {
      this.dispatchEvent(new Event('play'));
      return Promise.resolve();
    });
    const { page, user, bridge } = await openVoicemail(createVoicemail());
    await user.click(await page.findByRole('button', { name: 'Play voicemail from Grace Hopper' }));
    expect(play).toHaveBeenCalledOnce();
    expect(bridge.requestsFor('voicemail:set-heard')).toEqual([
      { key: '0123456789abcdef/F-1', isHeard: true },
    ]);
  });

  it('changes the speed', async () => {
    const { page, user } = await openVoicemail(createVoicemail());
    const speed = await page.findByRole('button', { name: /Playback speed 1×/ });
    await user.click(speed);
    expect(speed).toHaveTextContent('1.25×');
  });

  it('says that a message cannot be played', async () => {
    const { page } = await openVoicemail(createVoicemail());
    await page.findByRole('button', { name: 'Play voicemail from Grace Hopper' });
    document.querySelector('audio')?.dispatchEvent(new Event('error'));
    await page.findByText('Couldn’t play this voicemail.');
  });

  it('marks messages as heard or new, calls back, and copies the number', async () => {
    const { page, user, bridge } = await openVoicemail(createVoicemail({ isHeard: true }));
    await user.click(await page.findByRole('button', { name: 'Mark as new' }));
    await user.click(page.getByRole('button', { name: 'Call back Grace Hopper' }));
    await user.click(page.getByRole('button', { name: 'Copy number of Grace Hopper' }));
    expect(bridge.requestsFor('voicemail:set-heard')).toMatchObject([{ isHeard: false }]);
    expect(bridge.requestsFor('voicemail:call-back')).toEqual(['0123456789abcdef/F-1']);
    expect(bridge.requestsFor('clipboard:copy')).toEqual(['+1 202-555-0147']);
  });

  it('shows text only, whatever a transcription contains', async () => {
    const transcription = '<img src=x onerror=alert(1)> **bold** https://example.org';
    const { page } = await openVoicemail(createVoicemail({ transcription }));
    await page.findByText(transcription);
    expect(page.queryByRole('link')).toBeNull();
  });

  it('is offered only if there is any', async () => {
    const { page, user } = await renderApp(new FakeBridge(createAppState()));
    await user.click(page.getByRole('tab', { name: /Recent/ }));
    expect(page.queryByRole('radio', { name: 'Voicemail' })).toBeNull();
  });

  it('is shown with its call', async () => {
    const entry = createLogView({ voicemail: createVoicemail() });
    const bridge = new FakeBridge(createAppState(), {
      'log:query': () => ({ entries: [entry], total: 1 }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /Recent/ }));
    await page.findByText('Please call me back.');
    expect(page.getByRole('button', { name: 'Play voicemail from Grace Hopper' })).toBeVisible();
  });

  it('seeks with the keyboard without leaving the player', async () => {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    const bridge = new FakeBridge(createAppState(), {
      'log:query': () => ({ entries: [createLogView({ voicemail: createVoicemail() })], total: 1 }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /Recent/ }));
    await user.click(await page.findByRole('button', { name: 'Play voicemail from Grace Hopper' }));
    const slider = page.getByRole<HTMLInputElement>('slider', { name: 'Position' });
    for (const key of ['ArrowUp', 'ArrowDown', 'Home', 'End']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      expect(slider.dispatchEvent(event)).toBe(true);
    }
  });

  it('opens the call that a message belongs to', async () => {
    const { page, user, bridge } = await openVoicemail(createVoicemail());
    await user.click(await page.findByRole('button', { name: 'Grace Hopper' }));
    expect(bridge.requestsFor('session:details')).toEqual(['logged-1']);
  });

  it('says on the account page if the server refuses it', async () => {
    const accounts = [{ ...createAccount(), isVoicemailRefused: true }];
    const state = createAppState({ accounts });
    const { page, user } = await renderApp(new FakeBridge(state));
    await user.click(page.getByRole('button', { name: 'Settings' }));
    await page.findByText('Voicemail isn’t available for this account.');
  });
});
