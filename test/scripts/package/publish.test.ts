import { expect, test } from 'vitest';
import { publishTo } from '../../../scripts/package/publish.mjs';

const place = { provider: 'github', owner: 'clearwater', repo: 'ringside' };

test.each([
  'clearwater/ringside',
  'github:clearwater/ringside',
  'https://github.com/clearwater/ringside',
  'git+https://github.com/clearwater/ringside.git',
])('new versions are published where package.json says: %s', (repository) => {
  expect(publishTo({ repository }, { GITHUB_REPOSITORY: 'somebody/else' })).toEqual(place);
  expect(publishTo({ repository: { url: repository } }, {})).toEqual(place);
});

test('otherwise they are published in the repository whose runner builds', () => {
  expect(publishTo({}, { GITHUB_REPOSITORY: 'clearwater/ringside' })).toEqual(place);
});

test.each(['', 'https://git.example/clearwater/ringside', 'ringside', '../x/y'])(
  'a build of one’s own knows no such place: %j',
  (repository) => {
    expect(publishTo(repository === '' ? {} : { repository }, {})).toBeNull();
  },
);
