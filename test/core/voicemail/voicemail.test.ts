import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeVoicemails,
  getFirstWords,
  MAX_VOICEMAILS,
  VoicemailCallFinder,
} from '../../../src/core/voicemail/voicemail';
import type { LogEntry } from '../../../src/core/log/entry';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { createLogEntry, createMissedEntry } from '../log/log-entry-fixture';

const FILE = {
  id: 'F-1',
  type: 'VoiceMessage',
  uri: '/files/F-1.wav',
  customerName: 'Bright Dental',
  fromAddress: '+12025550147',
  recordingDuration: 32,
  transcription: 'Please call me back.',
  dateCreated: '2026-03-03T09:30:00Z',
};

function decode(...files: readonly unknown[]) {
  const decoded = decodeVoicemails({ files });
  return decoded.ok ? decoded.voicemails : undefined;
}

describe('decodeVoicemails', () => {
  test('reads the documented fields', () => {
    expect(decode(FILE)).toEqual([
      {
        id: 'F-1',
        uri: '/files/F-1.wav',
        party: { name: undefined, number: '+12025550147' },
        customer: 'Bright Dental',
        createdAt: Date.UTC(2026, 2, 3, 9, 30),
        durationMs: 32_000,
        transcription: 'Please call me back.',
      },
    ]);
  });

  test('uses recordingFrom and aiTranscription where the others are missing', () => {
    const { fromAddress, transcription, ...rest } = FILE;
    const file = { ...rest, recordingFrom: fromAddress, aiTranscription: transcription };
    expect(decode(file)).toMatchObject([{ party: { number: fromAddress }, transcription }]);
  });

  test('skips other files, files without an id, and duplicates', () => {
    const others = [{ ...FILE, type: 'Fax' }, { ...FILE, id: '' }, null, [], 'file', 7];
    expect(decode(FILE, FILE, ...others)).toHaveLength(1);
  });

  test('keeps a message whose fields are of the wrong type or out of range', () => {
    const file = {
      id: 'F-1',
      uri: 7,
      recordingDuration: -1,
      dateCreated: 'soon',
      transcription: {},
    };
    expect(decode(file)).toMatchObject([
      { id: 'F-1', uri: undefined, durationMs: undefined, createdAt: undefined },
    ]);
  });

  test('makes names and transcriptions safe to display', () => {
    const file = { ...FILE, transcription: 'a\u202Eb\u0000c', customerName: '\u200B' };
    expect(decode(file)).toMatchObject([{ transcription: 'a b c', customer: undefined }]);
  });

  test('keeps the newest messages, newest first', () => {
    const files = Array.from({ length: 5_000 }, (_, index) => ({
      ...FILE,
      id: `F-${index}`,
      dateCreated: new Date(index * 1_000 + 1e12).toISOString(),
    }));
    const voicemails = decode(...files);
    expect(voicemails).toHaveLength(MAX_VOICEMAILS);
    expect(voicemails?.[0]?.id).toBe('F-4999');
  });

  test('never throws, and refuses what has no list', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const decoded = decodeVoicemails(json);
        expect(decodeVoicemails({ files: [json] }).ok).toBe(true);
        if (decoded.ok) expect(Array.isArray((json as { files: unknown }).files)).toBe(true);
      }),
    );
  });
});

describe('VoicemailCallFinder', () => {
  function find(
    number: string | undefined,
    at: number | undefined,
    ...entries: readonly LogEntry[]
  ) {
    return new VoicemailCallFinder(entries, createNumberKeys('US')).find(number, at);
  }

  const startedAt = Date.UTC(2026, 2, 3, 9, 30);
  const missed = createMissedEntry({ id: 'A', startedAt, endedAt: startedAt + 20_000 });
  const number = '202-555-0147';

  test('finds the last unanswered call from the same number before the message', () => {
    const earlier = createMissedEntry({
      id: 'B',
      startedAt: startedAt - 60_000,
      endedAt: startedAt,
    });
    const at = startedAt + 50_000;
    expect(find(number, at, earlier, missed)).toBe(missed);
    expect(find(number, at, missed, earlier)).toBe(missed);
  });

  test.each([
    ['the message is much later', startedAt + 3_600_000, missed],
    ['the message is earlier', startedAt - 120_000, missed],
    ['the date of the message is unknown', undefined, missed],
    ['the call was answered', startedAt + 30_000, createLogEntry({ startedAt })],
    [
      'the number differs',
      startedAt + 30_000,
      createMissedEntry({ startedAt, endedAt: startedAt, party: { number: '+12025550199' } }),
    ],
    [
      'the call was outgoing',
      startedAt + 30_000,
      createMissedEntry({ startedAt, endedAt: startedAt, direction: 'outgoing' }),
    ],
  ])('finds none if %s', (_, at, entry) => {
    expect(find(number, at, entry)).toBeUndefined();
  });

  test('finds none for a withheld number', () => {
    expect(find(undefined, startedAt, missed)).toBeUndefined();
  });
});

test.each([
  ['Short.', 'Short.'],
  ['Please call me back today', 'Please call…'],
  ['Pneumonoultramicroscopic', 'Pneumonoultr…'],
])('getFirstWords: shortens %s', (text, expected) => {
  expect(getFirstWords(text, 13)).toBe(expected);
});
