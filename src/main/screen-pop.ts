import { summarizeSession, type CallSummary } from '../core/calls/call-summary';
import { splitExtension } from '../core/calls/extension';
import { getNationalNumber, type Region } from '../core/calls/phone';
import { getSessionId } from '../core/calls/session-key';
import { buildScreenPopUrl, PLACEHOLDERS } from '../core/screen-pop';
import type { Session } from '../core/api/schema';
import type { Effect } from '../core/alerts/reduce';
import type { AccountList } from './accounts/account-list';
import { openExternally } from './external-links';
import { RateLimit } from './rate-limit';
import type { CallLog } from './storage/call-log';
import type { SettingsStore } from './storage/settings-store';

/** Older answers are ignored: they predate the start of Ringside or a change of the settings. */
const MAX_ANSWER_AGE_MS = 10_000;
const MAX_REMEMBERED = 100;
/** A flood of calls must not become a flood of browser windows. */
const MAX_AUTOMATIC_PER_MINUTE = 20;

/** Opens the screen pop of a call in the browser, on request or automatically. */
export class ScreenPop {
  /** Calls whose screen pop was due when they were answered. */
  readonly #answered = new Set<string>();
  readonly #automatic = new RateLimit(MAX_AUTOMATIC_PER_MINUTE);
  /** The open confirmation dialog. */
  #question: { readonly host: string; readonly isConfirmed: Promise<boolean> } | undefined;

  constructor(
    private readonly accounts: Pick<AccountList, 'getSession'>,
    private readonly settings: Pick<SettingsStore, 'get' | 'managed' | 'screenPopHost'>,
    private readonly callLog: Pick<CallLog, 'get'>,
    private readonly i18n: { readonly region: Region | undefined },
    /** Asks the user whether pages from a host may be opened. */
    private readonly confirmHost: (host: string) => Promise<boolean>,
  ) {}

  /** Whether a session has a screen pop. */
  canOpen(id: string): boolean {
    return this.#getUrl(id) !== undefined;
  }

  /**
   * Opens the screen pop of a session, unless the user refuses pages from its host; `false` if it
   * couldn't be opened.
   */
  async open(id: string): Promise<boolean> {
    return this.#openUrl(this.#getUrl(id));
  }

  /** Opens the screen pop with the values of the preview; `false` if it couldn't be opened. */
  async openExample(): Promise<boolean> {
    return this.#openUrl(buildScreenPopUrl(this.settings.get().screenPopUrl, PLACEHOLDERS));
  }

  async #openUrl(url: string | undefined): Promise<boolean> {
    if (url === undefined) return false;
    const { host } = new URL(url);
    if (this.#isHostConfirmed(host)) return openExternally(url);
    return (await this.#confirmNewHost(host)) ? openExternally(url) : true;
  }

  /** Opens the screen pops of new rings or of calls just answered, as set by the user. */
  apply(effects: readonly Effect[]): void {
    // Answers are remembered regardless of the setting so that none opens late after a change.
    const answered = effects.flatMap((effect) => this.#getAnswered(effect));
    const { screenPopWhen } = this.settings.get();
    const due = screenPopWhen === 'ringing' ? effects.flatMap(getRinging) : answered;
    if (screenPopWhen === 'button') return;
    for (const id of due) if (this.#automatic.allow()) void this.open(id);
  }

  #getAnswered(effect: Effect): readonly string[] {
    if (effect.kind !== 'log' || effect.entry.outcome.kind !== 'answered') return [];
    const { outcome, answeredAt = 0, summary } = effect.entry;
    const isNew = Date.now() - answeredAt < MAX_ANSWER_AGE_MS && !this.#answered.has(summary.id);
    if (!outcome.isOwn || !isNew) return [];
    this.#answered.add(summary.id);
    const [oldest] = this.#answered;
    if (this.#answered.size > MAX_REMEMBERED && oldest !== undefined) this.#answered.delete(oldest);
    return [summary.id];
  }

  #isHostConfirmed(host: string): boolean {
    return this.settings.managed.screenPopUrl !== undefined || this.settings.screenPopHost === host;
  }

  /**
   * The window's page can change the address, so a new host, which will receive information about
   * callers, is confirmed outside the page.
   */
  async #confirmNewHost(host: string): Promise<boolean> {
    this.#question ??= {
      host,
      isConfirmed: this.confirmHost(host).finally(() => (this.#question = undefined)),
    };
    // One dialog at a time.
    if (this.#question.host !== host) return false;
    const isConfirmed = await this.#question.isConfirmed;
    if (isConfirmed) this.settings.screenPopHost = host;
    return isConfirmed;
  }

  #getUrl(id: string): string | undefined {
    const template = this.settings.get().screenPopUrl;
    const session = this.accounts.getSession(id);
    const { region } = this.i18n;
    if (session) return getScreenPopUrl(template, session, region);
    // The page is needed most when the call is over.
    const entry = this.callLog.get(id);
    return entry && buildUrl(template, entry.summary, entry.record, region);
  }
}

/** The screen pop URL of a session; `undefined` if the template is empty or invalid. */
export function getScreenPopUrl(
  template: string,
  session: Session,
  region?: Region,
): string | undefined {
  return buildUrl(template, summarizeSession(session), session, region);
}

function buildUrl(
  template: string,
  { id, party, customer, endpoint, direction }: CallSummary,
  ids: Pick<Session, 'customerId' | 'callSid'> | undefined,
  region: Region | undefined,
): string | undefined {
  if (template === '') return undefined;
  const { name, number } = party;
  return buildScreenPopUrl(template, {
    customerId: ids?.customerId,
    callSid: ids?.callSid,
    name,
    // An extension would keep a customer directory from finding the number.
    number: number === undefined ? undefined : splitExtension(number).number,
    nationalNumber: number === undefined ? undefined : getNationalNumber(number, region),
    customer,
    endpoint,
    direction,
    sessionId: getSessionId(id),
  });
}

function getRinging(effect: Effect): readonly string[] {
  return effect.kind === 'raise' && effect.alert.kind === 'ringing'
    ? [effect.alert.summary.id]
    : [];
}
