import type { ProviderServer, ProviderServerFactory, Rpcs } from '../../plugin';
import { createLogger } from '../../plugin';
import type { ProviderDefinition } from '../definition';
import type { Log } from '../diagnostics';
import type { Schema } from '../schema';
import { applyResource } from './apply-resource';
import { afterReal, type After } from './call';
import { configureProvider, validateBlock, validateProvider } from './configure';
import { readDataSource } from './data-source';
import { closeEphemeral, openEphemeral, renewEphemeral } from './ephemeral';
import type { Definitions } from './erased';
import { callFunction } from './functions';
import { importResource } from './import-resource';
import { planResource } from './plan-resource';
import { readResource } from './read-resource';
import { Session, type Environment } from './session';
import { moveResource, upgradeResource } from './upgrade-resource';
import { wireFunction, wireSchema, type SchemaRole } from './wire-schema';

/** What may be set from outside; the defaults are right for a provider process. */
export interface ServerOptions {
  /** Where log lines go. @default Terraform's log, by way of stderr */
  readonly log?: Log;
  /** Timers. @default real ones */
  readonly after?: After;
  /**
   * How long a resource may take to end once it was told to stop (and to save what it knows), in milliseconds.
   * @default 30 seconds
   */
  readonly graceMs?: number;
}

/**
 * Makes the server that answers Terraform for a provider: one session for each connection, so that what one
 * configures never reaches another.
 */
export function createProviderServer<S extends Schema, Client>(
  provider: ProviderDefinition<S, Client>,
  options: ServerOptions = {},
): ProviderServerFactory {
  const definitions = indexed(provider);
  const environment: Environment = {
    log: options.log ?? createLogger('provider.framework'),
    after: options.after ?? afterReal,
    graceMs: options.graceMs ?? 30_000,
  };
  const schemas = lazily(() => describe(definitions));
  return () => sessionServer(new Session(definitions, environment), schemas);
}

function indexed<S extends Schema, Client>(provider: ProviderDefinition<S, Client>): Definitions<Client> {
  const byType = <T extends { readonly type: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
    new Map(all.map((definition) => [definition.type, definition]));
  return {
    provider,
    resources: byType(provider.resources),
    dataSources: byType(provider.dataSources),
    ephemeralResources: byType(provider.ephemeralResources ?? []),
    functions: new Map(provider.functions.map((definition) => [definition.name, definition])),
  };
}

const CAPABILITIES = { planDestroy: true, getProviderSchemaOptional: true, moveResourceState: false } as const;

function describe<Client>(definitions: Definitions<Client>): Rpcs['GetProviderSchema']['response'] {
  const all = (
    role: SchemaRole,
    map: ReadonlyMap<string, { readonly schema: Schema }>,
  ): ReadonlyMap<string, ReturnType<typeof wireSchema>> =>
    new Map([...map].map(([type, { schema }]) => [type, wireSchema(schema, role)]));
  return {
    provider: wireSchema(definitions.provider.schema, 'provider'),
    resourceSchemas: all('resource', definitions.resources),
    dataSourceSchemas: all('data source', definitions.dataSources),
    ephemeralResourceSchemas: all('ephemeral resource', definitions.ephemeralResources),
    functions: new Map([...definitions.functions].map(([name, definition]) => [name, wireFunction(definition)])),
    serverCapabilities: CAPABILITIES,
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function sessionServer<Client>(
  session: Session<Client>,
  schemas: () => Rpcs['GetProviderSchema']['response'],
): ProviderServer {
  const { definitions } = session;
  const types = (map: ReadonlyMap<string, unknown>): { typeName: string }[] =>
    [...map.keys()].map((typeName) => ({ typeName }));
  return {
    GetMetadata: async () => ({
      serverCapabilities: CAPABILITIES,
      resources: types(definitions.resources),
      dataSources: types(definitions.dataSources),
      ephemeralResources: types(definitions.ephemeralResources),
      functions: [...definitions.functions.keys()].map((name) => ({ name })),
    }),
    GetProviderSchema: async () => schemas(),
    GetFunctions: async () => ({ functions: schemas().functions }),
    ValidateProviderConfig: (request, context) => validateProvider(session, request, context),
    ConfigureProvider: (request, context) => configureProvider(session, request, context),
    StopProvider: async () => {
      session.stop();
      return {};
    },
    ValidateResourceConfig: (request, context) =>
      validateBlock(session, 'ValidateResourceConfig', definitions.resources, request, context),
    ValidateDataResourceConfig: (request, context) =>
      validateBlock(session, 'ValidateDataResourceConfig', definitions.dataSources, request, context),
    ValidateEphemeralResourceConfig: (request, context) =>
      validateBlock(session, 'ValidateEphemeralResourceConfig', definitions.ephemeralResources, request, context),
    UpgradeResourceState: (request, context) => upgradeResource(session, request, context),
    MoveResourceState: (request, context) => moveResource(session, request, context),
    ReadResource: (request, context) => readResource(session, request, context),
    PlanResourceChange: (request, context) => planResource(session, request, context),
    ApplyResourceChange: (request, context) => applyResource(session, request, context),
    ImportResourceState: (request, context) => importResource(session, request, context),
    ReadDataSource: (request, context) => readDataSource(session, request, context),
    CallFunction: (request, context) => callFunction(session, request, context),
    OpenEphemeralResource: (request, context) => openEphemeral(session, request, context),
    RenewEphemeralResource: (request, context) => renewEphemeral(session, request, context),
    CloseEphemeralResource: (request, context) => closeEphemeral(session, request, context),
  };
}
