/** The mistake that started many a support call: the exporter's role may write files and may not tag them. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, TerraformStack, type TerraformResource } from 'cdktf';
import { ExportBucket, ExportRole } from '../../../src/constructs';

const app = new App();
const stack = new TerraformStack(app, 'storage');
new LocalBackend(stack, {});
new AwsProvider(stack, 'aws', { region: 'us-east-1' });
const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'genesys-recordings' });
const role = new ExportRole(stack, 'role', { bucket, organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b' });
const tagging = role.node.findChild('tagging') as TerraformResource;
tagging.addOverride(
  'policy',
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      // Of the two actions that tagging takes, only the one for versions is left.
      { Sid: 'Tag', Effect: 'Allow', Action: 's3:PutObjectVersionTagging', Resource: bucket.objectsArn },
    ],
  }),
);
app.synth();
