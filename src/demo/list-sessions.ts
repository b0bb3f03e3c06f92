import * as v from 'valibot';
import type { SessionInfo } from './api-types';
import { parseDate } from './dates';
import { RequestError } from './http';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Older sessions are only found with `SearchArchive`. */
const ARCHIVE_AFTER_MS = 15 * DAY_MS;

/** A day without a time, which begins at midnight UTC. */
const day = v.optional(v.pipe(v.string(), v.isoDate(), v.transform(Date.parse)));
const integer = (fallback: string, min: number) =>
  v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(min)), fallback);

/** The query parameters that Ringside uses, with their names in lower case. */
const parameters = v.object({
  specificids: v.optional(v.string()),
  startdate: day,
  enddate: day,
  searcharchive: v.optional(v.string()),
  page: integer('0', 0),
  countperpage: integer('25', 1),
});

/** Answers `GET /sessions`. Lists without ids begin with the newest session. */
export function listSessions(
  sessions: readonly SessionInfo[],
  query: URLSearchParams,
  now: number,
) {
  const fields = [...query].map(([name, value]) => [name.toLowerCase(), value] as const);
  const parsed = v.safeParse(parameters, Object.fromEntries(fields.filter(([, value]) => value)));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RequestError(400, `${v.getDotPath(issue) ?? ''}: ${issue.message}.`);
  }
  const { page, countperpage: size, specificids } = parsed.output;
  const found = sessions.filter(createFilter(parsed.output, now));
  const items =
    specificids === undefined ? found.reverse().sort((a, b) => getStart(b) - getStart(a)) : found;
  const totalPages = Math.ceil(items.length / size);
  return {
    items: items.slice(page * size, (page + 1) * size),
    totalCount: items.length,
    totalPages,
    hasMorePages: page + 1 < totalPages,
  };
}

function createFilter(options: v.InferOutput<typeof parameters>, now: number) {
  const ids = options.specificids?.split(',');
  const start = options.startdate ?? -Infinity;
  const end = (options.enddate ?? Infinity) + DAY_MS;
  const includesArchive = options.searcharchive?.toLowerCase() === 'true' || ids !== undefined;
  const oldest = includesArchive ? start : Math.max(start, now - ARCHIVE_AFTER_MS);
  return ({ id, dateCreated }: SessionInfo): boolean => {
    const created = parseDate(dateCreated);
    // A test may have set a date that can't be read.
    const isInTime = Number.isNaN(created) || (created >= oldest && created < end);
    return isInTime && (ids?.includes(id) ?? true);
  };
}

function getStart({ dateCreated }: SessionInfo): number {
  return parseDate(dateCreated) || 0;
}
