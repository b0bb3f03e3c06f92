import { chat, fax } from '../arrivals';
import { ME } from '../cast';
import { answeredBy, over } from '../changes';
import { closing, type Performance, type Plot, type Scene } from '../scene';

function* chatThatRings(scene: Scene): Performance {
  const session = scene.opens(chat(scene.someone(), 'rings'));
  yield scene.random.between(4, 8);
  session.happens(answeredBy(ME));
  yield scene.random.between(40, 90);
  yield* closing(session, over('Completed', 'Chat closed'), 3);
}

function* chatThatLiesOpen(scene: Scene): Performance {
  const session = scene.opens(chat(scene.someone(), 'open'));
  yield scene.random.between(40, 90);
  yield* closing(session, over('Completed', 'Chat closed'), 0);
}

function* faxComesIn(scene: Scene): Performance {
  const session = scene.opens(fax(scene.someone()));
  yield scene.random.between(15, 30);
  yield* closing(session, over('Received', 'Fax received, 3 pages'), 6);
}

/** Sessions in which nobody speaks. */
export const WRITTEN: readonly Plot[] = [
  { name: 'chat that rings', lines: 1, play: chatThatRings },
  { name: 'chat that lies open', lines: 1, play: chatThatLiesOpen },
  { name: 'fax', lines: 1, play: faxComesIn },
];
