/**
 * The regions of Genesys Cloud. API host: `api.` + domain; login host: `login.` + domain. Names are those the official
 * Terraform provider takes.
 */
const DOMAINS: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'mypurecloud.com'],
  ['us-east-2', 'use2.us-gov-pure.cloud'],
  ['us-west-2', 'usw2.pure.cloud'],
  ['ca-central-1', 'cac1.pure.cloud'],
  ['sa-east-1', 'sae1.pure.cloud'],
  ['mx-central-1', 'mxc1.pure.cloud'],
  ['eu-west-1', 'mypurecloud.ie'],
  ['eu-west-2', 'euw2.pure.cloud'],
  ['eu-central-1', 'mypurecloud.de'],
  ['eu-central-2', 'euc2.pure.cloud'],
  ['me-central-1', 'mec1.pure.cloud'],
  ['ap-south-1', 'aps1.pure.cloud'],
  ['ap-southeast-1', 'apse1.pure.cloud'],
  ['ap-southeast-2', 'mypurecloud.com.au'],
  ['ap-northeast-1', 'mypurecloud.jp'],
  ['ap-northeast-2', 'apne2.pure.cloud'],
  ['ap-northeast-3', 'apne3.pure.cloud'],
  ['eusc-de-east-1', 'edee1.eusc-pure.cloud'],
  ['dca', 'inindca.com'],
  ['tca', 'inintca.com'],
]);

/** Regions for users; `dca` and `tca` are internal to Genesys and not listed. */
export const regionNames: readonly string[] = [...DOMAINS.keys()].filter((name) => name.includes('-')).sort();

/** The domain of a region, in any case: `EU-Central-1` gives `mypurecloud.de`. Undefined for a name that is none. */
export function regionDomain(name: string): string | undefined {
  return DOMAINS.get(name.trim().toLowerCase());
}

/** What to say about a region that is none. */
export function unknownRegion(name: string): string {
  return `"${name}" is not a Genesys Cloud region. Use one of: ${regionNames.join(', ')}.`;
}
