import { GrpcServer, type Credentials, type Method, type Router } from './grpc/server';
import { createLogger } from './log';
import { reattachConfig } from './process/handshake';
import { listen, socketFolder, type Listening } from './process/listen-address';
import type { ProviderServerFactory } from './protocol';
import { hostMethods } from './services/host';
import { providerMethod, type CallLog } from './services/provider';

/** What the owner of a running provider server is told. */
export interface ProviderServerEvents {
  /** Terraform has made its first call. */
  onClient?(): void;
  /** Every Terraform that had made a call is gone. */
  onLastClientGone?(): void;
  /** Terraform asks the process to end. */
  onShutdown?(): void;
}

/** A provider server that listens. */
export interface RunningServer {
  readonly listening: Listening;
  readonly grpc: GrpcServer;
}

/** Starts a server with or without TLS. Rejects with the system's error when it cannot listen. */
export async function runServer(
  factory: ProviderServerFactory,
  address: string,
  credentials: Credentials | undefined,
  events: ProviderServerEvents,
): Promise<RunningServer> {
  const logger = createLogger('plugin');
  const log: CallLog = { logger, address, now: () => performance.now() };
  const host = hostMethods(() => events.onShutdown?.());
  const grpc = new GrpcServer(credentials, () => sessionRouter(factory, host, log), {
    onClient: () => events.onClient?.(),
    onLastClientGone: () => events.onLastClientGone?.(),
    onConnectionError: (error) => logger.warn('Connection failed', { error: error.message }),
  });
  const listening = await listen(grpc.net, { platform: process.platform, folder: socketFolder(process.env) });
  return { listening, grpc };
}

/** Each session has a provider of its own: a configuration never reaches another Terraform, or another alias. */
function sessionRouter(factory: ProviderServerFactory, host: Readonly<Record<string, Method>>, log: CallLog): Router {
  let provider: ReturnType<ProviderServerFactory> | undefined;
  return (path) => {
    if (Object.hasOwn(host, path)) return host[path];
    return providerMethod((provider ??= factory()), path, log);
  };
}

/** A provider that serves from within this process, for tests and debuggers. */
export interface AttachableServer {
  /** The value of TF_REATTACH_PROVIDERS that makes Terraform use it. */
  readonly reattach: string;
  readonly address: { readonly network: 'unix' | 'tcp'; readonly address: string };
  /** Aborts what runs, closes every connection, and leaves nothing on disk. */
  close(): Promise<void>;
}

/**
 * Starts a provider in this process. Without TLS: Terraform speaks none to a provider that it did not start; the
 * socket's folder keeps other users out.
 */
export async function startServer(
  factory: ProviderServerFactory,
  options: {
    /** Source address of the provider, as in required_providers. */
    readonly address: string;
  },
): Promise<AttachableServer> {
  const { listening, grpc } = await runServer(factory, options.address, undefined, {});
  return {
    reattach: reattachConfig(options.address, listening, process.pid),
    address: { network: listening.network, address: listening.address },
    close: async () => {
      await grpc.close();
      listening.removeFiles();
    },
  };
}
