import type { SessionInfo } from './api-types';
import { formatDate } from './dates';

/** What a caller says. */
export interface Message {
  readonly seconds: number;
  readonly transcription?: string | undefined;
}

const SAMPLES_PER_SECOND = 8_000;
const PATH = '/files/voicemail/';

/** The voice messages of the user, as `GET /app/files` lists them. */
export class Voicemails {
  /** Newest first. */
  files: readonly { readonly id: string; readonly recordingDuration: number }[] = [];
  #count = 0;

  /** Adds a message that the caller of a session left, with some of its fields changed. */
  add(
    session: Omit<Partial<SessionInfo>, 'id'>,
    { seconds, transcription }: Message,
    at: number,
    fields: Readonly<Record<string, unknown>> = {},
  ): string {
    this.#count += 1;
    const id = `voicemail-${Math.floor(at)}-${this.#count}`;
    const { fromAddress, toAddress, customerId, customerName } = session;
    const file = {
      id,
      type: 'VoiceMessage',
      uri: `${PATH}${id}.wav`,
      contentType: 'audio/wav',
      fileName: `${id}.wav`,
      contentLength: 44 + seconds * SAMPLES_PER_SECOND,
      recordingDuration: seconds,
      fromAddress,
      toAddress,
      customerId,
      customerName,
      transcription,
      dateCreated: formatDate(at, 'iso7'),
      ...fields,
    };
    this.files = [file, ...this.files];
    return id;
  }

  clear(): void {
    this.files = [];
  }

  /** The audio at a path; undefined if there is none. */
  getAudio(path: string): Uint8Array | undefined {
    const file = this.files.find(({ id }) => path === `${PATH}${id}.wav`);
    return file && createTone(file.recordingDuration);
  }
}

/** A WAV file with a soft tone that comes and goes. */
function createTone(seconds: number): Uint8Array {
  const samples = Math.round(seconds * SAMPLES_PER_SECOND);
  const wav = Buffer.alloc(44 + samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  wav.writeUInt32LE(SAMPLES_PER_SECOND, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  for (let index = 0; index < samples; index += 1) {
    const time = index / SAMPLES_PER_SECOND;
    const volume = 24 * Math.sin(Math.PI * (time % 1)) ** 2;
    wav[44 + index] = 128 + Math.round(volume * Math.sin(2 * Math.PI * 330 * time));
  }
  return wav;
}
