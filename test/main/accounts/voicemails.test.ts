import { describe, expect, test, vi } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { NotesIndex } from '../../../src/core/notes/notes';
import { Voicemails } from '../../../src/main/accounts/voicemails';
import { harness, server, useAdjustableClock } from './account-manager-harness';

vi.mock('../../../src/main/window/protocol', () => ({ SCHEME: 'ringside' }));

const CALLER = { fromName: 'Grace Hopper', fromAddress: '+12025550147' };
const { fromAddress } = CALLER;

/** Starts with the messages that the server has. */
async function startVoicemails() {
  const index = new NotesIndex({ numbers: [], customers: [] }, createNumberKeys('US'));
  const started = harness.start(harness.credentials());
  const { accounts, settings, callLog } = started;
  const voicemails = new Voicemails(accounts, settings, callLog, { index }, { region: 'US' });
  await vi.waitFor(() => {
    expect(accounts.connection.kind).toBe('live');
  });
  await harness.waitForIdle();
  return { ...started, voicemails };
}

function countRequests(): number {
  return server.requests.filter(({ path }) => path.startsWith('/app/files')).length;
}

describe('Voicemails', () => {
  test('announces a new message and shows it with its missed call', async () => {
    const advance = useAdjustableClock();
    const { voicemails } = await startVoicemails();
    const id = server.ring(CALLER);
    await harness.waitForPoll();
    server.miss(id);
    await harness.waitForPoll();
    server.leaveVoicemail({ fromAddress: '202-555-0147', dateCreated: new Date().toISOString() });
    advance(21_000);
    await harness.waitForPoll();
    const key = harness.sessionKey(id);
    expect(voicemails.findByCall(key)).toMatchObject({
      name: 'Grace Hopper',
      sessionId: key,
      isHeard: false,
      dialable: '+12025550147',
    });
    expect(harness.raised.filter((one) => one.includes('voicemail:'))).toHaveLength(1);
  });

  test('treats the messages of the first list as heard until they are marked as new', async () => {
    server.leaveVoicemail({ fromAddress });
    const { voicemails } = await startVoicemails();
    const [view] = voicemails.views;
    expect(view).toMatchObject({ isHeard: true, number: '+1 202-555-0147', sessionId: undefined });
    expect(voicemails.getNumber(view?.key ?? '')).toBe(fromAddress);
    const { revision } = voicemails;
    voicemails.setHeard(view?.key ?? '', false);
    expect(voicemails.views[0]?.isHeard).toBe(false);
    expect(voicemails.revision).toBeGreaterThan(revision);
    expect(harness.raised).toEqual([]);
  });

  test('finds audio only of messages that it lists', async () => {
    server.leaveVoicemail({ fromAddress });
    const { voicemails } = await startVoicemails();
    const key = voicemails.views[0]?.key ?? '';
    expect(voicemails.findAudio(key)).toMatchObject({ origin: server.url });
    expect(voicemails.findAudio(`${key}0`)).toBeUndefined();
    expect(voicemails.findAudio(key.replace(/^./, 'x'))).toBeUndefined();
  });

  test('forgets the messages of an account that is removed', async () => {
    server.leaveVoicemail({ fromAddress });
    const { accounts, voicemails } = await startVoicemails();
    expect(voicemails.state.isAvailable).toBe(true);
    await accounts.remove(harness.accountKey(), false);
    expect(voicemails.state.isAvailable).toBe(false);
  });

  test('hides the messages and asks for none while a policy turns voicemail off', async () => {
    server.leaveVoicemail({ fromAddress });
    harness.managed = { voicemail: false };
    const { voicemails } = await startVoicemails();
    await harness.waitForPoll();
    expect(voicemails.views).toEqual([]);
    expect(countRequests()).toBe(0);
  });
});
