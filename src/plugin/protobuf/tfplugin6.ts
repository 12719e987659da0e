/**
 * The tables of service tfplugin6.Provider: which property of protocol.ts travels under which field number.
 *
 * Source: hashicorp/terraform v1.15.9, docs/plugin-protocol/tfplugin6.10.proto. Fields that are not here (resource
 * identity, deferral, the legacy type system) are never sent and passed over when they come.
 */
import type * as p from '../protocol';
import {
  bool,
  bytes,
  enumeration,
  int64,
  messageMap,
  nested,
  optional,
  present,
  repeated,
  text,
  textMap,
  timestamp,
  type Field,
  type MessageType,
} from './message';

const DynamicValue: MessageType<p.DynamicValue> = { msgpack: optional(bytes(1)), json: optional(bytes(2)) };

// A union has no properties of its own; `oneof` is three optional fields.
const Step: MessageType<{ attributeName: string; elementKeyString: string; elementKeyInt: bigint }> = {
  attributeName: optional(text(1)),
  elementKeyString: optional(text(2)),
  elementKeyInt: optional(int64(3)),
};
const AttributePath: MessageType<p.AttributePath> = { steps: repeated(1, () => Step) };

const Diagnostic: MessageType<p.Diagnostic> = {
  severity: enumeration(1),
  summary: text(2),
  detail: text(3),
  attribute: nested(4, () => AttributePath),
};

const SchemaObject: MessageType<p.SchemaObject> = {
  attributes: repeated(1, () => SchemaAttribute),
  nesting: enumeration(3),
};

const SchemaAttribute: MessageType<p.SchemaAttribute> = {
  name: text(1),
  type: optional(bytes(2)),
  nestedType: nested(10, () => SchemaObject),
  description: text(3),
  descriptionKind: enumeration(8),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  deprecated: bool(9),
  writeOnly: bool(11),
};

const SchemaNestedBlock: MessageType<p.SchemaNestedBlock> = {
  typeName: text(1),
  block: present(2, () => SchemaBlock),
  nesting: enumeration(3),
  minItems: int64(4),
  maxItems: int64(5),
};

const SchemaBlock: MessageType<p.SchemaBlock> = {
  version: int64(1),
  attributes: repeated(2, () => SchemaAttribute),
  blockTypes: repeated(3, () => SchemaNestedBlock),
  description: text(4),
  descriptionKind: enumeration(5),
  deprecated: bool(6),
};

const Schema: MessageType<p.Schema> = { version: int64(1), block: present(2, () => SchemaBlock) };

const FunctionParameter: MessageType<p.FunctionParameter> = {
  name: text(1),
  type: bytes(2),
  allowNullValue: bool(3),
  allowUnknownValues: bool(4),
  description: text(5),
  descriptionKind: enumeration(6),
};

const FunctionSignature: MessageType<p.FunctionSignature> = {
  parameters: repeated(1, () => FunctionParameter),
  variadicParameter: nested(2, () => FunctionParameter),
  return: present<{ type: Uint8Array }>(3, () => ({ type: bytes(1) })),
  summary: text(4),
  description: text(5),
  descriptionKind: enumeration(6),
  deprecationMessage: text(7),
};

const FunctionError: MessageType<p.FunctionError> = { text: text(1), functionArgument: optional(int64(2)) };

const ServerCapabilities: MessageType<p.ServerCapabilities> = {
  planDestroy: bool(1),
  getProviderSchemaOptional: bool(2),
  moveResourceState: bool(3),
};

const ClientCapabilities: MessageType<p.ClientCapabilities> = {
  deferralAllowed: bool(1),
  writeOnlyAttributesAllowed: bool(2),
};

const RawState: MessageType<p.RawState> = { json: optional(bytes(1)), flatmap: textMap(2) };

const TypeName: MessageType<{ typeName: string }> = { typeName: text(1) };
const FunctionName: MessageType<{ name: string }> = { name: text(1) };

const value = (number: number): Field => nested(number, () => DynamicValue);
/** A value the request always carries. */
const givenValue = (number: number): Field => present(number, () => DynamicValue);
const clientCapabilities = (number: number): Field => nested(number, () => ClientCapabilities);
const diagnostics = (number: number): Field => repeated(number, () => Diagnostic);

