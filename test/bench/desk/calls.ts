import { DemoServer } from '../../../src/demo/server';
import type { WireFields, WireSession } from '../../../src/demo/wire';

const PEOPLE = ['Grace Hopper', 'Ada Byron', 'Alan Turing', 'Mary Somerville', 'Emmy Noether'];
const FIRMS = ['Bright Dental', 'Harbor Legal', 'Acme Rentals', 'Northside Vets'];
/** Sessions that are made one by one; the rest are theirs under other names. */
const MODELS = 60;

/** Sessions as the stand-in writes them, the phones of all of them answered. */
export function talking(count: number): readonly WireSession[] {
  const models = modelSessions(Math.min(count, MODELS));
  return Array.from({ length: count }, (_, at) => {
    const model = models[at % models.length];
    if (model === undefined) throw new Error('there is no session to copy');
    return { ...model, id: `${model.id}-${at}`, fromAddress: numberOf(at) };
  });
}

/** A session that rings. */
export function ringing(id: string, fields: WireFields = {}): WireSession {
  const demo = new DemoServer({ scenario: false });
  demo.ring({ ...caller(0), ...fields });
  const [session] = demo.state().sessions;
  if (session === undefined) throw new Error('the stand-in rings no call');
  return { ...session, id };
}

/** The session once somebody took it. */
export function answered(session: WireSession): WireSession {
  return { ...session, callState: 'Connected', answeredByName: 'Maya Kent' };
}

function modelSessions(count: number): readonly WireSession[] {
  const demo = new DemoServer({ scenario: false });
  for (let at = 0; at < count; at += 1) demo.answer(demo.ring(caller(at)));
  return demo.state().sessions;
}

function caller(at: number): WireFields {
  const firm = FIRMS[at % FIRMS.length] ?? '';
  return {
    fromName: `${PEOPLE[at % PEOPLE.length] ?? ''} ${at}`,
    fromAddress: numberOf(at),
    customerName: firm,
    customerBreadcrumb: [
      { id: 'group', name: 'Northside Group' },
      { id: `firm-${at % FIRMS.length}`, name: firm },
    ],
    endpointName: 'Front desk',
  };
}

function numberOf(at: number): string {
  return `+1202555${String(at % 10_000).padStart(4, '0')}`;
}
