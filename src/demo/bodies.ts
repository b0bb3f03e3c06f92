/** Reads what is sent to the controls, and says what is wrong with it. */
import type { LookupMode } from './api';
import type { Fault } from './faults';
import { BadRequest, type Request } from './http';

/** A JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/** The object a request brings; none brings an empty one. */
export function bodyOf({ body }: Request): Body {
  if (body.trim() === '') return {};
  return objectOf(parsed(body));
}

/** The object that is expected here. */
export function objectOf(value: unknown): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadRequest(400, 'A JSON object is expected.');
  }
  return value as Body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest(400, 'The body is not JSON.');
  }
}

/** The text of that name, in an object of its own; an empty one if there is none. */
export function textIn<Name extends string>(body: Body, name: Name): { [Key in Name]?: string } {
  const value = body[name];
  if (value === undefined) return {};
  if (typeof value !== 'string') throw new BadRequest(400, `"${name}" has to be a text.`);
  return { [name]: value } as { [Key in Name]?: string };
}

/** The number of that name, in an object of its own; an empty one if there is none. */
export function numberIn<Name extends string>(body: Body, name: Name): { [Key in Name]?: number } {
  const value = body[name];
  if (value === undefined) return {};
  if (typeof value !== 'number') throw new BadRequest(400, `"${name}" has to be a number.`);
  return { [name]: value } as { [Key in Name]?: number };
}

/** How look-ups are to go. */
export function lookupModeIn({ mode }: Body): LookupMode {
  if (mode === 'ok' || mode === 'refused' || mode === 'missing') return mode;
  throw new BadRequest(400, '"mode" has to be "ok", "refused" or "missing".');
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

const FAULT_FIELDS: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  path: isText,
  times: isNumber,
  status: (value) => typeof value === 'number' && value >= 200 && value <= 599,
  retryAfter: (value) => isNumber(value) || isText(value),
  headers: (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every(isText),
  body: () => true,
  contentType: isText,
  delayMs: isNumber,
  dripMs: isNumber,
  hang: isFlag,
  reset: isFlag,
  truncate: (value) => isFlag(value) || isNumber(value),
};

/** The fault that is described; what no fault has is refused. */
export function faultIn(body: Body): Fault {
  for (const [name, value] of Object.entries(body)) {
    const isRight = (FAULT_FIELDS as Record<string, (value: unknown) => boolean>)[name];
    if (isRight === undefined) throw new BadRequest(400, `A fault has no "${name}".`);
    if (!isRight(value)) throw new BadRequest(400, `"${name}" of a fault cannot be that.`);
  }
  return body;
}
