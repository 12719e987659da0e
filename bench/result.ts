/** What one bench found. */
export interface BenchResult {
  readonly name: string;
  /** One line: what is set against what. */
  readonly what: string;
  readonly measured: readonly { readonly label: string; readonly value: number; readonly unit: string }[];
  readonly bar: {
    /** What the ratio means. */
    readonly label: string;
    readonly value: number;
    /** In words: "at most 1.4x". */
    readonly limit: string;
    readonly met: boolean;
  };
}
