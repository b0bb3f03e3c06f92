/**
 * Where an arrow key, Home or End leads from `index` in a row of `count`; `undefined` for any other
 * key. Along the line of reading it goes round; up and down count as well as sideways.
 */
export function stepAlong(
  event: Pick<KeyboardEvent, 'key'>,
  index: number,
  count: number,
  direction: 'ltr' | 'rtl',
): number | undefined {
  if (count === 0) return undefined;
  const forward = direction === 'ltr' ? 'ArrowRight' : 'ArrowLeft';
  const backward = direction === 'ltr' ? 'ArrowLeft' : 'ArrowRight';
  switch (event.key) {
    case forward:
    case 'ArrowDown':
      return (index + 1) % count;
    case backward:
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
