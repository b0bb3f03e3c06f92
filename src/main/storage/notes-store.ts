import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createNumberKeys } from '../../core/calls/number-key';
import type { Region } from '../../core/calls/phone';
import {
  NO_NOTES,
  NotesIndex,
  parseNotes,
  putCustomerNote,
  putNumberNotes,
  searchNotes,
  toSavedNotes,
  type CustomerNote,
  type Notes,
  type NumberNote,
} from '../../core/notes/notes';
import { parseJson } from '../../core/stored-json';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode, writeFileAtomic } from './atomic-write';
import { quarantine, removeCopies, removeTemporaryFiles } from './broken-file';
import { decodeText } from './decode-text';

interface NotesStoreEvents {
  change: [];
}

/** The user's notes about numbers and customers: `notes.json` in the profile. */
export class NotesStore extends EventEmitter<NotesStoreEvents> {
  #loaded: Notes | undefined;
  #index: NotesIndex | undefined;
  #region: Region | undefined;
  #getNumberKey = createNumberKeys(undefined);

  constructor(
    private readonly path: string,
    private readonly i18n: { readonly region: Region | undefined },
    private readonly report: (notice: SystemNotice) => void,
    /** Called when the file was saved after an earlier failure. */
    private readonly onSaved: (file: string) => void = () => undefined,
  ) {
    super();
    removeTemporaryFiles(path);
  }

  /** Finds notes by number and customer. It's another object after every change. */
  get index(): NotesIndex {
    this.#updateKeys();
    return (this.#index ??= new NotesIndex(this.all, this.#getNumberKey));
  }

  get all(): Notes {
    return (this.#loaded ??= this.#load());
  }

  /** Replaces or removes notes. */
  put(numbers: readonly NumberNote[], customers: readonly CustomerNote[] = []): void {
    this.#updateKeys();
    const withNumbers = putNumberNotes(this.all, numbers, this.#getNumberKey);
    this.#set(customers.reduce(putCustomerNote, withNumbers));
  }

  /** Finds the notes with every typed word. */
  search(typed: string): Notes {
    return searchNotes(this.all, typed);
  }

  /** Deletes all notes, and the copies of broken files. */
  clear(): void {
    removeCopies(this.path);
    this.#set(NO_NOTES);
  }

  /** Number keys depend on the region. */
  #updateKeys(): void {
    const { region } = this.i18n;
    if (region !== this.#region) {
      this.#region = region;
      this.#getNumberKey = createNumberKeys(region);
      this.#index = undefined;
    }
  }

  #set(notes: Notes): void {
    this.#loaded = notes;
    this.#index = undefined;
    try {
      writeFileAtomic(this.path, JSON.stringify(toSavedNotes(notes)), { fsync: true });
      this.onSaved(basename(this.path));
    } catch (error) {
      const file = basename(this.path);
      this.report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    }
    this.emit('change');
  }

  #load(): Notes {
    let text: string;
    try {
      text = decodeText(readFileSync(this.path));
    } catch (error) {
      if (getErrorCode(error) !== 'ENOENT') this.report(quarantine(this.path));
      return NO_NOTES;
    }
    const notes = parseNotes(parseText(text));
    if (!notes) this.report(quarantine(this.path));
    return notes ?? NO_NOTES;
  }
}

function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A store without notes, for callers that don't need any. */
export const NO_NOTES_STORE = { index: new NotesIndex(NO_NOTES, createNumberKeys(undefined)) };
