/**
 * The messages of tfplugin6 that this provider speaks, as plain objects: camelCase names of the .proto fields.
 *
 * Source: hashicorp/terraform v1.15.9, docs/plugin-protocol/tfplugin6.10.proto. The protocol is additive within
 * version 6: fields a CLI does not know are ignored, RPCs it does not know are never called.
 */

/** A value on the wire: one of the two encodings is set. Both empty means null. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

export type AttributePathStep =
  { readonly attributeName: string } | { readonly elementKeyString: string } | { readonly elementKeyInt: bigint };

export interface AttributePath {
  readonly steps: readonly AttributePathStep[];
}

export enum Severity {
  Invalid = 0,
  Error = 1,
  Warning = 2,
}

export interface Diagnostic {
  readonly severity: Severity;
  readonly summary: string;
  readonly detail?: string;
  /** Left out for a diagnostic of no attribute: an empty path would lose the source line. */
  readonly attribute?: AttributePath;
}

export enum StringKind {
  Plain = 0,
  Markdown = 1,
}

export enum ObjectNesting {
  Invalid = 0,
  Single = 1,
  List = 2,
  Set = 3,
  Map = 4,
}

export interface SchemaObject {
  readonly attributes: readonly SchemaAttribute[];
  readonly nesting: ObjectNesting;
}

export interface SchemaAttribute {
  readonly name: string;
  /** JSON of the cty type; absent when `nestedType` is set. */
  readonly type?: Uint8Array;
  readonly nestedType?: SchemaObject;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
}

export enum BlockNesting {
  Invalid = 0,
  Single = 1,
  List = 2,
  Set = 3,
  Map = 4,
  Group = 5,
}

export interface SchemaNestedBlock {
  readonly typeName: string;
  readonly block: SchemaBlock;
  readonly nesting: BlockNesting;
  readonly minItems?: bigint;
  readonly maxItems?: bigint;
}

export interface SchemaBlock {
  readonly version?: bigint;
  readonly attributes: readonly SchemaAttribute[];
  readonly blockTypes: readonly SchemaNestedBlock[];
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly deprecated?: boolean;
}

export interface Schema {
  readonly version: bigint;
  readonly block: SchemaBlock;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: Uint8Array;
  readonly allowNullValue?: boolean;
  readonly allowUnknownValues?: boolean;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
}

export interface FunctionSignature {
  readonly parameters: readonly FunctionParameter[];
  readonly variadicParameter?: FunctionParameter;
  readonly return: { readonly type: Uint8Array };
  readonly summary?: string;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly deprecationMessage?: string;
}

export interface FunctionError {
  readonly text: string;
  /** Zero-based position of the argument at fault. */
  readonly functionArgument?: bigint;
}

export interface ServerCapabilities {
  readonly planDestroy?: boolean;
  readonly getProviderSchemaOptional?: boolean;
  readonly moveResourceState?: boolean;
}

export interface ClientCapabilities {
  readonly deferralAllowed?: boolean;
  readonly writeOnlyAttributesAllowed?: boolean;
}

/** Prior state in the form it lies in the state file. */
export interface RawState {
  readonly json?: Uint8Array;
  readonly flatmap?: ReadonlyMap<string, string>;
}

/** Milliseconds since the epoch; travels as google.protobuf.Timestamp. */
export type TimestampMs = number;

interface WithDiagnostics {
  readonly diagnostics?: readonly Diagnostic[];
}

