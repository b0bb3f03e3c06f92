/** Keys that edit text in every application when pressed with Control or Command. */
const EDITING_KEYS = /^[ACVXYZ]$/i;
const PRIMARY_MODIFIER = /^(?:Control|Ctrl|Command|Cmd|CommandOrControl|CmdOrCtrl)$/i;
const MODIFIER = /^(?:Alt|Option|AltGr|Super|Meta)$/i;

/**
 * Whether a global shortcut leaves typing and the clipboard alone: an Electron accelerator with a
 * modifier, or a function key. An empty text means no shortcut.
 */
export function isAllowedShortcut(accelerator: string): boolean {
  if (accelerator === '') return true;
  const parts = accelerator.split('+');
  const key = parts.pop() ?? '';
  if (/^F\d{1,2}$/i.test(key)) return true;
  if (parts.some((part) => MODIFIER.test(part))) return true;
  return parts.some((part) => PRIMARY_MODIFIER.test(part)) && !EDITING_KEYS.test(key);
}
