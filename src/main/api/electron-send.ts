import { net, type ClientRequest, type IncomingMessage, type Session } from 'electron';
import { faultOfNetError, LARGEST_ANSWER, LONGEST_ANSWER, type Reply, type Send } from './send';

/** Redirects within the same origin that one request may take. */
const MOST_REDIRECTS = 5;

/**
 * Sends over Electron's network stack: system proxy, system certificates, and the cookie jar of the
 * given session, so that no cookie ever passes through our hands. An answer that takes longer than
 * `longest` ms in all is cut off.
 */
export function electronSend(session: Session, longest = LONGEST_ANSWER): Send {
  return (request, signal) =>
    new Promise((resolve) => {
      const { method, url } = request;
      const call = net.request({
        method,
        url,
        session,
        useSessionCookies: true,
        credentials: 'include',
        redirect: 'manual',
        cache: 'no-store',
      });
      for (const [name, value] of Object.entries(request.headers)) call.setHeader(name, value);

      const timer = setTimeout(() => {
        settle({ ok: false, fault: { kind: 'timeout', code: `${longest} ms` } });
      }, longest);
      const stop = (): void => {
        settle({ ok: false, fault: { kind: 'unexpected', code: 'ABORTED' } });
      };
      let settled = false;
      const settle = (reply: Reply): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        // Whatever was settled early is still under way: nothing of it may keep coming.
        call.abort();
        resolve(reply);
      };

      signal.addEventListener('abort', stop);
      call.on('error', (error) => {
        settle({ ok: false, fault: faultOfNetError(error.message) });
      });
      call.on('login', (_, answer) => {
        answer();
      });
      refuseForeignRedirects(call, method, url, settle);
      call.on('response', (response) => {
        collect(response, settle);
      });
      if (signal.aborted) stop();
      else call.end(request.body);
    });
}

/** A redirect to another host or scheme would carry the sign-in there: it is refused. */
function refuseForeignRedirects(
  call: ClientRequest,
  method: string,
  url: string,
  settle: (reply: Reply) => void,
): void {
  const { origin } = new URL(url);
  let redirects = 0;
  call.on('redirect', (status, _, target) => {
    redirects += 1;
    const isOurs = URL.canParse(target) && new URL(target).origin === origin;
    if (isOurs && method === 'GET' && redirects <= MOST_REDIRECTS) call.followRedirect();
    else settle({ ok: false, fault: { kind: 'redirected', code: String(status) } });
  });
}

function collect(response: IncomingMessage, settle: (reply: Reply) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk) => {
    size += chunk.length;
    if (size > LARGEST_ANSWER) {
      settle({ ok: false, fault: { kind: 'too-large', code: `${LARGEST_ANSWER} bytes` } });
    } else chunks.push(chunk);
  });
  response.on('error', (error: Error) => {
    settle({ ok: false, fault: faultOfNetError(error.message) });
  });
  response.on('aborted', () => {
    settle({ ok: false, fault: { kind: 'bad-answer', code: 'ABORTED' } });
  });
  response.on('end', () => {
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    settle({ ok: true, status: response.statusCode, headers, body: Buffer.concat(chunks) });
  });
}
