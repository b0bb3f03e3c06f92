import { describe, expect, it } from 'vitest';
import { isBuildFresh } from '../../scripts/setup/build.mjs';

describe('what was built', () => {
  it('is fresh when every part is newer than every source', () => {
    expect(isBuildFresh([100, 200], [201, 300])).toBe(true);
  });

  it('is stale when a source changed after any part, or a part is missing', () => {
    expect(isBuildFresh([100, 250], [201, 300])).toBe(false);
    expect(isBuildFresh([100, 200], [201, undefined])).toBe(false);
  });
});
