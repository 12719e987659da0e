import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const LARGEST = 256 * 1024 * 1024;

const definition = loadSync(
  ['provider.proto', 'host.proto', 'health.proto'].map((file) => join(__dirname, file)),
  { keepCase: false, longs: String, defaults: false, oneofs: false },
);

type Client = InstanceType<grpc.ServiceClientConstructor>;

/** A message as proto-loader makes it. */
export type Message = Record<string, unknown>;

/** A gRPC client that shares no code with the server: @grpc/grpc-js and protobufjs. */
export class OutsideClient {
  readonly #clients = new Map<string, Client>();
  /** One connection for all services, as Terraform has. */
  readonly #channel: grpc.Channel;

  constructor(target: string, credentials = grpc.credentials.createInsecure()) {
    this.#channel = new grpc.Channel(target, credentials, {
      'grpc.max_receive_message_length': LARGEST,
      'grpc.max_send_message_length': LARGEST,
      // Terraform checks this name, whatever the address.
      'grpc.ssl_target_name_override': 'localhost',
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  /** A unary call, e.g. `call('tfplugin6.Provider', 'GetMetadata', {})`. Rejects with grpc-js' ServiceError. */
  call(service: string, method: string, request: Message, options: grpc.CallOptions = {}): Promise<Message> {
    return this.start(service, method, request, options).answer;
  }

  /** The same, with the call at hand for cancelling it. */
  start(
    service: string,
    method: string,
    request: Message,
    options: grpc.CallOptions = {},
  ): { call: grpc.ClientUnaryCall; answer: Promise<Message> } {
    let call: grpc.ClientUnaryCall | undefined;
    const client = this.client(service);
    const answer = new Promise<Message>((resolve, reject) => {
      const run = client[method] as unknown as (
        request: Message,
        options: grpc.CallOptions,
        done: (error: grpc.ServiceError | null, response: Message) => void,
      ) => grpc.ClientUnaryCall;
      call = run.call(client, request, options, (error, response) => (error ? reject(error) : resolve(response)));
    });
    return { call: call as unknown as grpc.ClientUnaryCall, answer };
  }

  provider(method: string, request: Message = {}, options: grpc.CallOptions = {}): Promise<Message> {
    return this.call('tfplugin6.Provider', method, request, options);
  }

  /** The client of a service, for streams. */
  client(service: string): Client {
    let client = this.#clients.get(service);
    if (client === undefined) {
      const constructor = service
        .split('.')
        .reduce<unknown>(
          (parent, name) => (parent as Record<string, unknown>)[name],
          grpc.loadPackageDefinition(definition),
        ) as grpc.ServiceClientConstructor;
      client = new constructor('', grpc.credentials.createInsecure(), { channelOverride: this.#channel });
      this.#clients.set(service, client);
    }
    return client;
  }

  close(): void {
    this.#channel.close();
  }
}
