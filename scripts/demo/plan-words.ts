/** What a plan means, said in a few plain lines. Reads the JSON of `terraform show -json`. */

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
  };
}

export interface Plan {
  readonly resource_changes?: readonly Change[];
  readonly resource_drift?: readonly Change[];
}

/** Changes that do something: neither no-op nor a read. */
export function effective(changes: readonly Change[] | undefined): readonly Change[] {
  return (changes ?? []).filter(
    ({ change }) => !change.actions.every((action) => action === 'no-op' || action === 'read'),
  );
}

/** One line for each attribute that differs and is a plain value. */
export function differences({ change: { before, after } }: Change): string[] {
  const names = Object.keys({ ...before, ...after }).sort();
  return names
    .filter((name) => isPlain(before?.[name]) && isPlain(after?.[name]) && before?.[name] !== after?.[name])
    .map((name) => `${name}: ${String(before?.[name])} -> ${String(after?.[name])}`);
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
