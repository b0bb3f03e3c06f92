/** The page that rings: made for a ring, gone after it. What it plays stands in its address. */
import { SOUNDS, type Sound } from '../core/settings';
import { playSound } from './sound';

/** How often (ms) the sound is repeated while it rings. */
const EVERY = 3_000;

const asked = new URLSearchParams(location.search);
const sound: Sound = SOUNDS.find((name) => name === asked.get('sound')) ?? 'none';
const volume = Number(asked.get('volume'));
const context = new AudioContext();

const ring = (): void => {
  playSound(context, sound, volume);
};
ring();
setInterval(ring, EVERY);
