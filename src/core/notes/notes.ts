import * as v from 'valibot';
import { toPlainLine, toPlainLines, truncate } from '../api/sanitize';
import { isSameNumber, toKeyText, type GetNumberKey } from '../calls/number-key';
import { normalizeSearchText } from '../calls/search';

/** How important the calls of a number or customer are to the user. */
export const PRIORITIES = ['normal', 'vip', 'nuisance'] as const;
/** VIP calls stand out; nuisance calls never alert. */
export type Priority = (typeof PRIORITIES)[number];

/** What the user noted about a number. */
export interface NumberNote {
  readonly number: string;
  /** The user's own name for it; empty for none. */
  readonly name: string;
  readonly text: string;
  readonly priority: Priority;
}

/** What the user noted about a customer: a greeting, instructions. */
export interface CustomerNote {
  readonly customer: string;
  readonly text: string;
  readonly priority: Priority;
}

/** All notes of the user. */
export interface Notes {
  readonly numbers: readonly NumberNote[];
  readonly customers: readonly CustomerNote[];
}

/** The notes of a new profile. */
export const NO_NOTES: Notes = { numbers: [], customers: [] };

/** Limits what is read, searched, and saved. */
export const MAX_NUMBER_NOTES = 5_000;
export const MAX_CUSTOMER_NOTES = 1_000;
export const MAX_NOTE_LENGTH = 2_000;
export const MAX_NOTE_NAME_LENGTH = 200;
const MAX_KEY_LENGTH = 500;

const VERSION = 1;
const text = (length: number) => v.optional(v.pipe(v.string(), v.maxLength(length)), '');
const priority = v.fallback(v.optional(v.picklist(PRIORITIES), 'normal'), 'normal');
const key = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_KEY_LENGTH));

/** A note about a number, as it comes from the window. */
export const numberNoteSchema = v.object({
  number: key,
  name: text(MAX_NOTE_NAME_LENGTH),
  text: text(MAX_NOTE_LENGTH),
  priority,
});

/** A note about a customer, as it comes from the window. */
export const customerNoteSchema = v.object({
  customer: key,
  text: text(MAX_NOTE_LENGTH),
  priority,
});

const savedNotes = v.object({
  version: v.literal(VERSION),
  numbers: v.pipe(v.array(numberNoteSchema), v.maxLength(MAX_NUMBER_NOTES)),
  customers: v.pipe(v.array(customerNoteSchema), v.maxLength(MAX_CUSTOMER_NOTES)),
});

/** Parses saved notes; `undefined` if they can't be read. Never throws. */
export function parseNotes(json: unknown): Notes | undefined {
  const read = v.safeParse(savedNotes, json);
  return read.success
    ? { numbers: read.output.numbers, customers: read.output.customers }
    : undefined;
}

/** Returns the notes as they are saved. */
export function toSavedNotes(notes: Notes): Notes & { readonly version: number } {
  return { version: VERSION, ...notes };
}

/** Whether a note says nothing, so that it needn't be kept. */
export function isEmptyNote(note: NumberNote | CustomerNote): boolean {
  const hasName = 'name' in note && note.name !== '';
  return !hasName && note.text === '' && note.priority === 'normal';
}

/** Removes control characters and surrounding spaces, and bounds the texts. */
export function normalizeNumberNote(note: NumberNote): NumberNote {
  return {
    number: truncate(toPlainLine(note.number), MAX_KEY_LENGTH),
    name: truncate(toPlainLine(note.name), MAX_NOTE_NAME_LENGTH),
    text: normalizeText(note.text),
    priority: note.priority,
  };
}

function normalizeText(text: string): string {
  return truncate(toPlainLines(text.replace(/\r\n?/g, '\n')).trim(), MAX_NOTE_LENGTH);
}

/** Finds notes by number, however it's written, and by customer. */
export class NotesIndex {
  readonly #numbers = new Map<string, NumberNote[]>();
  readonly #customers: ReadonlyMap<string, CustomerNote>;

  constructor(
    notes: Notes,
    /** Compares numbers by the rules of the user's region. */
    readonly getNumberKey: GetNumberKey,
  ) {
    for (const note of notes.numbers) {
      const { base } = getNumberKey(note.number);
      const others = this.#numbers.get(base);
      if (others) others.push(note);
      else this.#numbers.set(base, [note]);
    }
    this.#customers = new Map(notes.customers.map((note) => [note.customer, note]));
  }

