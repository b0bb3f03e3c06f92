import { ringingCall } from '../arrivals';
import { LEON, MAYA, ME, PRIYA } from '../cast';
import { answeredBy, patched } from '../changes';
import { dialledIn, joinedBy, leftBy, microphone } from '../company';
import type { Performance, Plot, Scene } from '../scene';
import { hangingUp } from './talks';

function* conference(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone()));
  yield scene.random.between(4, 7);
  call.happens(answeredBy(ME));
  yield 6;
  call.happens(joinedBy(MAYA));
  yield 5;
  call.happens(dialledIn(scene.someone().caller));
  yield 5;
  call.happens(joinedBy(PRIYA, { muted: true }));
  yield 5;
  call.happens(joinedBy(LEON, { muted: true }));
  yield 15;
  call.happens(microphone(LEON, 'on'));
  call.happens(microphone(ME, 'off'));
  yield 15;
  call.happens(leftBy(PRIYA));
  yield 5;
  call.happens(leftBy(LEON));
  yield 10;
  yield* hangingUp(scene, call);
}

/** I am on the line without taking part, as when listening in. */
function* passive(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone(), [ME, MAYA]));
  yield scene.random.between(3, 6);
  call.happens(answeredBy(MAYA));
  yield 5;
  call.happens(patched({ callState: 'Passive' }));
  yield scene.random.between(20, 40);
  yield* hangingUp(scene, call);
}

/** Sessions with more than two sides. */
export const TOGETHER: readonly Plot[] = [
  { name: 'conference', lines: 1, needsMe: true, play: conference },
  { name: 'passive', lines: 1, play: passive },
];
