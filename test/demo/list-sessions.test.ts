import { describe, expect, test } from 'vitest';
import { getPage, sendSignedIn, startServer, TestClock } from './helpers';

const DAY_SECONDS = 24 * 60 * 60;

/** A server with one ended call on each of the last days: `call-0` today, `call-1` yesterday … */
async function startWithHistory(days: number) {
  const clock = new TestClock();
  clock.advance(-(days - 1) * DAY_SECONDS);
  const server = await startServer({ now: clock.now });
  for (let day = days - 1; day >= 0; day -= 1) {
    server.vanish(server.ring({ id: `call-${day}` }));
    if (day > 0) clock.advance(DAY_SECONDS);
  }
  const getIds = async (query: string) => (await getPage(server, query)).items.map(({ id }) => id);
  return { server, getIds };
}

describe('GET /sessions', () => {
  test('returns active and ended sessions, newest first', async () => {
    const { server, getIds } = await startWithHistory(3);
    server.ring({ id: 'active' });
    server.ring({ id: 'ticks', dateCreated: `/Date(${Date.UTC(2026, 2, 3)})/` });
    expect(await getIds('')).toEqual(['active', 'call-0', 'ticks', 'call-1', 'call-2']);
  });

  test('returns only the sessions with these ids, and none for an unknown id', async () => {
    const { getIds } = await startWithHistory(20);
    expect(await getIds('specificIds=call-1,call-18,unknown')).toEqual(['call-18', 'call-1']);
  });

  test('returns the sessions of the days from StartDate to EndDate', async () => {
    const { getIds } = await startWithHistory(5);
    expect(await getIds('StartDate=2026-03-01&EndDate=2026-03-02')).toEqual(['call-1', 'call-2']);
  });

  test('returns sessions older than 15 days only with SearchArchive', async () => {
    const { getIds } = await startWithHistory(20);
    expect(await getIds('')).toHaveLength(16);
    expect(await getIds('SearchArchive=true')).toHaveLength(20);
  });

  test('returns 25 sessions a page unless CountPerPage says otherwise', async () => {
    const { server, getIds } = await startWithHistory(30);
    const query = 'SearchArchive=true';
    expect(await getPage(server, query)).toMatchObject({
      items: { length: 25 },
      totalCount: 30,
      totalPages: 2,
      hasMorePages: true,
    });
    expect(await getPage(server, `${query}&Page=1`)).toMatchObject({ hasMorePages: false });
    expect(await getIds(`${query}&Page=2&CountPerPage=10`)).toHaveLength(10);
    expect(await getIds(`${query}&Page=3&CountPerPage=10`)).toEqual([]);
  });

  test.each(['Page=-1', 'CountPerPage=0', 'StartDate=yesterday'])(
    'answers 400 to %s',
    async (query) => {
      const server = await startServer();
      const response = await sendSignedIn(server, `/sessions?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toHaveProperty('responseStatus.message');
    },
  );

  test.each([
    ['refused', 403],
    ['missing', 404],
  ] as const)(
    'can be %s for lookups, the history, contacts, and transcripts separately',
    async (mode, status) => {
      const server = await startServer();
      const chat = server.ring({ channel: 'Chat' });
      const getStatuses = async (): Promise<readonly number[]> => {
        const paths = [
          '/sessions?specificIds=1',
          '/sessions?page=0',
          '/app/contacts',
          `/sessions/${chat}/transcript`,
          '/sessions/my',
        ];
        return Promise.all(paths.map(async (path) => (await sendSignedIn(server, path)).status));
      };
      server.setMode('lookup', mode);
      expect(await getStatuses()).toEqual([status, 200, 200, 200, 200]);
      server.setMode('lookup', 'ok');
      server.setMode('history', mode);
      expect(await getStatuses()).toEqual([200, status, 200, 200, 200]);
      server.setMode('history', 'ok');
      server.setMode('contacts', mode);
      expect(await getStatuses()).toEqual([200, 200, status, 200, 200]);
      server.setMode('contacts', 'ok');
      server.setMode('transcripts', mode);
      expect(await getStatuses()).toEqual([200, 200, 200, status, 200]);
    },
  );
});
