import type { CallContext, CtyType, Diagnostic, DynamicValue, Value } from '../../plugin';
import { decodeDynamic, UNKNOWN } from '../../plugin';
import { DiagnosticError, type Log, type Path } from '../diagnostics';
import { assertResult } from '../plan/assert-result';
import type { Schema } from '../schema';
import { objectType, type ObjectShape } from '../values/cty-type';
import { narrowObject, type Report } from '../values/narrow';
import { formatPath } from '../values/path';
import { isObject, type ObjectValue } from '../values/walk';
import { Call, type After, type Task } from './call';
import type { Definitions } from './erased';
import { FindingList } from './finding-list';
import { logWith } from './logging';

/** What the runtime takes from outside. */
export interface Environment {
  readonly log: Log;
  readonly after: After;
  readonly graceMs: number;
}

/** What a call left behind. */
export interface Outcome<T> {
  /** Undefined when the call failed with an error. */
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** One connection of Terraform: its client and the calls in flight. */
export class Session<Client> {
  /** Set by ConfigureProvider; undefined while the provider's configuration is not known. */
  client: Client | undefined;
  readonly #calls = new Set<Call>();

  constructor(
    readonly definitions: Definitions<Client>,
    private readonly environment: Environment,
  ) {}

  /** Runs the body of an RPC: what it throws becomes a diagnostic, never a broken call. */
  async run<T>(
    task: Task,
    context: CallContext,
    shape: ObjectShape | undefined,
    body: (call: Call) => Promise<T> | T,
  ): Promise<Outcome<T>> {
    const { log, after, graceMs } = this.environment;
    const findings = new FindingList();
    const fields = { tf_rpc: task.rpc, ...(task.type !== undefined && { tf_resource_type: task.type }) };
    const callLog = logWith(log, fields);
    const call = new Call(task, findings, callLog, context, after, graceMs);
    this.#calls.add(call);
    let value: T | undefined;
    try {
      value = await body(call);
    } catch (error) {
      call.fail(error);
    } finally {
      call.end();
      this.#calls.delete(call);
    }
    return { value, diagnostics: findings.toWire(shape) };
  }

  /** Aborts everything in flight. */
  stop(): void {
    for (const call of this.#calls) call.stop();
  }

  /** The client, or an error that says why there is none. */
  requireClient(doing: string): Client {
    if (this.client !== undefined) return this.client;
    throw new DiagnosticError(
      'The provider is not configured',
      `${doing} needs the provider's configuration, and part of it is not known yet. If the provider block refers to ` +
        'resources that are still to be created, create those first (terraform apply -target=…), or write the values out.',
    );
  }
}

/** Looks a definition up. Terraform asks only for what the schema offers, so a miss means mixed-up versions. */
export function definitionOf<T>(definitions: ReadonlyMap<string, T>, kind: string, name: string): T {
  const found = definitions.get(name);
  if (found !== undefined) return found;
  throw new DiagnosticError(
    `Unknown ${kind} "${name}"`,
    `This version of the provider has no ${kind} of that name. Check the spelling and the provider's version.`,
  );
}

/**
 * Decodes an object and makes it what resources see; null stays null. Numbers beyond a JavaScript number and null
 * elements are handed to `report`, and become null.
 */
export function readObject(shape: Schema, value: DynamicValue | undefined, report: Report): ObjectValue | null {
  const decoded: Value = decodeDynamic(value, objectType(shape));
  return isObject(decoded) ? narrowObject(shape, decoded, report) : null;
}

/** The same, for a call that cannot continue with such values: it ends with an error at each attribute. */
export function decodeObject(call: Call, shape: Schema, value: DynamicValue | undefined): ObjectValue | null {
  const problems: DiagnosticError[] = [];
  const object = readObject(shape, value, (path, problem) =>
    problems.push(new DiagnosticError(valueSummary(path), problem, path)),
  );
  const last = problems.pop();
  for (const { summary, detail, path } of problems) call.findings.error(summary, detail, path);
  if (last) throw last;
  return object;
}

/** The title of a complaint about an attribute's value. */
export function valueSummary(path: Path): string {
  return `Invalid value for "${path.findLast((step) => typeof step === 'string') ?? ''}"`;
}

/** A report for what can only be the provider's own mistake; names the attribute. */
export function bugReport(call: Call, shape: ObjectShape, summary: string): Report {
  return (path, problem) => {
    const where = path.length === 0 ? 'The object' : `Attribute "${formatPath(path, shape)}"`;
    call.findings.error(summary, `${where} ${problem}\n\nThis is a bug in the provider; please report it.`, path);
  };
}

/** Reports what is unknown where only known values may be. */
export function assertKnown(type: CtyType, value: Value, report: Report): void {
  assertResult(type, UNKNOWN, value, report);
}
