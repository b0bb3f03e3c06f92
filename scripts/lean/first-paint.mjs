/**
 * Names the one chunk for all that a page needs to be drawn, in which what is loaded later finds its
 * parts too: each file more is a request to main, and the window is drawn after the last of them.
 * What `other` needs as well stays apart, for that page loads no more than it needs.
 *
 * @param {string} page the module with which the page begins
 * @param {string} other the module with which another page begins
 */
export function firstPaintChunk(page, other) {
  /** @type {Set<string> | undefined} */
  let together;
  /**
   * @param {string} id
   * @param {{ getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }} graph
   */
  return (id, graph) => {
    together ??= without(reachedFrom(page, graph), reachedFrom(other, graph));
    return together.has(id) ? 'page' : null;
  };
}

/**
 * @param {string} module
 * @param {{ getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }} graph
 */
function reachedFrom(module, graph) {
  if (!graph.getModuleInfo(module)) throw new Error(`no page begins with ${module}`);
  const reached = new Set([module]);
  for (const id of reached) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  }
  return reached;
}

/**
 * @param {ReadonlySet<string>} some
 * @param {ReadonlySet<string>} others
 */
function without(some, others) {
  return new Set([...some].filter((one) => !others.has(one)));
}
