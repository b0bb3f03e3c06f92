declare module 'js-yaml' {
  /** Reads the one document of a text; throws where it is no YAML. */
  export function load(text: string): unknown;
}
