import { connectIam, connectKms, connectS3, connectSts } from '../../aws';
import type { LiveSources } from '../../collect/live';
import { createSurvey, type GenesysConfig } from '../../genesys';

/** How AWS is reached, where something of it is looked at. */
export interface AwsReach {
  /** URL of an S3-compatible service that has the bucket. @default AWS, or AWS_ENDPOINT_URL_S3 */
  readonly endpoint?: string;
}

/** Whom the live rules ask: Genesys Cloud as the provider is configured, and AWS as the environment says. Sends nothing. */
export async function liveSources(
  genesys: GenesysConfig,
  reach: AwsReach | undefined,
  env: { readonly [name: string]: string | undefined },
): Promise<LiveSources> {
  return {
    genesys: createSurvey(genesys),
    ...(reach === undefined ? {} : { aws: await connectAws(reach) }),
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? { verificationOff: 'NODE_TLS_REJECT_UNAUTHORIZED=0' } : {}),
  };
}

async function connectAws({ endpoint }: AwsReach): Promise<NonNullable<LiveSources['aws']>> {
  const ofS3 = endpoint === undefined ? {} : { endpoints: { s3: endpoint } };
  const [iam, s3, sts, kms] = await Promise.all([connectIam({}), connectS3(ofS3), connectSts({}), connectKms({})]);
  return { iam, s3, sts, kms, ...(endpoint === undefined ? {} : { s3Endpoint: endpoint }) };
}
