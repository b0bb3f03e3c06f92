import { isAllowedShortcut } from '../../../core/settings/shortcut';

type Os = 'linux' | 'mac' | 'windows';

type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

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

/** What each key types without modifiers, by its code: `KeyQ` types `a` on a French keyboard. */
export type KeyboardLayout = ReadonlyMap<string, string>;

/** Returns the current layout, or an empty one if the browser doesn't report it. */
export async function getKeyboardLayout(): Promise<KeyboardLayout> {
  const { keyboard } = navigator as Navigator & {
    readonly keyboard?: { getLayoutMap(): Promise<KeyboardLayout> };
  };
  try {
    return (await keyboard?.getLayoutMap()) ?? new Map();
  } catch {
    return new Map();
  }
}

/**
 * Returns the Electron accelerator of a key press, such as `Control+Alt+R`. `undefined` for keys that
 * would interfere with typing.
 */
export function toAccelerator(
  keyPress: KeyPress,
  os: Os,
  layout: KeyboardLayout = new Map(),
): string | undefined {
  const key = getKeyName(keyPress, layout);
  if (key === undefined) return undefined;
  const modifiers = [
    keyPress.ctrlKey ? 'Control' : undefined,
    keyPress.altKey ? 'Alt' : undefined,
    keyPress.shiftKey ? 'Shift' : undefined,
    keyPress.metaKey ? (os === 'mac' ? 'Command' : 'Super') : undefined,
  ].filter((modifier) => modifier !== undefined);
  const accelerator = [...modifiers, key].join('+');
  return isAllowedShortcut(accelerator) ? accelerator : undefined;
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

/**
 * The letter that is typed; with Alt or AltGr pressed, the one that the layout has on that key.
 * The letter of the physical key counts only where the layout has no Latin letters.
 */
function getKeyName({ code, key }: KeyPress, layout: KeyboardLayout): string | undefined {
  const letter = toLetter(key) ?? toLetter(layout.get(code));
  if (letter !== undefined) return letter;
  const match = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(code);
  if (match?.[1] !== undefined) return hasLatinLetters(layout) ? undefined : match[1];
  return match?.[2] ?? match?.[3] ?? KEY_NAMES[code];
}

function toLetter(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z]$/i.test(text) ? text.toUpperCase() : undefined;
}

function hasLatinLetters(layout: KeyboardLayout): boolean {
  return [...layout.values()].some((text) => toLetter(text) !== undefined);
}
