/** The ids that tie a control to its title and to its help. */
export interface Tied {
  readonly id: string;
  readonly describedBy?: string;
}
