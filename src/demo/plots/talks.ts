import { outgoingCall, ringingCall } from '../arrivals';
import { COLLEAGUES, LEON, MAYA, ME, PRIYA, SOFIA } from '../cast';
import { answeredBy, heldBy, namedAs, over, pickedUp, resumedBy } from '../changes';
import { handedOver, offeredTo, takenBack } from '../company';
import { closing, type Call, type Performance, type Plot, type Scene } from '../scene';

/** Both sides hang up: now and then the ended call stays listed for a moment. */
export function* hangingUp({ random }: Scene, call: Call): Performance {
  yield* closing(call, over('Completed', 'Hung up'), random.chance(0.5) ? 4 : 0);
}

function* answered(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone()));
  yield scene.random.between(4, 9);
  call.happens(answeredBy(ME));
  yield scene.random.between(20, 60);
  yield* hangingUp(scene, call);
}

function* heldForAMoment(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone(), [ME, PRIYA]));
  yield scene.random.between(3, 7);
  call.happens(answeredBy(ME));
  yield scene.random.between(8, 20);
  call.happens(heldBy(ME));
  yield scene.random.between(15, 40);
  call.happens(resumedBy(ME));
  yield scene.random.between(10, 30);
  yield* hangingUp(scene, call);
}

function* heldForLong(scene: Scene): Performance {
  const who = scene.random.pick([ME, MAYA]);
  const call = scene.opens(ringingCall(scene.someone(), [ME, MAYA]));
  yield scene.random.between(3, 6);
  call.happens(answeredBy(who));
  yield scene.random.between(5, 10);
  call.happens(heldBy(who));
  yield scene.random.between(130, 170);
  call.happens(resumedBy(who));
  yield scene.random.between(10, 20);
  yield* hangingUp(scene, call);
}

function* transferred(scene: Scene): Performance {
  const other = scene.random.pick(COLLEAGUES);
  const call = scene.opens(ringingCall(scene.someone()));
  yield scene.random.between(4, 8);
  call.happens(answeredBy(ME));
  yield scene.random.between(8, 20);
  call.happens(offeredTo(other, ME));
  yield scene.random.between(5, 9);
  call.happens(handedOver(other, ME));
  yield scene.random.between(5, 15);
  yield* closing(call, over('Transferred', `Completed with ${other.name}`), 0);
}

function* transferRefused(scene: Scene): Performance {
  const call = scene.opens(ringingCall(scene.someone()));
  yield scene.random.between(4, 8);
  call.happens(answeredBy(ME));
  yield scene.random.between(8, 15);
  call.happens(offeredTo(LEON, ME));
  yield scene.random.between(8, 12);
  call.happens(takenBack(LEON, ME));
  yield scene.random.between(10, 20);
  yield* hangingUp(scene, call);
}

function* nameArrivesLate(scene: Scene): Performance {
  const { caller, customer } = scene.someone();
  const { address } = caller;
  const unnamed = address === undefined ? {} : { address };
  const call = scene.opens(ringingCall({ caller: unnamed, customer }));
  yield 2;
  call.happens(namedAs(caller));
  yield scene.random.between(4, 8);
  call.happens(answeredBy(ME));
  yield scene.random.between(15, 40);
  yield* hangingUp(scene, call);
}

function* dialledOut(scene: Scene): Performance {
  const call = scene.opens(outgoingCall(scene.someone(), ME));
  yield scene.random.between(5, 10);
  call.happens(pickedUp());
  yield scene.random.between(15, 45);
  yield* hangingUp(scene, call);
}

function* dialledInVain(scene: Scene): Performance {
  const call = scene.opens(outgoingCall(scene.someone(), SOFIA));
  yield scene.random.between(12, 20);
  yield* closing(call, over('No answer', 'Nobody picked up'), scene.random.chance(0.5) ? 3 : 0);
}

/** Calls that I, or a colleague, talk on. */
export const TALKS: readonly Plot[] = [
  { name: 'answered', lines: 1, needsMe: true, play: answered },
  { name: 'held for a moment', lines: 1, needsMe: true, play: heldForAMoment },
  { name: 'held for long', lines: 1, play: heldForLong },
  { name: 'transferred', lines: 1, needsMe: true, play: transferred },
  { name: 'transfer refused', lines: 1, needsMe: true, play: transferRefused },
  { name: 'name arrives late', lines: 1, needsMe: true, play: nameArrivesLate },
  { name: 'dialled out', lines: 1, needsMe: true, play: dialledOut },
  { name: 'dialled in vain', lines: 1, play: dialledInVain },
];
