/**
 * The first words between Terraform and a provider: environment variables in, one line on stdout out.
 * Source: hashicorp/go-plugin server.go, hashicorp/terraform internal/plugin/serve.go.
 */
import type { ListenAddress } from './listen-address';

/** What the host has told in the environment. */
export interface Invitation {
  /** The host's certificate as PEM; without one, TLS is off. */
  readonly clientCert?: string;
  /** The host asks whether several brokered connections may share one. */
  readonly multiplex: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const MAGIC_COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
/** Version of go-plugin's own handshake. */
const CORE_VERSION = 1;
/** tfplugin6. */
const PROTOCOL_VERSION = 6;

/** The process was not started by a Terraform that it can work with. The message says what to do. */
export class HandshakeError extends Error {
  override readonly name = 'HandshakeError';
}

/** Reads the environment. Throws {@link HandshakeError}. */
export function readInvitation(environment: Environment, address: string): Invitation {
  if (environment.TF_PLUGIN_MAGIC_COOKIE !== MAGIC_COOKIE) {
    throw new HandshakeError(
      `This binary is a plugin: the Terraform provider ${address}.\n` +
        'It is started by Terraform, not by hand. Name it under required_providers and run terraform init.\n' +
        'To attach Terraform to a process that runs already, start it with --debug.',
    );
  }
  const versions = (environment.PLUGIN_PROTOCOL_VERSIONS ?? '').split(',').map((version) => version.trim());
  if (!versions.includes(String(PROTOCOL_VERSION))) {
    throw new HandshakeError(
      `The provider ${address} speaks plugin protocol ${PROTOCOL_VERSION}; this Terraform offers ` +
        `${versions.join(', ') || 'none'}. Use Terraform 1.0 or later.`,
    );
  }
  const clientCert = environment.PLUGIN_CLIENT_CERT;
  return {
    ...(clientCert ? { clientCert } : {}),
    multiplex: Boolean(environment.PLUGIN_MULTIPLEX_GRPC),
  };
}

/**
 * The line that tells Terraform where to connect, line break included.
 *
 * @param certificate the server's certificate, DER; undefined without TLS. It travels as base64 without padding
 */
export function handshakeLine(listen: ListenAddress, certificate: Buffer | undefined, multiplex: boolean): string {
  const encoded = certificate?.toString('base64').replace(/={1,2}$/, '') ?? '';
  const fields = [CORE_VERSION, PROTOCOL_VERSION, listen.network, listen.address, 'grpc', encoded];
  // A host that asks wants an answer: we have no brokered connections, so sharing one is trivially supported.
  return `${[...fields, ...(multiplex ? ['true'] : [])].join('|')}\n`;
}

/** Content of TF_REATTACH_PROVIDERS: how Terraform finds a provider that runs already. */
export function reattachConfig(address: string, listen: ListenAddress, pid: number): string {
  return JSON.stringify({
    [address]: {
      Protocol: 'grpc',
      ProtocolVersion: PROTOCOL_VERSION,
      Pid: pid,
      // Without this, Terraform takes the version for 5 and stops the process after use.
      Test: true,
      Addr: { Network: listen.network, String: listen.address },
    },
  });
}
