/** What a template of a screen pop may name, and what a preview shows in its place. */
export const PLACEHOLDERS = {
  number: '+12025550147',
  name: 'Grace Hopper',
  customer: 'Bright Dental',
  customerId: 'C-1042',
  endpoint: 'Front desk',
  direction: 'incoming',
  sessionId: 'S-20417',
  callSid: 'CA0123456789',
} as const;

/** A name that may stand between braces in a template. */
export type Placeholder = keyof typeof PLACEHOLDERS;

/** What is wrong with a template. */
export type TemplateProblem =
  | { readonly kind: 'no-url' }
  | { readonly kind: 'not-https' }
  | { readonly kind: 'placeholder-in-host' }
  | { readonly kind: 'unknown-placeholder'; readonly name: string };

const BRACES = /\{([^{}]*)\}/g;

/** Checks a template: an https address whose placeholders are known and not part of the host. */
export function validateTemplate(template: string): TemplateProblem | undefined {
  for (const [, name = ''] of template.matchAll(BRACES)) {
    if (!Object.hasOwn(PLACEHOLDERS, name)) return { kind: 'unknown-placeholder', name };
  }
  const plain = parseUrl(template.replace(BRACES, 'x'));
  if (!plain) return { kind: 'no-url' };
  if (plain.protocol !== 'https:' || plain.username !== '' || plain.password !== '') {
    return { kind: 'not-https' };
  }
  // Two different fillings that lead to two hosts: the caller's name would choose where to go.
  const other = parseUrl(template.replace(BRACES, 'y'));
  return other?.origin === plain.origin ? undefined : { kind: 'placeholder-in-host' };
}

/**
 * The address a template opens for a call, each value encoded so that it stays one value;
 * `undefined` where the template is faulty or a value would lead elsewhere. What is not known is
 * empty.
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
  // A caller named `..` would climb out of the folder that the template is about.
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
