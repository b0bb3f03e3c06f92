import type { LogEntry } from '../log-entry';

/**
 * A newer version of an entry, with what is known of whether the person has looked at it: a miss
 * that nobody has looked at stays so until somebody does or the call is answered after all, and
 * one that was looked at does not come back.
 */
export function carriedOn(before: LogEntry | undefined, entry: LogEntry): LogEntry {
  const seen = isSeen(before, entry);
  return seen === entry.seen ? entry : { ...entry, seen };
}

function isSeen(before: LogEntry | undefined, { outcome, seen }: LogEntry): boolean {
  if (outcome.kind === 'answered') return true;
  if (before?.seen === false) return false;
  return seen || before?.outcome.kind === 'missed';
}

/** Whether an entry belongs among the missed calls: missed, or once missed and not looked at. */
export function isMiss({ outcome, seen }: LogEntry): boolean {
  return outcome.kind === 'missed' || !seen;
}
