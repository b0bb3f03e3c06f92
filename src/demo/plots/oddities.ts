import { ringingCall } from '../arrivals';
import { LONG_NAME, NAMELESS, RIGHT_TO_LEFT, WITHHELD, type Caller } from '../callers';
import { COLLEAGUES, ME, SOFIA } from '../cast';
import { answeredBy, missed, patched } from '../changes';
import { closing, type Performance, type Plot, type Scene } from '../scene';
import { hangingUp } from './talks';

/** An ordinary call by somebody whose name is not. */
function callFrom(name: string, caller: Caller): Plot {
  return {
    name,
    lines: 1,
    *play(scene: Scene): Performance {
      const colleague = scene.random.pick(COLLEAGUES);
      const call = scene.opens(ringingCall(scene.someone(caller), [ME, colleague]));
      yield scene.random.between(6, 10);
      if (scene.random.chance(0.3)) {
        yield* closing(call, missed(), 5);
        return;
      }
      call.happens(answeredBy(colleague));
      yield scene.random.between(15, 40);
      yield* hangingUp(scene, call);
    },
  };
}

/** A state, a channel and a field that the vendor has not told anybody about. */
function* news(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone(), [ME, SOFIA]));
  yield scene.random.between(4, 8);
  call.happens(answeredBy(SOFIA));
  yield 5;
  call.happens(patched({ callState: 'Whispering', channel: 'Video', sentiment: 'calm' }));
  yield 15;
  call.happens(patched({ callState: 'Connected', channel: 'Voice', sentiment: null }));
  yield 10;
  yield* hangingUp(scene, call);
}

/** What a client meets seldom, and has to survive. */
export const ODDITIES: readonly Plot[] = [
  callFrom('right-to-left name', RIGHT_TO_LEFT),
  callFrom('very long name', LONG_NAME),
  callFrom('no name', NAMELESS),
  callFrom('withheld number', WITHHELD),
  { name: 'something new', lines: 1, play: news },
];
