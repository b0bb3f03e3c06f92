import { queuedCall } from '../arrivals';
import { ME, PRIYA, QUEUES, SOFIA } from '../cast';
import { answeredBy, heldBy, over, resumedBy } from '../changes';
import { backIn, ringsAt } from '../queueing';
import { closing, type Performance, type Plot, type Scene } from '../scene';
import { hangingUp } from './talks';

function* waitedAndAnswered(scene: Scene): Performance {
  const call = scene.opens(queuedCall(scene.someone(), scene.random.pick(QUEUES)));
  yield scene.random.between(10, 30);
  call.happens(ringsAt(ME));
  yield scene.random.between(4, 8);
  call.happens(answeredBy(ME));
  yield scene.random.between(15, 40);
  yield* hangingUp(scene, call);
}

/** Nobody answers at the first desk; a few seconds later the same call rings again. */
function* bounced(scene: Scene): Performance {
  const queue = scene.random.pick(QUEUES);
  const call = scene.opens(queuedCall(scene.someone(), queue));
  yield scene.random.between(4, 8);
  call.happens(ringsAt(ME));
  yield 8;
  call.happens(backIn(queue));
  yield scene.random.between(3, 7);
  call.happens(ringsAt(ME));
  yield scene.random.between(3, 6);
  call.happens(answeredBy(PRIYA));
  yield scene.random.between(8, 15);
  call.happens(heldBy(PRIYA));
  yield scene.random.between(8, 15);
  call.happens(resumedBy(PRIYA));
  yield scene.random.between(10, 20);
  yield* hangingUp(scene, call);
}

function* passedAlong(scene: Scene): Performance {
  const call = scene.opens(queuedCall(scene.someone(), scene.random.pick(QUEUES)));
  yield scene.random.between(8, 15);
  call.happens(ringsAt(ME));
  yield scene.random.between(5, 8);
  call.happens(ringsAt(SOFIA));
  yield scene.random.between(3, 6);
  yield* closing(call, answeredBy(SOFIA), 0);
}

const abandoned = over('Abandoned', 'The caller hung up while waiting');

function* abandonedAndListed(scene: Scene): Performance {
  const call = scene.opens(queuedCall(scene.someone(), scene.random.pick(QUEUES)));
  yield scene.random.between(20, 45);
  yield* closing(call, abandoned, 5);
}

function* abandonedAndGone(scene: Scene): Performance {
  const call = scene.opens(queuedCall(scene.someone(), scene.random.pick(QUEUES)));
  yield scene.random.between(20, 45);
  yield* closing(call, abandoned, 0);
}

/** Calls that wait in a queue first. */
export const QUEUED: readonly Plot[] = [
  { name: 'waited and answered', lines: 1, needsMe: true, play: waitedAndAnswered },
  { name: 'bounced', lines: 1, play: bounced },
  { name: 'passed along', lines: 1, play: passedAlong },
  { name: 'abandoned and listed', lines: 1, play: abandonedAndListed },
  { name: 'abandoned and gone', lines: 1, play: abandonedAndGone },
];
