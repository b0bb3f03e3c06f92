import type { Arrival, Contact } from './arrivals';
import type { Caller } from './callers';
import type { Event } from './changes';
import type { Random } from './random';

/** A session, as the plot that put it on knows it. */
export interface Call {
  /** Something happens to it, now. */
  happens(event: Event): void;
  /** It leaves the list, now. */
  leaves(): void;
}

/** How a plot reaches the stage. */
export interface Scene {
  readonly random: Random;
  /** A caller who is not on the line at the moment, and the customer they want. */
  someone(caller?: Caller): Contact;
  /** A session comes in or goes out, now. */
  opens(arrival: Arrival): Call;
}

/** What happens, in order. What is yielded are the seconds until the next line. */
export type Performance = Generator<number, void, void>;

/** One kind of call, written as a small play. */
export interface Plot {
  readonly name: string;
  /** The most sessions it has on the list at a time. */
  readonly lines: number;
  /** I talk in it: two of these would need me twice. */
  readonly needsMe?: true;
  play(scene: Scene): Performance;
}

/** The end of a session: it stays listed as over for some seconds, or is gone at once. */
export function* closing(call: Call, event: Event, secondsListed: number): Performance {
  call.happens(event);
  if (secondsListed > 0) yield secondsListed;
  call.leaves();
}
