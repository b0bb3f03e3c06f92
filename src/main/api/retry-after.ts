/**
 * What a `Retry-After` header asks to wait, in ms, given `now` (ms since 1970): seconds or an HTTP
 * date. `undefined` for none, for nonsense, and for a date that has passed.
 */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return date > now ? date - now : undefined;
}
