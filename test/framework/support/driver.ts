import {
  createProviderServer,
  type Log,
  type LogFields,
  type ProviderDefinition,
  type ServerOptions,
} from '../../../src/framework';
import {
  decodeDynamic,
  encodeMsgpack,
  type CtyType,
  type Diagnostic,
  type DynamicValue,
  type ProviderServer,
  type Schema,
  type Value,
} from '../../../src/plugin';
import { impliedType, proposedNew } from './core';

export type Obj = { readonly [name: string]: Value };

export const context = { signal: new AbortController().signal };
const NO_BYTES = new Uint8Array();

/** Log lines, kept. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Calls one resource type of a provider as core does, values in and out. */
export class Driver {
  readonly type: CtyType;
  private constructor(
    readonly server: ProviderServer,
    readonly typeName: string,
    private readonly schema: Schema,
  ) {
    this.type = impliedType(schema.block);
  }

  static async open(
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any provider
    provider: ProviderDefinition<any, any>,
    typeName: string,
    options: ServerOptions = {},
    config?: Obj,
  ): Promise<Driver> {
    const server = createProviderServer(provider, { log: recordingLog(), ...options })();
    const schemas = await server.GetProviderSchema({}, context);
    const driver = new Driver(server, typeName, schemas.resourceSchemas.get(typeName) as Schema);
    const type = impliedType(schemas.provider.block);
    const full = empty(schemas.provider.block, config ?? {});
    const { diagnostics } = await server.ConfigureProvider(
      { terraformVersion: '1.11.4', config: { msgpack: encodeMsgpack(full, type) } },
      context,
    );
    if (diagnostics?.length) throw new Error(JSON.stringify(diagnostics));
    return driver;
  }

  /** Another resource type of the same provider, configured once for both. */
  async sibling(typeName: string): Promise<Driver> {
    const { resourceSchemas } = await this.server.GetProviderSchema({}, context);
    return new Driver(this.server, typeName, resourceSchemas.get(typeName) as Schema);
  }

  /** An object with null, or no blocks, for everything that is not given. */
  object(given: Obj): Obj {
    return empty(this.schema.block, given);
  }

  wire(value: Value): DynamicValue {
    return { msgpack: encodeMsgpack(value, this.type) };
  }

  async validate(config: Obj): Promise<readonly Diagnostic[]> {
    const request = { typeName: this.typeName, config: this.wire(this.object(config)) };
    return (await this.server.ValidateResourceConfig(request, context)).diagnostics ?? [];
  }

  async plan(prior: Value, config: Obj | null, priorPrivate: Uint8Array = NO_BYTES) {
    const full = config && this.object(config);
    const response = await this.server.PlanResourceChange(
      {
        typeName: this.typeName,
        priorState: this.wire(prior),
        proposedNewState: this.wire(proposedNew(this.schema.block, prior, full)),
        config: this.wire(full),
        priorPrivate,
      },
      context,
    );
    const planned = decodeDynamic(response.plannedState, this.type) as Obj | null;
    return { ...response, planned, diagnostics: response.diagnostics ?? [] };
  }

  async apply(
    prior: Value,
    config: Obj | null,
    planned: Value,
    plannedPrivate: Uint8Array = NO_BYTES,
    signal = context.signal,
  ) {
    const response = await this.server.ApplyResourceChange(
      {
        typeName: this.typeName,
        priorState: this.wire(prior),
        plannedState: this.wire(planned),
        config: this.wire(config && this.object(config)),
        plannedPrivate,
      },
      { signal },
    );
    const state = decodeDynamic(response.newState, this.type) as Obj | null;
    return { ...response, state, diagnostics: response.diagnostics ?? [] };
  }

  async create(config: Obj) {
    const { planned, plannedPrivate } = await this.plan(null, config);
    return this.apply(null, config, planned, plannedPrivate);
  }

  async read(state: Value, privateBytes: Uint8Array = NO_BYTES) {
    const request = { typeName: this.typeName, currentState: this.wire(state), private: privateBytes };
    const response = await this.server.ReadResource(request, context);
    const found = decodeDynamic(response.newState, this.type) as Obj | null;
    return { ...response, state: found, diagnostics: response.diagnostics ?? [] };
  }
}

function empty(block: Schema['block'], given: Obj): Obj {
  const lists = block.blockTypes.filter((nested) => nested.nesting !== 1).map((nested) => nested.typeName);
  const names = [...block.attributes.map(({ name }) => name), ...block.blockTypes.map(({ typeName }) => typeName)];
  return Object.fromEntries(names.map((name) => [name, given[name] ?? (lists.includes(name) ? [] : null)]));
}
