/**
 * The AWS SDK clients, each loaded when it is first asked for: the provider starts several times per Terraform command
 * and mostly needs none of them. All obey the proxies of the environment, and believe no answer that is not AWS's.
 *
 * Retrying is the SDK's alone: its back-off, its jitter, its retry quota. Nothing in this room repeats a request.
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { STSClient } from '@aws-sdk/client-sts';
import { withOwnCredentials } from './credentials';
import { checksAnswers, sendsContentMd5 } from './middleware';
import { proxyAgents, type Agents } from './proxy';

/** Where AWS is. Credentials are what the SDK finds: environment, profile, role. */
export interface AwsConnection {
  /** @default what the SDK finds: AWS_REGION, the profile */
  readonly region?: string;
  /** Other servers than AWS, by service. @default AWS, or AWS_ENDPOINT_URL_S3 and its siblings */
  readonly endpoints?: AwsEndpoints;
  /** Open connections to one host at most. Give at least the number of requests at once. @default 64 */
  readonly maxSockets?: number;
}

/** Addresses that replace AWS's own, as `http://127.0.0.1:4566`. */
export interface AwsEndpoints {
  /** Addressed path-style. */
  readonly s3?: string;
  /** The account goes into a header only: a host such as `123456789012.127.0.0.1` does not exist. */
  readonly s3Control?: string;
  readonly iam?: string;
  readonly sts?: string;
  readonly kms?: string;
  readonly cloudTrail?: string;
}

/** Attempts per request, the first included. */
const MAX_ATTEMPTS = 10;
/** Milliseconds to open a connection, and to wait for bytes on an open one. */
const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 60_000;
const DEFAULT_SOCKETS = 64;

interface CommonConfig {
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly socketTimeout: number;
  } & (Agents | { readonly httpAgent: AgentLimits; readonly httpsAgent: AgentLimits });
  readonly region?: string;
}

interface AgentLimits {
  readonly keepAlive: true;
  readonly maxSockets: number;
}

/**
 * `adaptive` slows the whole client down when the service throttles, which a storm of small writes needs; `standard` is for
 * the few look-ups that must not wait for each other.
 */
async function common(connection: AwsConnection, retryMode: 'adaptive' | 'standard'): Promise<CommonConfig> {
  const limits: AgentLimits = { keepAlive: true, maxSockets: connection.maxSockets ?? DEFAULT_SOCKETS };
  const agents = await proxyAgents(process.env, limits);
  return {
    maxAttempts: MAX_ATTEMPTS,
    retryMode,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: IDLE_TIMEOUT_MS,
      ...(agents ?? { httpAgent: limits, httpsAgent: limits }),
    },
    ...(connection.region === undefined ? {} : { region: connection.region }),
  };
}

/** What every client is given once it is made. */
function atTheDoor<Client extends AnyClient>(client: Client): Client {
  client.middlewareStack.use(checksAnswers);
  return withOwnCredentials(client);
}

interface AnyClient {
  readonly config: { credentials: unknown };
  readonly middlewareStack: { use(plugin: typeof checksAnswers): void };
}

/** The address that the environment gives to a service, if it does; the SDK reads the same variables. */
function endpointFromEnvironment(service: 'S3' | 'S3_CONTROL'): string | undefined {
  const { env } = process;
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  return [env[`AWS_ENDPOINT_URL_${service}`], env['AWS_ENDPOINT_URL']].find(
    (value) => value !== undefined && value !== '',
  );
}

/** S3, for objects and buckets. Addressed path-style when it is not AWS: a bucket's name before a host resolves nowhere. */
export async function connectS3(connection: AwsConnection): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const endpoint = connection.endpoints?.s3 ?? endpointFromEnvironment('S3');
  const client = new Client({
    ...(await common(connection, 'adaptive')),
    // A region that differs from the bucket's is answered with where it is: followed, since one connection serves both
    // the recordings and the bucket of the reports.
    followRegionRedirects: true,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  client.middlewareStack.use(sendsContentMd5(endpoint !== undefined));
  return atTheDoor(client);
}

/** S3 Control, for batch operations. */
export async function connectS3Control(connection: AwsConnection): Promise<S3ControlClient> {
  const { S3ControlClient: Client } = await import('@aws-sdk/client-s3-control');
  const endpoint = connection.endpoints?.s3Control ?? endpointFromEnvironment('S3_CONTROL');
  return atTheDoor(
    new Client({
      ...(await common(connection, 'standard')),
      // The SDK's own rules put the account in front of the host, which no loopback address survives.
      ...(endpoint === undefined ? {} : { endpointProvider: () => ({ url: new URL(endpoint) }) }),
    }),
  );
}

/** IAM, which is global within its partition; the region says which partition. */
export async function connectIam(connection: AwsConnection): Promise<IAMClient> {
  const { IAMClient: Client } = await import('@aws-sdk/client-iam');
  return atTheDoor(new Client(await lookUps(connection, connection.endpoints?.iam)));
}

/** STS, for who we are. */
export async function connectSts(connection: AwsConnection): Promise<STSClient> {
  const { STSClient: Client } = await import('@aws-sdk/client-sts');
  return atTheDoor(new Client(await lookUps(connection, connection.endpoints?.sts)));
}

/** CloudTrail, for who changed what. */
export async function connectCloudTrail(connection: AwsConnection): Promise<CloudTrailClient> {
  const { CloudTrailClient: Client } = await import('@aws-sdk/client-cloudtrail');
  return atTheDoor(new Client(await lookUps(connection, connection.endpoints?.cloudTrail)));
}

/** KMS, for the key that encrypts the bucket. */
export async function connectKms(connection: AwsConnection): Promise<KMSClient> {
  const { KMSClient: Client } = await import('@aws-sdk/client-kms');
  return atTheDoor(new Client(await lookUps(connection, connection.endpoints?.kms)));
}

async function lookUps(
  connection: AwsConnection,
  endpoint: string | undefined,
): Promise<CommonConfig & { readonly endpoint?: string }> {
  return { ...(await common(connection, 'standard')), ...(endpoint === undefined ? {} : { endpoint }) };
}
