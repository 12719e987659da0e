import { connectIam, connectKms, connectS3, connectSts } from '../../aws';
import type { LiveSources } from '../../collect/live';
import { createSurvey, type GenesysConfig } from '../../genesys';

/** Whom the live rules ask: Genesys Cloud as the provider is configured, and AWS as the environment says. Sends nothing. */
export async function liveSources(
  genesys: GenesysConfig,
  withAws: boolean,
  env: { readonly [name: string]: string | undefined },
): Promise<LiveSources> {
  return {
    genesys: createSurvey(genesys),
    ...(withAws ? { aws: await connectAws() } : {}),
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? { verificationOff: 'NODE_TLS_REJECT_UNAUTHORIZED=0' } : {}),
  };
}

async function connectAws(): Promise<NonNullable<LiveSources['aws']>> {
  const [iam, s3, sts, kms] = await Promise.all([connectIam({}), connectS3({}), connectSts({}), connectKms({})]);
  return { iam, s3, sts, kms };
}
