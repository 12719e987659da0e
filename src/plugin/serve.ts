import { writeSync } from 'node:fs';
import type { Credentials } from './grpc/server';
import { createLogger } from './log';
import { createCertificate } from './process/certificate';
import { handshakeLine, HandshakeError, reattachConfig, readInvitation, type Invitation } from './process/handshake';
import { ProcessOwner, reportCrashes } from './process/life-cycle';
import { socketFolder, sweepStaleFolders } from './process/listen-address';
import { guardStreams, logWarnings } from './process/streams';
import type { ProviderServerFactory } from './protocol';
import { runServer, type RunningServer } from './start-server';

/** What a provider's executable hands over. */
export interface ServeOptions {
  /** Makes a provider for each connection. */
  readonly factory: ProviderServerFactory;
  /** Loads what the factory needs. Called once Terraform knows where to connect, so that it loads while Terraform does. */
  readonly prepare?: () => void;
  /** Source address, e.g. `registry.example/owner/name`. */
  readonly address: string;
  /** Wait for Terraform to be attached, instead of being started by it. */
  readonly debug?: boolean;
}

const STDOUT = 1;

/**
 * Turns this process into a provider until Terraform, or in debug mode Ctrl-C, ends it. Call it first thing: stdout
 * belongs to the handshake.
 *
 * Without Terraform's environment it says on stderr what this executable is and sets exit code 1.
 */
export async function serve(options: ServeOptions): Promise<void> {
  if (options.debug === true) return serveAttached(options);
  let invitation: Invitation;
  try {
    invitation = readInvitation(process.env, options.address);
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    writeSync(2, `${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const log = createLogger('node');
  guardStreams(log);
  logWarnings(log);
  reportCrashes();
  const { clientCert, multiplex } = invitation;
  const certificate = clientCert === undefined ? undefined : createCertificate(Date.now());
  const credentials: Credentials | undefined =
    clientCert === undefined || certificate === undefined
      ? undefined
      : { key: certificate.key, cert: certificate.cert, clientCert };
  const server = await runServer(options.factory, options.address, credentials, {
    onClient: () => {
      owner.clientCame();
      // Terraform connects once. Nobody needs the address any more, so that not even kill -9 leaves anything behind.
      server.listening.removeFiles();
    },
    onLastClientGone: () => owner.clientsGone(),
    onShutdown: () => void owner.shutDown(),
  });
  const owner = ownerOf(server);
  owner.followParent();
  writeSync(STDOUT, handshakeLine(server.listening, certificate?.der, multiplex));
  options.prepare?.();
  sweepStaleFolders(socketFolder(process.env), Date.now());
}

async function serveAttached(options: ServeOptions): Promise<void> {
  const server = await runServer(options.factory, options.address, undefined, {});
  ownerOf(server).followUser();
  const reattach = reattachConfig(options.address, server.listening, process.pid);
  writeSync(STDOUT, `export TF_REATTACH_PROVIDERS='${reattach}'\n`);
}

function ownerOf({ grpc, listening }: RunningServer): ProcessOwner {
  return new ProcessOwner({
    abortCalls: (reason) => grpc.abortCalls(reason),
    settled: () => grpc.settled(),
    close: () => grpc.close(),
    removeFiles: () => listening.removeFiles(),
  });
}