/** The tables of each RPC's request and response. */
export const RPC_MESSAGES: {
  readonly [Name in p.RpcName]: {
    readonly request: MessageType<p.Rpcs[Name]['request']>;
    readonly response: MessageType<p.Rpcs[Name]['response']>;
  };
} = {
  GetMetadata: {
    request: {},
    response: {
      serverCapabilities: nested(1, () => ServerCapabilities),
      diagnostics: diagnostics(2),
      dataSources: repeated(3, () => TypeName),
      resources: repeated(4, () => TypeName),
      functions: repeated(5, () => FunctionName),
      ephemeralResources: repeated(6, () => TypeName),
    },
  },
  GetProviderSchema: {
    request: {},
    response: {
      provider: present(1, () => Schema),
      resourceSchemas: messageMap(2, () => Schema),
      dataSourceSchemas: messageMap(3, () => Schema),
      diagnostics: diagnostics(4),
      providerMeta: nested(5, () => Schema),
      serverCapabilities: nested(6, () => ServerCapabilities),
      functions: messageMap(7, () => FunctionSignature),
      ephemeralResourceSchemas: messageMap(8, () => Schema),
    },
  },
  GetFunctions: {
    request: {},
    response: { functions: messageMap(1, () => FunctionSignature), diagnostics: diagnostics(2) },
  },
  ValidateProviderConfig: {
    request: { config: givenValue(1) },
    // 1 was the prepared configuration of protocol 5.
    response: { diagnostics: diagnostics(2) },
  },
  ConfigureProvider: {
    request: { terraformVersion: text(1), config: givenValue(2), clientCapabilities: clientCapabilities(3) },
    response: { diagnostics: diagnostics(1) },
  },
  StopProvider: { request: {}, response: { error: text(1) } },
  ValidateResourceConfig: {
    request: { typeName: text(1), config: givenValue(2), clientCapabilities: clientCapabilities(3) },
    response: { diagnostics: diagnostics(1) },
  },
  UpgradeResourceState: {
    request: { typeName: text(1), version: int64(2), rawState: nested(3, () => RawState) },
    response: { upgradedState: value(1), diagnostics: diagnostics(2) },
  },
  ReadResource: {
    request: {
      typeName: text(1),
      currentState: givenValue(2),
      private: bytes(3),
      providerMeta: value(4),
      clientCapabilities: clientCapabilities(5),
    },
    response: { newState: value(1), diagnostics: diagnostics(2), private: bytes(3) },
  },
  PlanResourceChange: {
    request: {
      typeName: text(1),
      priorState: givenValue(2),
      proposedNewState: givenValue(3),
      config: givenValue(4),
      priorPrivate: bytes(5),
      providerMeta: value(6),
      clientCapabilities: clientCapabilities(7),
    },
    response: {
      plannedState: value(1),
      requiresReplace: repeated(2, () => AttributePath),
      plannedPrivate: bytes(3),
      diagnostics: diagnostics(4),
    },
  },
  ApplyResourceChange: {
    request: {
      typeName: text(1),
      priorState: givenValue(2),
      plannedState: givenValue(3),
      config: givenValue(4),
      plannedPrivate: bytes(5),
      providerMeta: value(6),
    },
    response: { newState: value(1), private: bytes(2), diagnostics: diagnostics(3) },
  },
  ImportResourceState: {
    request: { typeName: text(1), id: text(2), clientCapabilities: clientCapabilities(3) },
    response: {
      importedResources: repeated<{ typeName: string; state: p.DynamicValue; private?: Uint8Array }>(1, () => ({
        typeName: text(1),
        state: givenValue(2),
        private: bytes(3),
      })),
      diagnostics: diagnostics(2),
    },
  },
  MoveResourceState: {
    request: {
      sourceProviderAddress: text(1),
      sourceTypeName: text(2),
      sourceSchemaVersion: int64(3),
      sourceState: nested(4, () => RawState),
      targetTypeName: text(5),
      sourcePrivate: bytes(6),
    },
    response: { targetState: value(1), diagnostics: diagnostics(2), targetPrivate: bytes(3) },
  },
  ValidateDataResourceConfig: {
    request: { typeName: text(1), config: givenValue(2) },
    response: { diagnostics: diagnostics(1) },
  },
  ReadDataSource: {
    request: {
      typeName: text(1),
      config: givenValue(2),
      providerMeta: value(3),
      clientCapabilities: clientCapabilities(4),
    },
    response: { state: value(1), diagnostics: diagnostics(2) },
  },
  CallFunction: {
    request: { name: text(1), arguments: repeated(2, () => DynamicValue) },
    response: { result: value(1), error: nested(2, () => FunctionError) },
  },
  ValidateEphemeralResourceConfig: {
    request: { typeName: text(1), config: givenValue(2) },
    response: { diagnostics: diagnostics(1) },
  },
  OpenEphemeralResource: {
    request: { typeName: text(1), config: givenValue(2), clientCapabilities: clientCapabilities(3) },
    response: { diagnostics: diagnostics(1), renewAt: timestamp(2), result: value(3), private: optional(bytes(4)) },
  },
  RenewEphemeralResource: {
    request: { typeName: text(1), private: bytes(2) },
    response: { diagnostics: diagnostics(1), renewAt: timestamp(2), private: optional(bytes(3)) },
  },
  CloseEphemeralResource: {
    request: { typeName: text(1), private: bytes(2) },
    response: { diagnostics: diagnostics(1) },
  },
};
