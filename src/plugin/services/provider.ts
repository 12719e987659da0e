import { FRAME_HEADER } from '../grpc/frame';
import type { Method } from '../grpc/server';
import { GrpcError, Status } from '../grpc/status';
import type { Logger } from '../log';
import { Severity, type Diagnostic, type ProviderServer, type RpcName, type Rpcs } from '../protocol';
import { decodeMessage, encodeMessage } from '../protobuf/message';
import { RPC_MESSAGES } from '../protobuf/tfplugin6';
import { ProtobufError } from '../protobuf/wire';

const PREFIX = '/tfplugin6.Provider/';

/** What calls are logged with. */
export interface CallLog {
  readonly logger: Logger;
  /** Source address of the provider. */
  readonly address: string;
  /** Milliseconds, of any origin. */
  now(): number;
}

let calls = 0;

/** The method behind a path; undefined when the protocol, or this provider, does not have it. */
export function providerMethod(server: ProviderServer, path: string, log: CallLog): Method | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const name = path.slice(PREFIX.length);
  if (!Object.hasOwn(RPC_MESSAGES, name)) return undefined;
  const rpc = name as RpcName;
  if (typeof server[rpc] !== 'function') return undefined;
  return { kind: 'unary', handler: (request, signal) => call(server, rpc, request, signal, log) };
}

async function call<Name extends RpcName>(
  server: ProviderServer,
  rpc: Name,
  bytes: Buffer,
  signal: AbortSignal,
  log: CallLog,
): Promise<Buffer> {
  const messages = RPC_MESSAGES[rpc];
  const request = decodeRequest(rpc, () => decodeMessage<Rpcs[Name]['request']>(messages.request, bytes));
  const done = logCall(rpc, request, log);
  try {
    const response = await server[rpc](request, { signal });
    done(response);
    return encodeMessage<Rpcs[Name]['response']>(messages.response, response, FRAME_HEADER);
  } catch (error) {
    log.logger.error('Call failed', { tf_rpc: rpc, error: error instanceof Error ? error.stack : String(error) });
    throw error;
  }
}

function decodeRequest<T>(rpc: RpcName, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw new GrpcError(Status.Internal, `The request of ${rpc} cannot be read: ${error.message}.`);
  }
}

/** Logs the call under the names that Terraform's own provider libraries use, so that the same filters find it. */
function logCall(rpc: RpcName, request: object, log: CallLog): (response: object) => void {
  if (!log.logger.enabled('debug')) return () => undefined;
  calls += 1;
  const fields = {
    tf_rpc: rpc,
    tf_req_id: `${process.pid}-${calls}`,
    tf_provider_addr: log.address,
    tf_resource_type: 'typeName' in request ? request.typeName : undefined,
  };
  const start = log.now();
  log.logger.trace('Received request', fields);
  return (response) => {
    const diagnostics = ('diagnostics' in response ? response.diagnostics : undefined) as
      readonly Diagnostic[] | undefined;
    log.logger.debug('Served request', {
      ...fields,
      tf_req_duration_ms: Math.round(log.now() - start),
      diagnostic_error_count: diagnostics?.filter((d) => d.severity === Severity.Error).length ?? 0,
      diagnostic_warning_count: diagnostics?.filter((d) => d.severity === Severity.Warning).length ?? 0,
    });
  };
}
