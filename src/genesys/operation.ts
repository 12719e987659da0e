/** What a request is, before it has parameters: its words, its path, its permissions, and what counts as its answer. */
import type { GenericSchema, InferOutput } from 'valibot';

/** The parts of a request that an answer is compared with. */
export interface Asked {
  /** Values of the placeholders in the operation's path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Query parameters; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** A request, before it has parameters. `Body` is what a successful answer carries. */
export interface Operation<Body = unknown> {
  /** Completes "Could not …". */
  readonly words: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{name}` placeholders. */
  readonly path: string;
  /** Permissions the OAuth client's roles need: all of them, or any when `anyPermission` is set. */
  readonly permissions: readonly string[];
  readonly anyPermission?: true;
  /** It makes something new each time, so it must not be repeated when nobody knows whether it worked. */
  readonly creates?: true;
  /** It takes away: a second try could take what others have set meanwhile, so it is not repeated when nobody knows whether it worked. */
  readonly takesAway?: true;
  /** The successful answers of the contract: HTTP status to the shape of the body. Every other one is no answer. */
  readonly answers: Readonly<Record<number, GenericSchema<unknown, Body>>>;
  /** What Genesys Cloud means by HTTP 202 in place of an answer: completes "Genesys Cloud …". Repeated like every answer that is none. */
  readonly notYet?: string;
  /** Says why a body of the right shape is not about what was asked; undefined when it is. */
  stray?(body: Body, asked: Asked): string | undefined;
}

interface Description<Schema extends GenericSchema> extends Omit<Operation, 'answers' | 'stray'> {
  readonly answers: Readonly<Record<number, Schema>>;
  stray?(body: NoInfer<InferOutput<Schema>>, asked: Asked): string | undefined;
}

/** Whether it must not be repeated while nobody knows whether it worked. */
export function isUnrepeatable({ creates, takesAway }: Pick<Operation, 'creates' | 'takesAway'>): boolean {
  return creates === true || takesAway === true;
}

/** Describes an operation; the type of its answer comes from the shapes. */
export function operation<Schema extends GenericSchema>(
  description: Description<Schema>,
): Operation<InferOutput<Schema>> {
  return description as Operation<InferOutput<Schema>>;
}

/** The path with its parameters, without host and query. */
export function pathOf(request: { readonly operation: Operation; readonly params?: Asked['params'] }): string {
  return request.operation.path.replace(/\{(\w+)\}/g, (whole, name: string) => request.params?.[name] ?? whole);
}
