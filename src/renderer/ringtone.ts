/** The hidden page that plays the ringtone. Its URL holds the sound and the volume. */
import { SOUNDS, type Sound } from '../core/settings/settings';
import { playSound } from './ringtones';

const REPEAT_MS = 3_000;

const query = new URLSearchParams(location.search);
const sound: Sound = SOUNDS.find((name) => name === query.get('sound')) ?? 'none';
const volume = Number(query.get('volume'));
const context = new AudioContext();

const play = (): void => {
  playSound(context, sound, volume);
};
play();
setInterval(play, REPEAT_MS);
