/** One entry of a menu. */
export interface MenuItem {
  readonly label: string;
  /** Present where the entries are one choice of several. */
  readonly checked?: boolean;
  /** Stands a little apart from those before. */
  readonly apart?: boolean;
  readonly choose: () => void;
}