/** Request and response of each RPC of service tfplugin6.Provider that is served. */
export interface Rpcs {
  GetMetadata: {
    request: Record<string, never>;
    response: WithDiagnostics & {
      serverCapabilities?: ServerCapabilities;
      dataSources?: readonly { typeName: string }[];
      resources?: readonly { typeName: string }[];
      functions?: readonly { name: string }[];
      ephemeralResources?: readonly { typeName: string }[];
    };
  };
  GetProviderSchema: {
    request: Record<string, never>;
    response: WithDiagnostics & {
      provider: Schema;
      resourceSchemas: ReadonlyMap<string, Schema>;
      dataSourceSchemas: ReadonlyMap<string, Schema>;
      providerMeta?: Schema;
      serverCapabilities?: ServerCapabilities;
      functions: ReadonlyMap<string, FunctionSignature>;
      ephemeralResourceSchemas: ReadonlyMap<string, Schema>;
    };
  };
  GetFunctions: {
    request: Record<string, never>;
    response: WithDiagnostics & { functions: ReadonlyMap<string, FunctionSignature> };
  };
  ValidateProviderConfig: { request: { config: DynamicValue }; response: WithDiagnostics };
  ConfigureProvider: {
    request: { terraformVersion: string; config: DynamicValue; clientCapabilities?: ClientCapabilities };
    response: WithDiagnostics;
  };
  StopProvider: { request: Record<string, never>; response: { error?: string } };
  ValidateResourceConfig: {
    request: { typeName: string; config: DynamicValue; clientCapabilities?: ClientCapabilities };
    response: WithDiagnostics;
  };
  UpgradeResourceState: {
    request: { typeName: string; version: bigint; rawState?: RawState };
    response: WithDiagnostics & { upgradedState?: DynamicValue };
  };
  ReadResource: {
    request: {
      typeName: string;
      currentState: DynamicValue;
      private: Uint8Array;
      providerMeta?: DynamicValue;
      clientCapabilities?: ClientCapabilities;
    };
    response: WithDiagnostics & { newState?: DynamicValue; private?: Uint8Array };
  };
  PlanResourceChange: {
    request: {
      typeName: string;
      priorState: DynamicValue;
      proposedNewState: DynamicValue;
      config: DynamicValue;
      priorPrivate: Uint8Array;
      providerMeta?: DynamicValue;
      clientCapabilities?: ClientCapabilities;
    };
    response: WithDiagnostics & {
      plannedState?: DynamicValue;
      requiresReplace?: readonly AttributePath[];
      plannedPrivate?: Uint8Array;
    };
  };
  ApplyResourceChange: {
    request: {
      typeName: string;
      priorState: DynamicValue;
      plannedState: DynamicValue;
      config: DynamicValue;
      plannedPrivate: Uint8Array;
      providerMeta?: DynamicValue;
    };
    response: WithDiagnostics & { newState?: DynamicValue; private?: Uint8Array };
  };
  ImportResourceState: {
    request: { typeName: string; id: string; clientCapabilities?: ClientCapabilities };
    response: WithDiagnostics & {
      importedResources?: readonly { typeName: string; state: DynamicValue; private?: Uint8Array }[];
    };
  };
  MoveResourceState: {
    request: {
      sourceProviderAddress: string;
      sourceTypeName: string;
      sourceSchemaVersion: bigint;
      sourceState?: RawState;
      targetTypeName: string;
      sourcePrivate: Uint8Array;
    };
    response: WithDiagnostics & { targetState?: DynamicValue; targetPrivate?: Uint8Array };
  };
  ValidateDataResourceConfig: { request: { typeName: string; config: DynamicValue }; response: WithDiagnostics };
  ReadDataSource: {
    request: {
      typeName: string;
      config: DynamicValue;
      providerMeta?: DynamicValue;
      clientCapabilities?: ClientCapabilities;
    };
    response: WithDiagnostics & { state?: DynamicValue };
  };
  CallFunction: {
    request: { name: string; arguments: readonly DynamicValue[] };
    response: { result?: DynamicValue; error?: FunctionError };
  };
  ValidateEphemeralResourceConfig: { request: { typeName: string; config: DynamicValue }; response: WithDiagnostics };
  OpenEphemeralResource: {
    request: { typeName: string; config: DynamicValue; clientCapabilities?: ClientCapabilities };
    response: WithDiagnostics & { renewAt?: TimestampMs; result?: DynamicValue; private?: Uint8Array };
  };
  RenewEphemeralResource: {
    request: { typeName: string; private: Uint8Array };
    response: WithDiagnostics & { renewAt?: TimestampMs; private?: Uint8Array };
  };
  CloseEphemeralResource: { request: { typeName: string; private: Uint8Array }; response: WithDiagnostics };
}

/** The name of a served RPC. */
export type RpcName = keyof Rpcs;

/** What accompanies every call. */
export interface CallContext {
  /** Aborted when Terraform cancels the call, closes the connection, or the server shuts down. */
  readonly signal: AbortSignal;
}

/** One method per RPC. A rejected promise becomes gRPC status INTERNAL with the error's message. */
export type ProviderServer = {
  readonly [Name in RpcName]: (request: Rpcs[Name]['request'], context: CallContext) => Promise<Rpcs[Name]['response']>;
};

/**
 * Makes a server for one Terraform connection. Called once per HTTP/2 session, so that the configuration of one
 * session (a reattached process serves several) never reaches another.
 */
export type ProviderServerFactory = () => ProviderServer;
