import { chat, queuedCall, ringingCall } from '../arrivals';
import type { Caller } from '../callers';
import { LEON, MAYA, ME, PRIYA, RECEPTION, SOFIA } from '../cast';
import { answeredBy, heldBy, missed, over, resumedBy } from '../changes';
import { handedOver, offeredTo, joinedBy, leftBy } from '../company';
import {
  ACME_RENTALS,
  BRIGHT_DENTAL,
  HARBOR_LEGAL,
  KESSLER,
  NORTHSIDE_VETERINARY,
} from '../customers';
import { ringsAt } from '../queueing';
import { closing, type Performance, type Plot, type Scene } from '../scene';
import { hangingUp } from './talks';

/** Regulars, who call while the curtain rises. */
const ELEANOR: Caller = { name: 'Eleanor Price', address: '+12025550186' };
const SAMUEL: Caller = { name: 'Samuel Adeyemi', address: '+12025550121' };
const CLAIRE: Caller = { name: 'Claire Dubois', address: '+33199002281' };
const CATHY: Caller = { name: 'Cathy', address: '+12025550173' };
const NORA: Caller = { name: 'Nora Lindgren', address: '+12025550158' };
const PETER: Caller = { name: 'Peter Novak', address: '+493023125377' };
const HANNAH: Caller = { name: 'Hannah Reed', address: '+442079460702' };

/** Ten minutes old when the curtain rises, and still going on. Leaves me free at 5 s. */
function* longTalk(scene: Scene): Performance {
  const call = scene.opens(ringingCall({ caller: ELEANOR, customer: HARBOR_LEGAL }));
  yield 9;
  call.happens(answeredBy(ME));
  yield 452;
  call.happens(joinedBy(PRIYA));
  yield 305;
  call.happens(leftBy(ME));
  yield 47;
  yield* hangingUp(scene, call);
}

/** On hold for almost two minutes when the curtain rises. */
function* forgotten(scene: Scene): Performance {
  const call = scene.opens(ringingCall({ caller: SAMUEL, customer: ACME_RENTALS }, [ME, LEON]));
  yield 7;
  call.happens(answeredBy(LEON));
  yield 19;
  call.happens(heldBy(LEON));
  yield 142;
  call.happens(resumedBy(LEON));
  yield 25;
  yield* hangingUp(scene, call);
}

function* waiting(scene: Scene): Performance {
  const contact = { caller: CLAIRE, customer: BRIGHT_DENTAL };
  const call = scene.opens(queuedCall(contact, RECEPTION));
  yield 67;
  call.happens(ringsAt(ME));
  yield 7;
  call.happens(answeredBy(SOFIA));
  yield 30;
  yield* hangingUp(scene, call);
}

function* chatting(scene: Scene): Performance {
  const session = scene.opens(chat({ caller: CATHY, customer: ACME_RENTALS }, 'open'));
  yield 310;
  yield* closing(session, over('Completed', 'Chat closed'), 3);
}

/** The first ring: answered, held, resumed, handed to Maya. */
function* firstRing(scene: Scene): Performance {
  const call = scene.opens(ringingCall({ caller: NORA, customer: BRIGHT_DENTAL }));
  yield 6.5;
  call.happens(answeredBy(ME));
  yield 9;
  call.happens(heldBy(ME));
  yield 7;
  call.happens(resumedBy(ME));
  yield 6;
  call.happens(offeredTo(MAYA, ME));
  yield 6;
  call.happens(handedOver(MAYA, ME));
  yield 12;
  yield* hangingUp(scene, call);
}

function* firstMiss(scene: Scene): Performance {
  const call = scene.opens(ringingCall({ caller: HANNAH, customer: NORTHSIDE_VETERINARY }));
  yield 12;
  yield* closing(call, missed(), 6);
}

function* firstRescue(scene: Scene): Performance {
  const call = scene.opens(ringingCall({ caller: PETER, customer: KESSLER }, [ME, MAYA]));
  yield 6;
  yield* closing(call, answeredBy(MAYA), 0);
}

/**
 * The play begins in the middle: what began before the server did, and the first half minute.
 * `at` is the second of the play, negative for what came before.
 */
export const OPENING: readonly { readonly at: number; readonly plot: Plot }[] = [
  { at: -761, plot: { name: 'long talk', lines: 1, play: longTalk } },
  { at: -240, plot: { name: 'chatting', lines: 1, play: chatting } },
  { at: -135, plot: { name: 'forgotten', lines: 1, play: forgotten } },
  { at: -48, plot: { name: 'waiting', lines: 1, play: waiting } },
  { at: 1.5, plot: { name: 'first ring', lines: 1, needsMe: true, play: firstRing } },
  { at: 10, plot: { name: 'first miss', lines: 1, play: firstMiss } },
  { at: 13, plot: { name: 'first rescue', lines: 1, play: firstRescue } },
];
