/**
 * Definitions as the runtime sees them: the schema types are gone, since it handles every resource alike. A definition
 * fits because methods compare their parameters loosely; what they are given was made to fit their schema.
 */
import type { FunctionDefinition, Json } from '../definition';
import type { Schema } from '../schema';

type Maybe<T> = Promise<T> | T;

export interface AnyResource {
  readonly type: string;
  readonly schema: Schema;
  validate?(context: object): void;
  plan?(context: object): Maybe<void>;
  planDestroy?(context: object): Maybe<void>;
  create(context: object): Promise<unknown>;
  read(context: object): Promise<unknown>;
  update?(context: object): Promise<unknown>;
  delete(context: object): Promise<void>;
  import?(context: object): Promise<{ readonly state: unknown; readonly private?: Json }>;
  readonly upgrades?: {
    readonly [version: number]: (state: { readonly [attribute: string]: Json }) => {
      readonly [attribute: string]: Json;
    };
  };
}

export interface AnyDataSource {
  readonly type: string;
  readonly schema: Schema;
  validate?(context: object): void;
  read(context: object): Promise<unknown>;
}

export interface AnyEphemeral {
  readonly type: string;
  readonly schema: Schema;
  validate?(context: object): void;
  open(context: object): Promise<{ readonly result: unknown; readonly renewAt?: Date; readonly private?: Json }>;
  renew?(context: object): Promise<{ readonly renewAt?: Date; readonly private?: Json }>;
  close?(context: object): Promise<void>;
}

export interface AnyProvider<Client> {
  readonly schema: Schema;
  readonly version: string;
  validate?(context: object): void;
  configure(context: object): Client | undefined;
}

/** Everything a provider offers, by name. */
export interface Definitions<Client> {
  readonly provider: AnyProvider<Client>;
  readonly resources: ReadonlyMap<string, AnyResource>;
  readonly dataSources: ReadonlyMap<string, AnyDataSource>;
  readonly ephemeralResources: ReadonlyMap<string, AnyEphemeral>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}
