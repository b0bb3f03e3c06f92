/** A request that reached the API. */
export interface SeenRequest {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly path: string;
  readonly userAgent: string;
  /** The status it was answered with; 0 while, or if, it was not answered. */
  readonly status: number;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

const REMEMBERED = 1000;

/** The latest requests, oldest first. */
export class RequestLog {
  readonly #seen: { -readonly [Field in keyof SeenRequest]: SeenRequest[Field] }[] = [];

  /** Notes a request, and returns what notes the status of its answer. */
  note(request: Omit<SeenRequest, 'status'>): (status: number) => void {
    const entry = { ...request, status: 0 };
    this.#seen.push(entry);
    if (this.#seen.length > REMEMBERED) this.#seen.shift();
    return (status) => {
      entry.status = status;
    };
  }

  list(): readonly SeenRequest[] {
    return this.#seen.map((entry) => ({ ...entry }));
  }
}
