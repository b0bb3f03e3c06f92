import type { SessionInfo } from '../../src/demo/api-types';
import { DemoServer } from '../../src/demo/server';

const NAMES = ['Grace Hopper', 'Ada Byron', 'Alan Turing', 'Mary Somerville', 'Emmy Noether'];
const CUSTOMERS = ['Bright Dental', 'Harbor Legal', 'Acme Rentals', 'Northside Veterinary'];

/** Creates sessions as the mock server writes them; the calls are answered. */
export function createConnectedSessions(count: number): readonly SessionInfo[] {
  const server = new DemoServer({ scenario: false });
  for (let index = 0; index < count; index += 1) {
    const id = server.ring({
      id: `session-${index}`,
      fromName: `${NAMES[index % NAMES.length] ?? ''} ${index}`,
      fromAddress: `+1202555${String(index % 10_000).padStart(4, '0')}`,
      customerName: CUSTOMERS[index % CUSTOMERS.length] ?? null,
    });
    server.answer(id);
  }
  return server.state().sessions;
}

/** Creates a ringing session. */
export function createRingingSession(id: string, fromName: string): SessionInfo {
  const server = new DemoServer({ scenario: false });
  server.ring({ id, fromName, fromAddress: '+12025550147' });
  const [session] = server.state().sessions;
  if (session === undefined) throw new Error('The mock server has no session.');
  // A new server always starts with the same call id.
  return { ...session, callSid: `call-sid-${id}` };
}

/** Puts ten of the sessions on hold, different ones in each round. */
export function holdTen(sessions: readonly SessionInfo[], round: number): readonly SessionInfo[] {
  const first = (round * 10) % sessions.length;
  return sessions.map((session, index) =>
    index >= first && index < first + 10 ? { ...session, callState: 'Hold' } : session,
  );
}
