/**
 * A value that is made when it is first asked for: the updater's other library for it comes without
 * a text of its licence, so it may not ship.
 *
 * @template Value
 */
export class Lazy {
  /** @type {Promise<Value> | undefined} */
  #value;
  #make;

  /** @param {() => Promise<Value>} make */
  constructor(make) {
    this.#make = make;
  }

  get hasValue() {
    return this.#value !== undefined;
  }

  get value() {
    this.#value ??= this.#make();
    return this.#value;
  }

  set value(value) {
    this.#value = value;
  }
}
