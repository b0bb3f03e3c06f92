/**
 * The menu entry of the installed app, by which the desktop knows its name, its icon, its windows,
 * its notifications and its links.
 *
 * @param {object} about
 * @param {string} about.name as people read it
 * @param {string} about.comment
 * @param {string} about.executable an absolute path without spaces
 * @param {string} about.id the name of icon, window class and desktop file
 * @param {string} about.categories with semicolons, as the specification has it
 * @param {readonly string[]} about.schemes of the links that it opens
 * @param {Readonly<Record<string, string>>} about.more further keys
 * @returns {string}
 */
export function desktopEntry({ name, comment, executable, id, categories, schemes, more }) {
  const keys = {
    Type: 'Application',
    Name: name,
    Comment: comment,
    Exec: `${executable} %U`,
    TryExec: executable,
    Icon: id,
    Terminal: 'false',
    Categories: categories,
    MimeType: schemes.map((scheme) => `x-scheme-handler/${scheme};`).join(''),
    StartupWMClass: id,
    ...more,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}=${escaped(value)}`);
  return ['[Desktop Entry]', ...lines, ''].join('\n');
}

/** @param {string} value */
function escaped(value) {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
