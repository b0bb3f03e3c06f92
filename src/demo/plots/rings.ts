import { ringingCall } from '../arrivals';
import { COLLEAGUES, MAYA, ME, PRIYA } from '../cast';
import { answeredBy, missed } from '../changes';
import { closing, type Performance, type Plot, type Scene } from '../scene';
import { hangingUp } from './talks';

/** How long a phone rings until the caller gives up. */
const patience = ({ random }: Scene): number => random.between(9, 18);

function* missedAndListed(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone()));
  yield patience(scene);
  yield* closing(call, missed(), scene.random.between(5, 9));
}

function* missedAndGone(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone()));
  yield patience(scene);
  yield* closing(call, missed(), 0);
}

function* takenElsewhereAndGone(scene: Scene): Performance {
  const colleague = scene.random.pick(COLLEAGUES);
  const call = scene.opens(ringingCall(scene.someone(), [ME, colleague]));
  yield scene.random.between(4, 9);
  yield* closing(call, answeredBy(colleague), 0);
}

function* takenElsewhereAndListed(scene: Scene): Performance {
  const colleague = scene.random.pick(COLLEAGUES);
  const call = scene.opens(ringingCall(scene.someone(), [ME, colleague]));
  yield scene.random.between(4, 9);
  call.happens(answeredBy(colleague));
  yield scene.random.between(20, 50);
  yield* hangingUp(scene, call);
}

/** Several phones at once; some are picked up, the last ring until the callers give up. */
function* burst(scene: Scene): Performance {
  const count = scene.random.whole(4, BURST_LINES);
  const calls = [];
  for (let index = 0; index < count; index += 1) {
    calls.push(scene.opens(ringingCall(scene.someone(), [ME, MAYA, PRIYA])));
    yield 0.3;
  }
  yield 5;
  const [first, second, ...rest] = calls;
  first?.happens(answeredBy(MAYA));
  yield 2;
  second?.happens(answeredBy(PRIYA));
  yield 4;
  for (const call of rest) {
    yield 1;
    yield* closing(call, missed(), 0);
  }
  yield 15;
  for (const call of [first, second]) if (call !== undefined) yield* hangingUp(scene, call);
}

const BURST_LINES = 6;

/** Calls that ring, and that I do not take. */
export const RINGS: readonly Plot[] = [
  { name: 'missed and listed', lines: 1, play: missedAndListed },
  { name: 'missed and gone', lines: 1, play: missedAndGone },
  { name: 'taken elsewhere and gone', lines: 1, play: takenElsewhereAndGone },
  { name: 'taken elsewhere and listed', lines: 1, play: takenElsewhereAndListed },
  { name: 'burst', lines: BURST_LINES, play: burst },
];
