import type { Facts, RegisterFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The register is one that every machine sees. */
export const register: Rule<'hold/register'> = {
  id: 'hold/register',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  title: 'the register is one that every machine sees',
  looksAt: [
    '`register` of the provider, where anything is held; live, also the environment variable `GENESYSCLOUD_COMPLIANCE_REGISTER`. A place in S3 passes. A folder is a warning. A value that only the apply will know is unknown.',
    'Without the argument the environment of the apply decides, and neither code nor plan knows it: that is a note, which does not count. Live, no place at all is a warning: the register is then a folder of the user who applies.',
  ],
  why: [
    'Genesys Cloud and S3 keep one bit for everybody. Which matters need it stands in the register. A machine that reads another register does not see the claims of the others, and its release may lift a hold that another matter needs.',
    'The default folder is enough for one person on one machine. With it every release says that other machines were not asked, and where the environment variable `CI` is set, releases are refused.',
  ],
  remedy: [
    'Set `register` to a prefix in S3 that all machines reach, before the first hold. Or set `GENESYSCLOUD_COMPLIANCE_REGISTER` to that place on every machine that applies.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        provider "genesyscloud" {
          register = "s3://acme-holds/register"
        }`,
    },
    {
      language: 'cdktf',
      text: `new ComplianceProvider(this, 'genesyscloud', { register: 's3://acme-holds/register' });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'The next runner of the pipeline does not see this folder.',
      text: `
        provider "genesyscloud" {
          register = "/var/lib/holds"
        }`,
    },
    {
      language: 'cdktf',
      caption: 'Every checkout has a folder of its own.',
      text: `new ComplianceProvider(this, 'genesyscloud', { register: './holds' });`,
    },
  ],
  sources: [{ title: 'The register of this product: docs/design/register.md' }],
  check: (facts) => (facts.register === undefined ? [] : [check(facts, facts.register)]),
};

function check(facts: Facts, fact: RegisterFact): Answered {
  const { place } = fact;
  const answer = (status: Answered['status'], message: string): Answered => ({
    status,
    subject: placeOf(fact, 'register'),
    message,
    evidence:
      place.known && place.value !== null ? [{ origin: place.origin, what: 'register', text: place.value }] : [],
    remedy: status === 'pass' ? '' : remedyIn(facts),
  });
  if (!place.known) return answer('unknown', `Unknown whether every machine sees the register: it ${place.why}.`);
  if (place.value === null) {
    return facts.moment === 'live'
      ? answer(
          'fail',
          'No register is set, so it is a folder of this user: other machines do not see what is claimed here.',
        )
      : {
          ...answer(
            'unknown',
            'Unknown whether every machine sees the register: the provider block names none. The environment of the apply may (GENESYSCLOUD_COMPLIANCE_REGISTER); without, it is a folder of the user who applies.',
          ),
          beyondPlans: true,
        };
  }
  if (place.value.startsWith('${')) {
    return answer(
      'unknown',
      `Unknown whether every machine sees the register: it is ${place.value}, whose value is not known yet.`,
    );
  }
  if (/^s3:\/\//i.test(place.value))
    return answer('pass', `The register is ${place.value}, which every machine can see.`);
  return answer(
    'fail',
    `The register is the folder ${place.value}. Machines that do not share this folder do not see what is claimed there.`,
  );
}

/** In the language that the holds are written in. */
function remedyIn({ holds, objectHolds, moment }: Facts): string {
  const isCdktf = [...holds, ...objectHolds].some(({ constructPath }) => constructPath !== undefined);
  const set = isCdktf
    ? `Give the ComplianceProvider a bucket that all machines reach:\nregister: 's3://your-bucket/register'`
    : `Set in the provider block, with a bucket that all machines reach:\nregister = "s3://your-bucket/register"`;
  const variable = 'GENESYSCLOUD_COMPLIANCE_REGISTER=s3://your-bucket/register';
  return moment === 'live'
    ? `Set register in the provider block, or the environment variable on every machine, with a bucket that all machines reach:\n${variable}`
    : set;
}
