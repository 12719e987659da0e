/**
 * What go-plugin, the library Terraform starts its plugins with, expects beside the provider itself.
 * Source: hashicorp/go-plugin grpc_controller.proto, grpc_stdio.proto, grpc_broker.proto, docs/internals.md.
 */
import type { ServerHttp2Stream } from 'node:http2';
import { openResponse } from '../grpc/call';
import { FRAME_HEADER } from '../grpc/frame';
import type { Method } from '../grpc/server';
import { GrpcError, Status } from '../grpc/status';
import { decodeMessage, encodeMessage, enumeration, text, type MessageType } from '../protobuf/message';

const Empty: MessageType<object> = {};
const HealthCheckRequest: MessageType<{ service: string }> = { service: text(1) };
const HealthCheckResponse: MessageType<{ status: number }> = { status: enumeration(1) };
const SERVING = 1;

/** The service name go-plugin asks the health of. */
const PLUGIN_SERVICE = 'plugin';

/**
 * The host's methods by path.
 *
 * @param shutdown is called after a Shutdown was answered; without that answer, each stop of a plugin takes two seconds more
 */
export function hostMethods(shutdown: () => void): Readonly<Record<string, Method>> {
  return {
    '/plugin.GRPCController/Shutdown': {
      kind: 'unary',
      handler: () => {
        // After this tick the answer is on its way; closing the session lets it arrive.
        setImmediate(shutdown);
        return Promise.resolve(encodeMessage(Empty, {}, FRAME_HEADER));
      },
    },
    '/plugin.GRPCStdio/StreamStdio': { kind: 'stream', open: keepOpen },
    '/plugin.GRPCBroker/StartStream': { kind: 'stream', open: keepOpen },
    '/grpc.health.v1.Health/Check': {
      kind: 'unary',
      handler: (request) => {
        const { service } = decodeMessage(HealthCheckRequest, request);
        if (service !== '' && service !== PLUGIN_SERVICE) {
          return Promise.reject(new GrpcError(Status.NotFound, `Unknown service ${service}`));
        }
        return Promise.resolve(encodeMessage(HealthCheckResponse, { status: SERVING }, FRAME_HEADER));
      },
    },
  };
}

/**
 * A stream that never says anything. It is kept open on purpose: a grpc-go client with no running call at all drops its connection
 * after half an hour, and a provider may well wait longer than that.
 */
function keepOpen(stream: ServerHttp2Stream): void {
  openResponse(stream);
  stream.on('end', () => stream.end());
  stream.resume();
}
