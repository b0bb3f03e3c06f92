/**
 * Which desktop of Linux this is, as far as it matters: GNOME shows no tray icons unless an
 * extension does. Distributions put their own name before its own, as in `ubuntu:GNOME`.
 */
export function desktopNamed(env: Readonly<Record<string, string | undefined>>): 'gnome' | 'other' {
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  return names.includes('gnome') ? 'gnome' : 'other';
}
