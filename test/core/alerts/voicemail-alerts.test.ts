import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnouncedVoicemail } from '../../../src/core/alerts/voicemail-alerts';
import type { CallSummary } from '../../../src/core/calls/call-summary';
import { MAX_VOICEMAILS } from '../../../src/core/voicemail/voicemail';
import { createSignedInHarness, describeAlerts } from './fixtures';
import type { AlertHarness } from './harness';

function createVoicemail(id: string, customer = 'Bright Dental'): AnnouncedVoicemail {
  const summary = {
    id,
    direction: 'incoming' as const,
    channel: undefined,
    party: { name: 'Grace Hopper', number: undefined },
    customer,
    customerPath: [customer],
    endpoint: undefined,
  };
  return { id, summary, durationMs: 32_000, transcription: 'Hello' };
}

function receive(harness: AlertHarness, ...ids: readonly string[]): void {
  harness.dispatch({ kind: 'voicemails', voicemails: ids.map((id) => createVoicemail(id)) });
}

/** A harness that has received the first list, which is empty. */
function createHarness(): AlertHarness {
  const harness = createSignedInHarness();
  receive(harness);
  return harness;
}

describe('reduce: voice messages', () => {
  test('announces a new message once, even after a restart', () => {
    const harness = createHarness();
    receive(harness, 'A');
    receive(harness, 'A');
    harness.restart();
    receive(harness, 'A');
    expect(harness.raised).toHaveLength(1);
    expect(harness.state.voicemail?.isHeard.get('A')).toBe(false);
  });

  test('counts the messages of the first list as heard', () => {
    const harness = createSignedInHarness();
    receive(harness, 'A', 'B');
    expect(harness.raised).toEqual([]);
    expect([...(harness.state.voicemail?.isHeard.values() ?? [])]).toEqual([true, true]);
  });

  test('withdraws the alert when the message is heard', () => {
    const harness = createHarness();
    receive(harness, 'A');
    harness.dispatch({ kind: 'voicemails-heard', ids: ['A'], isHeard: true });
    expect(harness.visibleAlerts).toEqual([]);
    harness.dispatch({ kind: 'voicemails-heard', ids: ['A'], isHeard: false });
    expect(harness.state.voicemail?.isHeard.get('A')).toBe(false);
    expect(harness.raised).toHaveLength(1);
  });

  test('announces the messages of Do Not Disturb when it ends, unless they were heard', () => {
    const harness = createHarness();
    harness.changeRules({ isDoNotDisturb: true });
    receive(harness, 'B', 'A');
    harness.dispatch({ kind: 'voicemails-heard', ids: ['A'], isHeard: true });
    harness.restart();
    expect(harness.raised).toEqual([]);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['1 voicemail, B']);
  });

  test('counts many new messages in one alert', () => {
    const harness = createHarness();
    receive(harness, 'E', 'D', 'C', 'B', 'A');
    expect(describeAlerts(harness)).toEqual(['5 voicemail, E']);
  });

  test('announces messages from VIPs during Do Not Disturb if they may break through', () => {
    const harness = createHarness();
    const getPriority = ({ id }: CallSummary) => (id === 'A' ? ('vip' as const) : 'normal');
    harness.changeRules({ isDoNotDisturb: true, canVipBreakThrough: true, getPriority });
    receive(harness, 'B', 'A');
    expect(describeAlerts(harness)).toEqual(['1 voicemail, A']);
    harness.changeRules({ isDoNotDisturb: false });
    expect(describeAlerts(harness)).toEqual(['1 voicemail, A', '1 voicemail, B']);
  });

  test('counts a full list of new messages in one alert', () => {
    const harness = createHarness();
    receive(harness, ...Array.from({ length: MAX_VOICEMAILS }, (_, index) => `V-${index}`));
    expect(describeAlerts(harness)).toEqual([`${MAX_VOICEMAILS} voicemail, V-0`]);
  });

  test('counts old messages that enter a full list as heard', () => {
    const ids = Array.from({ length: MAX_VOICEMAILS + 1 }, (_, index) => `V-${index}`);
    const harness = createSignedInHarness();
    receive(harness, ...ids.slice(0, -1));
    // The newest one was deleted, and another one arrived.
    receive(harness, 'A', ...ids.slice(2));
    expect(describeAlerts(harness)).toEqual(['1 voicemail, A']);
    expect(harness.state.voicemail?.isHeard.get(`V-${MAX_VOICEMAILS}`)).toBe(true);
  });

  test.each([
    [{ shouldAlertVoicemails: false }],
    [{ getPriority: () => 'nuisance' as const }],
    [{ muted: { channels: [], endpoints: [], customers: ['Bright Dental'] } }],
  ])('announces none with the rules %j', (rules) => {
    const harness = createHarness();
    harness.changeRules(rules);
    receive(harness, 'A');
    expect(harness.raised).toEqual([]);
    expect(harness.state.voicemail?.isHeard.get('A')).toBe(false);
  });

  test('announces each message once in any sequence of lists, restarts, and settings', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('list'), ids: fc.subarray(['A', 'B', 'C', 'D', 'E', 'F']) }),
      fc.record({ kind: fc.constant('restart'), ids: fc.constant([]) }),
      fc.record({ kind: fc.constant('quiet'), ids: fc.constant([]) }),
      fc.record({ kind: fc.constant('loud'), ids: fc.constant([]) }),
      fc.record({ kind: fc.constant('poll'), ids: fc.constant([]) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const harness = createHarness();
        const received = new Set<string>();
        for (const { kind, ids } of steps) {
          if (kind === 'list') receive(harness, ...ids);
          if (kind === 'restart') harness.restart();
          if (kind === 'quiet') harness.changeRules({ isDoNotDisturb: true });
          if (kind === 'loud') harness.changeRules({ isDoNotDisturb: false });
          if (kind === 'poll') harness.poll();
          for (const id of ids) received.add(id);
        }
        harness.changeRules({ isDoNotDisturb: false });
        const counts = harness.raised.map((alert) =>
          alert.kind === 'voicemail' ? alert.count : 0,
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(received.size);
      }),
    );
  });
});
