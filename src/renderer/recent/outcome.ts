import type { LogEntry, Outcome } from '../../core/log-entry';
import type { Tone } from '../calls/describe';
import type { Words } from '../words.svelte';

/** How a session ended, in words: `Answered by Maya Kent`, `Missed · inferred`. */
export function outcomeWords(outcome: Outcome, { t }: Words): string {
  switch (outcome.kind) {
    case 'active':
      return t('outcome.active');
    case 'answered':
      if (outcome.byMe) return t('outcome.answeredByMe');
      return outcome.by === undefined
        ? t('outcome.answered')
        : t('outcome.answeredBy', { name: outcome.by });
    case 'missed': {
      const missed = outcome.away ? t('outcome.missedAway') : t('outcome.missed');
      return outcome.inferred ? `${missed} · ${t('outcome.inferred')}` : missed;
    }
    case 'outgoing':
      return t('outcome.outgoing');
    case 'abandoned':
      return t('outcome.abandoned');
    case 'ended':
      return t('outcome.ended');
  }
}

/** The tone in which an outcome is shown. */
export function toneOfOutcome(outcome: Outcome): Tone {
  switch (outcome.kind) {
    case 'active':
    case 'answered':
      return 'connected';
    case 'missed':
    case 'abandoned':
      return 'missed';
    case 'outgoing':
      return 'dialing';
    case 'ended':
      return 'ended';
  }
}

/** How long a call took: how long it rang where nobody took it, `undefined` where unknown. */
export function spanOf(entry: LogEntry, words: Words): string | undefined {
  const { outcome, rang, talked, held } = entry;
  if (outcome.kind === 'active') return undefined;
  const inTalk = talked + held;
  if (inTalk > 0) return words.duration(inTalk);
  return rang > 0 ? words.t('recent.rang', { duration: words.duration(rang) }) : undefined;
}
