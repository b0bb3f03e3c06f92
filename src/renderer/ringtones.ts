import type { Sound } from '../core/settings/settings';

/** A partial of a tone: its pitch in Hz, and its start and fade in seconds. */
interface Partial {
  readonly pitch: number;
  readonly at: number;
  readonly fade: number;
  /** From 0 to 1. */
  readonly level: number;
  readonly shape: OscillatorType;
}

/** Creates a tone with its overtones, which aren't whole multiples for a bell. */
function createStrike(
  pitch: number,
  at: number,
  fade: number,
  overtones: readonly (readonly [ratio: number, level: number])[],
): readonly Partial[] {
  return overtones.map(([ratio, level]) => ({
    pitch: pitch * ratio,
    at,
    fade: fade / Math.sqrt(ratio),
    level,
    shape: 'sine',
  }));
}

const BELL = [
  [1, 0.5],
  [2.76, 0.25],
  [5.4, 0.12],
] as const;
const WOOD = [
  [1, 0.7],
  [3.9, 0.2],
] as const;
const GLASS = [
  [1, 0.4],
  [2.02, 0.3],
  [4.1, 0.2],
] as const;

/** The strikes of each sound, which is synthesized so that no audio file has to ship. */
const SCORES: Readonly<Record<Exclude<Sound, 'none'>, readonly Partial[]>> = {
  bell: [...createStrike(880, 0, 1.4, BELL), ...createStrike(659, 0.22, 1.6, BELL)],
  marimba: [
    ...createStrike(523, 0, 0.35, WOOD),
    ...createStrike(659, 0.16, 0.35, WOOD),
    ...createStrike(784, 0.32, 0.5, WOOD),
  ],
  pulse: [0, 0.25, 0.5].map((at) => ({ pitch: 440, at, fade: 0.2, level: 0.5, shape: 'triangle' })),
  glass: [...createStrike(1568, 0, 0.9, GLASS), ...createStrike(2093, 0.12, 1.1, GLASS)],
};

/** The shortest attack in seconds that doesn't click. */
const ATTACK = 0.008;

/**
 * Plays a sound once at a volume in percent and returns a function that stops it. The caller
 * provides the context because a page can open only a few.
 */
export function playSound(context: AudioContext, sound: Sound, volume: number): () => void {
  if (sound === 'none' || volume <= 0) return () => undefined;
  const master = context.createGain();
  // Perceived loudness grows with the square root of the gain.
  master.gain.value = (Math.min(volume, 100) / 100) ** 2;
  master.connect(context.destination);
  for (const partial of SCORES[sound]) play(context, master, partial);
  return () => {
    master.disconnect();
  };
}

function play(context: AudioContext, master: AudioNode, partial: Partial): void {
  const { pitch, at, fade, level, shape } = partial;
  const start = context.currentTime + at;
  const tone = context.createOscillator();
  const envelope = context.createGain();
  tone.type = shape;
  tone.frequency.value = pitch;
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(level, start + ATTACK);
  envelope.gain.exponentialRampToValueAtTime(0.0005, start + ATTACK + fade);
  tone.connect(envelope).connect(master);
  tone.start(start);
  tone.stop(start + ATTACK + fade);
}
