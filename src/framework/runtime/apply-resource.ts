import type { CallContext, Rpcs } from '../../plugin';
import { encodeMsgpack } from '../../plugin';
import type { Json } from '../definition';
import { assertResult } from '../plan/assert-result';
import { keepSpelling, withDefaults } from '../plan/steps';
import type { Schema } from '../schema';
import { limitOf, withTimeoutsOf } from '../timeouts';
import { objectType } from '../values/cty-type';
import { knownPart, unknownAsNull } from '../values/known';
import type { ObjectValue } from '../values/walk';
import { widenObject } from '../values/widen';
import type { Call } from './call';
import type { AnyResource } from './erased';
import { differsBesidesTimeouts } from './plan-resource';
import { decodePrivate, encodePrivate } from './private-state';
import { bugReport, decodeObject, definitionOf, type Session } from './session';

type Request = Rpcs['ApplyResourceChange']['request'];
type Response = Rpcs['ApplyResourceChange']['response'];

/** ApplyResourceChange: create, update or delete. Whatever happens, what exists is answered, so that state keeps it. */
export async function applyResource<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { typeName } = request;
  const shape = session.definitions.resources.get(typeName)?.schema;
  const kept: Kept = { state: request.priorState, private: request.plannedPrivate };
  const task = { rpc: 'ApplyResourceChange', doing: `Applying ${typeName}`, type: typeName } as const;
  const { diagnostics } = await session.run(task, context, shape, async (call) => {
    const resource = definitionOf(session.definitions.resources, 'resource', typeName);
    const { schema } = resource;
    const prior = decodeObject(call, schema, request.priorState);
    const planned = decodeObject(call, schema, request.plannedState);
    const config = decodeObject(call, schema, request.config);
    call.doing = `${planned === null ? 'Deleting' : prior === null ? 'Creating' : 'Updating'} ${typeName}`;
    const values = { prior, planned, config: config && withDefaults(schema, config) };
    await new Application(session, call, resource, schema, values, kept).run();
  });
  return { newState: kept.state, private: kept.private, diagnostics };
}

/** The answer so far; kept outside of the call, so that a failure cannot lose it. */
interface Kept {
  state: Response['newState'];
  private: Uint8Array;
}

interface Values {
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  readonly config: ObjectValue | null;
}

class Application<Client> {
  /** What the resource's methods get; `private` is read back when they end. */
  private readonly base: {
    private: Json | null;
    readonly client: Client;
    readonly signal: AbortSignal;
    readonly diagnostics: Call['findings'];
    readonly log: Call['log'];
    readonly save: (state: ObjectValue) => void;
  };

  constructor(
    session: Session<Client>,
    private readonly call: Call,
    private readonly resource: AnyResource,
    private readonly schema: Schema,
    private readonly values: Values,
    private readonly kept: Kept,
  ) {
    this.base = {
      private: decodePrivate(resource.type, kept.private),
      client: session.requireClient(call.doing),
      signal: call.signal,
      diagnostics: call.findings,
      log: call.log,
      save: (state) => this.keep(state),
    };
  }

  async run(): Promise<void> {
    const { prior, planned, config } = this.values;
    try {
      if (planned === null) return await this.delete(prior ?? {});
      if (prior !== null && !differsBesidesTimeouts(this.schema, prior, planned)) return this.keep(planned);
      await this.change(planned, config ?? planned, prior);
    } finally {
      this.keepPrivate();
    }
  }

  private async delete(prior: ObjectValue): Promise<void> {
    this.call.limit(limitOf(this.schema, 'delete', prior), 'delete');
    const context = Object.assign(this.base, { prior });
    await this.call.work(() => this.resource.delete(context));
    if (this.call.findings.hasErrors) return;
    this.kept.state = { msgpack: encodeMsgpack(null, objectType(this.schema)) };
    this.base.private = null;
  }

  private async change(planned: ObjectValue, config: ObjectValue, prior: ObjectValue | null): Promise<void> {
    const operation = prior === null ? 'create' : 'update';
    this.call.limit(limitOf(this.schema, operation, planned), operation);
    const context = Object.assign(this.base, { config, planned: knownPart(planned) as ObjectValue });
    const result: unknown = await this.call.work(() =>
      prior === null ? this.resource.create(context) : this.resource.update?.(Object.assign(context, { prior })),
    );
    // A resource that reported an error need not return anything: what it saved counts.
    if (this.call.findings.hasErrors && (result === null || result === undefined)) return;
    this.keep(result, planned);
  }

  /** Notes a state as the answer; against the plan when it claims to be complete. */
  private keep(result: unknown, planned?: ObjectValue): void {
    const report = bugReport(this.call, this.schema, `Invalid result from ${this.call.task.type ?? 'the resource'}`);
    const promised = planned ?? this.values.planned ?? this.values.prior;
    let state = widenObject(this.schema, result, report);
    if (promised) state = keepSpelling(this.schema, promised, withTimeoutsOf(this.schema, promised, state));
    if (planned) assertResult(objectType(this.schema), planned, state, report);
    this.kept.state = { msgpack: encodeMsgpack(unknownAsNull(state), objectType(this.schema)) };
  }

  private keepPrivate(): void {
    this.kept.private = encodePrivate(this.base.private);
  }
}
