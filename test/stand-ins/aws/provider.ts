import { schema, s, type ProviderDefinition } from '../../../src/framework';
import type { Aws, AwsSettings } from './clients';
import { callerIdentity } from './data/caller-identity';
import { partition } from './data/partition';
import { policyDocument } from './data/policy-document';
import { policy } from './iam/policy';
import { role } from './iam/role';
import { rolePolicy } from './iam/role-policy';
import { rolePolicyAttachment } from './iam/role-policy-attachment';
import { key } from './kms/key';
import { bucket } from './s3/bucket';
import { bucketPolicy } from './s3/bucket-policy';
import { encryption } from './s3/encryption';
import { lifecycle } from './s3/lifecycle';
import { logging } from './s3/logging';
import { objectLock } from './s3/object-lock';
import { ownershipControls } from './s3/ownership-controls';
import { publicAccessBlock } from './s3/public-access-block';
import { versioning } from './s3/versioning';

const providerSchema = schema({
  description: 'The part of hashicorp/aws that the constructs of this package use, over any server that speaks AWS.',
  attributes: {
    region: s.string({ optional: true, description: 'Region. Default: AWS_REGION.' }),
    access_key: s.string({ optional: true, description: 'Access key id. Default: what the AWS SDK finds.' }),
    secret_key: s.string({ optional: true, sensitive: true, description: 'Secret of the access key.' }),
    token: s.string({ optional: true, sensitive: true, description: 'Session token of temporary credentials.' }),
  },
});

/**
 * A stand-in for the provider hashicorp/aws: what the constructs make, with the names and shapes of the real one. What it
 * does not know is in no schema, so that Terraform refuses it by name.
 */
export function standInAws(connect: (settings: AwsSettings) => Aws): ProviderDefinition<typeof providerSchema, Aws> {
  return {
    schema: providerSchema,
    version: '0.0.0-stand-in',
    configure({ config, diagnostics }) {
      const { region, access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken } = config;
      const given = [region, accessKeyId, secretAccessKey, sessionToken].filter((value) => value !== null);
      if (!given.every((value) => typeof value === 'string')) return undefined;
      const where = region ?? process.env['AWS_REGION'];
      if (typeof where !== 'string') {
        diagnostics.error('No AWS region', 'Neither "region" nor AWS_REGION is set. Set one of them.', ['region']);
        return undefined;
      }
      return connect({
        region: where,
        ...(typeof accessKeyId === 'string' ? { accessKeyId } : {}),
        ...(typeof secretAccessKey === 'string' ? { secretAccessKey } : {}),
        ...(typeof sessionToken === 'string' ? { sessionToken } : {}),
      });
    },
    resources: [
      bucket,
      bucketPolicy,
      encryption,
      key,
      lifecycle,
      logging,
      objectLock,
      ownershipControls,
      policy,
      publicAccessBlock,
      role,
      rolePolicy,
      rolePolicyAttachment,
      versioning,
    ],
    dataSources: [callerIdentity, partition, policyDocument],
    functions: [],
  };
}
