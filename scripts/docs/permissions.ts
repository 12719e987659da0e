import type { Use } from '../../src/genesys';
import type { AwsPolicy } from './aws-policies';

/** The page about least privilege, from the permissions that the requests themselves name. */
export function renderPermissions(uses: readonly Use[], policies: readonly AwsPolicy[]): string {
  const rows = uses.map(({ purpose, all, oneOf }) => {
    const needed = [...all.map(code), ...oneOf.map((choice) => choice.map(code).join(' or '))];
    return `| ${purpose} | ${needed.length === 0 ? 'none' : needed.join('<br>')} |`;
  });
  return [
    '<!-- Made by "npm run docs" from the operations of src/genesys and the grants of src/constructs. Change them there. -->',
    '',
    '# Least privilege',
    '',
    '## Genesys Cloud',
    '',
    'The permissions that an OAuth client (client credentials) needs in Genesys Cloud, by what it is for. Give a role these, in all divisions concerned, and nothing else. Where two are named with "or", one is enough.',
    '',
    '| a client that … | needs |',
    '| --- | --- |',
    ...rows,
    '',
    '### Two clients',
    '',
    'Genesys Cloud keeps `apply` and `revoke` apart. So work with two clients: one that runs exports and places holds, and can never release one; and one that can release, whose secret somebody else keeps and that is used for releases alone. Then a release takes two people. The first client is for every day: set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET` to it in the job that applies, and to the second one only in a job for releases that asks for an approval of its own. [examples/pipelines/github/apply.yml](../examples/pipelines/github/apply.yml) works like that.',
    '',
    'A plan review reads: it needs no permission to protect. Asking which conversations are protected takes none.',
    '',
    'A message about a refusal names the permission that is missing; `genesyscloud-compliance preflight` tries those that are needed beforehand.',
    '',
    '## AWS',
    '',
    'One identity for each of these, with this policy and nothing else. No policy here deletes anything or gets past a retention. Put your names in the place of `your-recordings`, `your-register`, `your-trail`, `your-jobs`, `your-key-id` and the account `111122223333`; in other partitions ARNs begin with `arn:aws-us-gov` or `arn:aws-cn`. Actions on a bucket have the ARN of the bucket, actions on files that with `/*` behind it: the one grants nothing on the other. `genesyscloud_compliance_legalhold` asks nothing of AWS but the register, where that is in S3.',
    '',
    ...policies.flatMap(renderPolicy),
  ].join('\n');
}

function renderPolicy({ title, purpose, statements }: AwsPolicy): readonly string[] {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
  return [`### ${title}`, '', purpose, '', '```json', document, '```', ''];
}

const code = (text: string): string => `\`${text}\``;
