import type { CallContext, DynamicValue, Rpcs } from '../../plugin';
import { withDefaults } from '../plan/steps';
import type { Schema } from '../schema';
import type { ObjectValue } from '../values/walk';
import type { Call } from './call';
import { decodeObject, definitionOf, readObject, valueSummary, type Session } from './session';
import { registerSensitive } from './sensitive';
import { validateConfig } from './validate-config';

type Validate = Rpcs['ValidateProviderConfig'];
type Configure = Rpcs['ConfigureProvider'];

/** ConfigureProvider: makes this session's client, and learns its secrets before anything can print them. */
export async function configureProvider<Client>(
  session: Session<Client>,
  request: Configure['request'],
  context: CallContext,
): Promise<Configure['response']> {
  const { provider } = session.definitions;
  const task = { rpc: 'ConfigureProvider', doing: 'Configuring the provider' } as const;
  const { diagnostics } = await session.run(task, context, provider.schema, (call) => {
    session.client = undefined;
    const config = decodeObject(call, provider.schema, request.config);
    registerSensitive(provider.schema, config);
    const client = provider.configure({
      config: withDefaults(provider.schema, config),
      terraformVersion: request.terraformVersion,
      diagnostics: call.findings,
      log: call.log,
    });
    if (!call.findings.hasErrors) session.client = client;
  });
  return { diagnostics };
}

/** ValidateProviderConfig. */
export async function validateProvider<Client>(
  session: Session<Client>,
  request: Validate['request'],
  context: CallContext,
): Promise<Validate['response']> {
  const { provider } = session.definitions;
  const task = { rpc: 'ValidateProviderConfig', doing: "Validating the provider's configuration" } as const;
  const { diagnostics } = await session.run(task, context, provider.schema, (call) => {
    const config = readConfig(call, provider.schema, request.config);
    registerSensitive(provider.schema, config);
    validate(call, provider, config);
  });
  return { diagnostics };
}

interface Validatable {
  readonly schema: Schema;
  validate?(context: object): void;
}

/** Attribute by attribute; and, when each is sound by itself, the checks across them, which may then rely on that. */
function validate(call: Call, definition: Validatable, config: ObjectValue | null): void {
  if (config === null) return;
  validateConfig(definition.schema, config, call.findings);
  if (!call.findings.hasErrors) definition.validate?.({ config, diagnostics: call.findings });
}

/** Reads a configuration with all its faults, so that the user sees them together. */
function readConfig(call: Call, schema: Schema, value: DynamicValue): ObjectValue | null {
  return readObject(schema, value, (path, problem) => call.findings.error(valueSummary(path), problem, path));
}

type ValidateRpc = 'ValidateResourceConfig' | 'ValidateDataResourceConfig' | 'ValidateEphemeralResourceConfig';

const KINDS = {
  ValidateResourceConfig: 'resource',
  ValidateDataResourceConfig: 'data source',
  ValidateEphemeralResourceConfig: 'ephemeral resource',
} as const;

/** The three RPCs that validate the configuration of one block. */
export async function validateBlock<Client>(
  session: Session<Client>,
  rpc: ValidateRpc,
  definitions: ReadonlyMap<string, Validatable>,
  request: Rpcs[ValidateRpc]['request'],
  context: CallContext,
): Promise<Rpcs[ValidateRpc]['response']> {
  const { typeName } = request;
  const task = { rpc, doing: `Validating ${typeName}`, type: typeName };
  const { diagnostics } = await session.run(task, context, definitions.get(typeName)?.schema, (call) => {
    const definition = definitionOf(definitions, KINDS[rpc], typeName);
    validate(call, definition, readConfig(call, definition.schema, request.config));
  });
  return { diagnostics };
}
