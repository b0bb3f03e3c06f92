type Os = 'linux' | 'mac' | 'windows';

type KeyPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

const KEY_NAMES: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Enter',
  Tab: 'Tab',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Delete: 'Delete',
};

/**
 * Returns the Electron accelerator of a key press, such as `Control+Alt+R`. `undefined` for keys that
 * would interfere with typing.
 */
export function toAccelerator(keyPress: KeyPress, os: Os): string | undefined {
  const key = getKeyName(keyPress.code);
  if (key === undefined) return undefined;
  const modifiers = [
    keyPress.ctrlKey ? 'Control' : undefined,
    keyPress.altKey ? 'Alt' : undefined,
    keyPress.shiftKey ? 'Shift' : undefined,
    keyPress.metaKey ? (os === 'mac' ? 'Command' : 'Super') : undefined,
  ].filter((modifier) => modifier !== undefined);
  const isUnambiguous = keyPress.ctrlKey || keyPress.altKey || keyPress.metaKey;
  return isUnambiguous || /^F\d+$/.test(key) ? [...modifiers, key].join('+') : undefined;
}

/** Formats an accelerator as the system labels its keys. */
export function formatAccelerator(accelerator: string, os: Os): string {
  if (accelerator === '') return '';
  const keys: Readonly<Record<string, string>> =
    os === 'mac'
      ? { Control: '⌃', Alt: '⌥', Shift: '⇧', Command: '⌘', CommandOrControl: '⌘' }
      : { Control: 'Ctrl', CommandOrControl: 'Ctrl', Super: os === 'windows' ? 'Win' : 'Super' };
  const parts = accelerator.split('+').map((part) => keys[part] ?? part);
  return parts.join(os === 'mac' ? '' : ' + ');
}

function getKeyName(code: string): string | undefined {
  const match = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(code);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? KEY_NAMES[code];
}