  /** The note about a number. One with the same extension comes first. */
  getNumberNote(number: string | undefined): NumberNote | undefined {
    if (number === undefined || this.#numbers.size === 0) return undefined;
    const wanted = this.getNumberKey(number);
    const notes = this.#numbers.get(wanted.base) ?? [];
    const isExact = (note: NumberNote): boolean =>
      this.getNumberKey(note.number).extension === wanted.extension;
    return (
      notes.find(isExact) ??
      notes.find((note) => isSameNumber(this.getNumberKey(note.number), wanted))
    );
  }

  /** The note about a customer, or about the nearest of its parents that has one. */
  getCustomerNote(customerPath: readonly string[]): CustomerNote | undefined {
    const customer = customerPath.findLast((name) => this.#customers.has(name));
    return customer === undefined ? undefined : this.#customers.get(customer);
  }

  /** The priority of a call: its number's, or else that of the nearest customer that has one. */
  getPriority({ party, customerPath }: NotedCall): Priority {
    const numberPriority = this.getNumberNote(party.number)?.priority ?? 'normal';
    if (numberPriority !== 'normal') return numberPriority;
    const priorities = customerPath.map((name) => this.#customers.get(name)?.priority);
    return priorities.findLast((one) => one !== undefined && one !== 'normal') ?? 'normal';
  }

  /** The text of the notes on a call, for searching. */
  getSearchText({ party, customerPath }: NotedCall): string {
    const note = this.getNumberNote(party.number);
    return [note?.name, note?.text, this.getCustomerNote(customerPath)?.text].join('\n');
  }
}

/** The part of a call summary that notes are found by. */
export interface NotedCall {
  readonly party: { readonly number: string | undefined };
  readonly customerPath: readonly string[];
}

/** Replaces the note about a number, or removes it if the new one says nothing. */
export function putNumberNote(notes: Notes, note: NumberNote, getNumberKey: GetNumberKey): Notes {
  return putNumberNotes(notes, [note], getNumberKey);
}

/** Replaces the notes about several numbers. If there are too many, the oldest are dropped. */
export function putNumberNotes(
  notes: Notes,
  changed: readonly NumberNote[],
  getNumberKey: GetNumberKey,
): Notes {
  const toKey = ({ number }: NumberNote): string => toKeyText(getNumberKey(number));
  const numbers = new Map(notes.numbers.map((note) => [toKey(note), note]));
  for (const one of changed) {
    const note = normalizeNumberNote(one);
    // An imported number may consist of nothing but spaces.
    if (note.number === '') continue;
    // The latest one goes to the end.
    numbers.delete(toKey(note));
    if (!isEmptyNote(note)) numbers.set(toKey(note), note);
  }
  return { ...notes, numbers: [...numbers.values()].slice(-MAX_NUMBER_NOTES) };
}

/** Replaces the note about a customer, or removes it if the new one says nothing. */
export function putCustomerNote(notes: Notes, note: CustomerNote): Notes {
  const customer = truncate(toPlainLine(note.customer), MAX_KEY_LENGTH);
  if (customer === '') return notes;
  const others = notes.customers.filter((other) => other.customer !== customer);
  const kept = { ...note, customer, text: normalizeText(note.text) };
  const customers = isEmptyNote(kept) ? others : [...others, kept];
  return { ...notes, customers: customers.slice(-MAX_CUSTOMER_NOTES) };
}

/** Finds the notes that contain every typed word, or the typed digits of a number. */
export function searchNotes(notes: Notes, typed: string): Notes {
  const words = normalizeSearchText(typed).split(/\s+/).filter(Boolean);
  const matches = (texts: readonly string[]): boolean => {
    const searched = normalizeSearchText(texts.join('\n'));
    const digits = searched.replace(/\D/g, '');
    return words.every(
      (word) =>
        searched.includes(word) ||
        (/^\+?[\d().-]+$/.test(word) && digits.includes(word.replace(/\D/g, ''))),
    );
  };
  return {
    numbers: notes.numbers.filter((note) => matches([note.number, note.name, note.text])),
    customers: notes.customers.filter((note) => matches([note.customer, note.text])),
  };
}
