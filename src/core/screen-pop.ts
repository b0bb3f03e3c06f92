/** The placeholders of a screen pop template, with their values in the preview. */
export const PLACEHOLDERS = {
  number: '+12025550147',
  nationalNumber: '2025550147',
  name: 'Grace Hopper',
  customer: 'Bright Dental',
  customerId: 'C-1042',
  endpoint: 'Front desk',
  direction: 'incoming',
  sessionId: 'S-20417',
  callSid: 'CA0123456789',
} as const;

/** The name of a placeholder. */
export type Placeholder = keyof typeof PLACEHOLDERS;

/** What is wrong with a template. */
export type TemplateProblem =
  | { readonly kind: 'no-url' }
  | { readonly kind: 'not-https' }
  | { readonly kind: 'placeholder-in-host' }
  | { readonly kind: 'unknown-placeholder'; readonly name: string };

const BRACES = /\{([^{}]*)\}/g;

/** Validates a template: an https address with known placeholders, none of them in the host. */
export function validateTemplate(template: string): TemplateProblem | undefined {
  for (const [, name = ''] of template.matchAll(BRACES)) {
    if (!Object.hasOwn(PLACEHOLDERS, name)) return { kind: 'unknown-placeholder', name };
  }
  const plain = parseUrl(template.replace(BRACES, 'x'));
  if (!plain) return { kind: 'no-url' };
  if (plain.protocol !== 'https:' || plain.username !== '' || plain.password !== '') {
    return { kind: 'not-https' };
  }
  // If two values lead to different hosts, a caller's name could choose where to go.
  const other = parseUrl(template.replace(BRACES, 'y'));
  return other?.origin === plain.origin ? undefined : { kind: 'placeholder-in-host' };
}

/**
 * Builds the address for a call. Each value is encoded; unknown values are empty. Returns
 * `undefined` if the template is invalid or a value would change the path.
 */
export function buildScreenPopUrl(
  template: string,
  values: Readonly<Partial<Record<Placeholder, string | undefined>>>,
): string | undefined {
  if (validateTemplate(template)) return undefined;
  const filled = template.replace(BRACES, (_, name: Placeholder) =>
    encodeURIComponent((values[name] ?? '').toWellFormed()),
  );
  const url = parseUrl(filled);
  // A caller named `..` must not climb out of the template's folder.
  const isSamePath =
    url && countPathSegments(url) === countPathSegments(parseUrl(template.replace(BRACES, 'x')));
  return isSamePath ? url.href : undefined;
}

function countPathSegments(url: URL | undefined): number | undefined {
  return url?.pathname.split('/').length;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
