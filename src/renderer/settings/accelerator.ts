type Os = 'linux' | 'mac' | 'windows';

/** A key that was pressed, as far as a shortcut needs to know. */
type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

const NAMED: Readonly<Record<string, string>> = {
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
 * The Electron accelerator of a key press, such as `Control+Alt+R`; `undefined` for one that would
 * be in the way of ordinary typing.
 */
export function acceleratorOf(pressed: Pressed, os: Os): string | undefined {
  const key = keyOf(pressed.code);
  if (key === undefined) return undefined;
  const modifiers = [
    pressed.ctrlKey ? 'Control' : undefined,
    pressed.altKey ? 'Alt' : undefined,
    pressed.shiftKey ? 'Shift' : undefined,
    pressed.metaKey ? (os === 'mac' ? 'Command' : 'Super') : undefined,
  ].filter((modifier) => modifier !== undefined);
  const strong = pressed.ctrlKey || pressed.altKey || pressed.metaKey;
  return strong || /^F\d+$/.test(key) ? [...modifiers, key].join('+') : undefined;
}

/** An accelerator as it is written on the keys of a system. */
export function acceleratorWords(accelerator: string, os: Os): string {
  if (accelerator === '') return '';
  const keys: Readonly<Record<string, string>> =
    os === 'mac'
      ? { Control: '⌃', Alt: '⌥', Shift: '⇧', Command: '⌘', CommandOrControl: '⌘' }
      : { Control: 'Ctrl', CommandOrControl: 'Ctrl', Super: os === 'windows' ? 'Win' : 'Super' };
  const parts = accelerator.split('+').map((part) => keys[part] ?? part);
  return parts.join(os === 'mac' ? '' : ' + ');
}

function keyOf(code: string): string | undefined {
  const plain = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(code);
  return plain?.[1] ?? plain?.[2] ?? plain?.[3] ?? NAMED[code];
}
