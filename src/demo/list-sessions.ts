import * as v from 'valibot';
import type { SessionInfo, SessionPage } from './api-types';
import { parseDate } from './dates';
import { RequestError } from './http';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Older sessions are only found with `SearchArchive`. */
const ARCHIVE_AFTER_MS = 15 * DAY_MS;

const text = v.optional(v.string());
const list = v.optional(
  v.pipe(
    v.string(),
    v.transform((value) => value.split(',')),
  ),
);
const flag = v.optional(
  v.pipe(
    v.string(),
    v.transform((value) => /^true$/i.test(value)),
  ),
  'false',
);
/** A day without a time, which begins at midnight UTC. */
const day = v.optional(v.pipe(v.string(), v.isoDate(), v.transform(Date.parse)));
const integer = (fallback: string, min: number) =>
  v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(min)), fallback);

/** Names aren't case-sensitive. */
const parameters = v.object({
  specificids: list,
  accountids: list,
  customerids: list,
  endpointids: list,
  from: text,
  to: text,
  startdate: day,
  enddate: day,
  searcharchive: flag,
  all: flag,
  page: integer('0', 0),
  countperpage: integer('25', 1),
  sortfield: text,
  sortorder: v.optional(
    v.pipe(v.string(), v.toLowerCase(), v.picklist(['ascend', 'descend'])),
    'descend',
  ),
});

/** Answers `GET /sessions`. Lists begin with the newest unless the query asks for another order. */
export function listSessions(
  sessions: readonly SessionInfo[],
  query: URLSearchParams,
  now: number,
): SessionPage {
  const fields = [...query].map(([name, value]) => [name.toLowerCase(), value] as const);
  const parsed = v.safeParse(parameters, Object.fromEntries(fields.filter(([, value]) => value)));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RequestError(400, `${v.getDotPath(issue) ?? ''}: ${issue.message}.`);
  }
  const { page, countperpage: size, all } = parsed.output;
  const items = sort(sessions.filter(createFilter(parsed.output, now)), parsed.output);
  const totalPages = all ? Math.min(1, items.length) : Math.ceil(items.length / size);
  return {
    items: all ? items : items.slice(page * size, (page + 1) * size),
    totalCount: items.length,
    totalPages,
    hasMorePages: page + 1 < totalPages,
  };
}

function createFilter(options: v.InferOutput<typeof parameters>, now: number) {
  const { specificids, accountids, customerids, endpointids, from, to } = options;
  const start = options.startdate ?? -Infinity;
  const end = (options.enddate ?? Infinity) + DAY_MS;
  const includesArchive = options.searcharchive || specificids !== undefined;
  const oldest = includesArchive ? start : Math.max(start, now - ARCHIVE_AFTER_MS);
  return (session: SessionInfo): boolean => {
    const created = parseDate(session.dateCreated);
    return (
      // A test may have set a date that can't be read.
      (Number.isNaN(created) || (created >= oldest && created < end)) &&
      (specificids?.includes(session.id) ?? true) &&
      (accountids?.includes(session.accountId ?? '') ?? true) &&
      (customerids?.includes(session.customerId ?? '') ?? true) &&
      (endpointids?.includes(session.endpointId ?? '') ?? true) &&
      String(session.fromAddress).includes(from ?? '') &&
      String(session.toAddress).includes(to ?? '')
    );
  };
}

function sort(
  sessions: readonly SessionInfo[],
  { sortfield, sortorder, specificids }: v.InferOutput<typeof parameters>,
): readonly SessionInfo[] {
  if (specificids !== undefined && sortfield === undefined) return sessions;
  const field = (sortfield ?? 'dateCreated').toLowerCase();
  const getKey = (session: SessionInfo): string => {
    const [, value] = Object.entries(session).find(([name]) => name.toLowerCase() === field) ?? [];
    // Sessions write their dates in different formats, which don't sort as text.
    return field.startsWith('date') ? formatSortable(parseDate(value)) : String(value ?? '');
  };
  const sorted = sessions
    .map((session) => ({ session, key: getKey(session) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ session }) => session);
  return sortorder === 'ascend' ? sorted : sorted.reverse();
}

function formatSortable(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
