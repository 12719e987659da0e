import type { Use } from '../../src/genesys';

/** The page about least privilege, from the permissions that the requests themselves name. */
export function renderPermissions(uses: readonly Use[]): string {
  const rows = uses.map(({ purpose, all, oneOf }) => {
    const needed = [...all.map(code), ...oneOf.map((choice) => choice.map(code).join(' or '))];
    return `| ${purpose} | ${needed.length === 0 ? 'none' : needed.join('<br>')} |`;
  });
  return [
    '<!-- Made by "npm run docs" from the operations of src/genesys. Change them there. -->',
    '',
    '# Least privilege',
    '',
    'The permissions that an OAuth client (client credentials) needs in Genesys Cloud, by what it is for. Give a role these, in all divisions concerned, and nothing else. Where two are named with "or", one is enough.',
    '',
    '| a client that … | needs |',
    '| --- | --- |',
    ...rows,
    '',
    '## Two clients',
    '',
    'Genesys Cloud keeps `apply` and `revoke` apart. So work with two clients: one that runs exports and places holds, and can never release one; and one that can release, whose secret somebody else keeps and that is used for releases alone. Then a release takes two people. The first client is for every day: set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET` to it in the job that applies, and to the second one only in a job for releases that asks for an approval of its own.',
    '',
    'A plan review reads: it needs no permission to protect. Asking which conversations are protected takes none.',
    '',
    'A message about a refusal names the permission that is missing; `genesyscloud-compliance preflight` tries those that are needed beforehand.',
    '',
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;
