/**
 * Where new versions are published, so that a package knows where to ask for the next one: the
 * repository that package.json names, else the one whose runner builds. A build of one's own has
 * none, and its package looks for nothing.
 *
 * @param {{ repository?: string | { url: string } }} about
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ provider: 'github', owner: string, repo: string } | null}
 */
export function publishTo({ repository }, environment) {
  const named = typeof repository === 'string' ? repository : repository?.url;
  const text = named ?? environment['GITHUB_REPOSITORY'] ?? '';
  const [, owner, repo] =
    /^(?:github:|(?:git\+)?(?:https|ssh):\/\/(?:git@)?github\.com\/)?([\w.-]+)\/([\w.-]+?)(?:\.git)?$/.exec(
      text,
    ) ?? [];
  return owner === undefined || repo === undefined ? null : { provider: 'github', owner, repo };
}
