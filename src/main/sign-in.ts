import type { SignInRefusal } from '../shared/state';
import type { EvoVoice, Problem } from './api/evo-voice';

/** Signs in once, for somebody who waits for the outcome; `null` when it worked. */
export async function signIn(
  api: Pick<EvoVoice, 'signIn'>,
  userName: string,
  password: string,
): Promise<SignInRefusal | null> {
  const result = await api.signIn(userName, password);
  return result.ok ? null : refusalOf(result.problem);
}

/** Why a sign-in did not work, given what the server answered to it. */
export function refusalOf(problem: Problem): SignInRefusal {
  switch (problem.kind) {
    case 'signed-out':
      return { kind: 'wrong-credentials', message: problem.message };
    case 'fault':
      return { kind: 'unreachable', fault: problem.fault };
    case 'missing':
      return unreachable(problem.status);
    case 'forbidden':
      return unreachable(403);
  }
}

/** Whoever answers a sign-in like this is not the phone system. */
function unreachable(status: number): SignInRefusal {
  return { kind: 'unreachable', fault: { kind: 'bad-answer', code: `HTTP ${status}` } };
}
