/** What a long look says while it continues. */

/** How far a step is. `total` null: unknown. */
export interface Step {
  /** `recordings`: completes "reading …". */
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

/** Told often; whoever shows it decides how often. */
export type Progress = (step: Step) => void;
