import { describe, expect, test } from 'vitest';
import { firstPaintChunk } from '../../scripts/lean/first-paint.mjs';

/** What each module imports; nothing of it is loaded later. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  page: ['list', 'library'],
  list: ['words', 'page'],
  library: [],
  words: [],
  ringer: ['sound', 'words'],
  sound: [],
  settings: ['list', 'sound'],
};
const graph = {
  getModuleInfo: (id: string) => (MODULES[id] ? { importedIds: MODULES[id] } : null),
};

describe('the chunk of the first paint', () => {
  test('has all that the page needs, but what another page needs too', () => {
    const chunkOf = firstPaintChunk('page', 'ringer');
    const inIt = Object.keys(MODULES).filter((id) => chunkOf(id, graph) !== null);
    expect(inIt).toEqual(['page', 'list', 'library']);
  });

  test('is not made for a page that there is not', () => {
    const chunkOf = firstPaintChunk('elsewhere', 'ringer');
    expect(() => chunkOf('list', graph)).toThrow('elsewhere');
  });
});
