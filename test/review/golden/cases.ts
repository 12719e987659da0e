/** The plans that reviews are tried on. Each is made by the real terraform, see `make.ts`. */
import { CDKTF_CASES } from './cdktf-cases';
import { hcl, type GoldenCase } from './record';
import {
  BUCKET,
  CONSENT,
  exportJob,
  files,
  hold,
  LOCKOUT,
  NAMED,
  namedHold,
  objectStatement,
  role,
  rolePolicy,
  STORED,
} from './program';

const MATTER = hcl(exportJob(), hold());
const CONSENTED = hcl(exportJob(), hold({ more: CONSENT }));
const FILES = files();
const STORAGE = [BUCKET, role(), exportJob({ more: STORED })] as const;
const WHOLE = hcl(...STORAGE, hold(), FILES);
const FIRST_HALF = '2026-01-01T00:00:00Z/2026-01-15T00:00:00Z';

const MODULE = {
  'main.tf': 'module "matter" {\n  source = "./matter"\n}\n',
  'matter/main.tf': `
    terraform {
      required_providers {
        genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
      }
    }
    ${namedHold()}`,
};

/** Terraform knows only after the apply what this policy says. */
const POLICY_OF_LATER = `
resource "terraform_data" "policy" {
  input = ${rolePolicy()}
}
`;

const PRECONDITION = `
  lifecycle {
    precondition {
      condition     = var.approved
      error_message = "The matter MATTER-2026-0017 is not approved."
    }
  }`;
const APPROVED = 'variable "approved" {\n  default = false\n}\n';

/** Export and hold: made, changed, given up. */
const MATTERS: readonly GoldenCase[] = [
  { name: 'nothing', before: WHOLE, after: WHOLE },
  { name: 'not-concerned', after: hcl('resource "terraform_data" "other" {\n  input = "x"\n}\n') },
  { name: 'update', before: MATTER, after: hcl(exportJob(), hold({ reference: 'MATTER-2026-0018' })) },
  {
    name: 'replace',
    before: CONSENTED,
    after: CONSENTED,
    arguments: ['-replace=genesyscloud_compliance_legalhold.sms'],
  },
  { name: 'consent', before: MATTER, after: CONSENTED },
  { name: 'release', before: CONSENTED, after: hcl(exportJob()) },
  { name: 'destroy', before: CONSENTED, after: CONSENTED, arguments: ['-destroy'] },
  { name: 'destroy-refused', before: MATTER, after: hcl(exportJob()), errored: true },
  { name: 'destroy-all-refused', before: WHOLE, after: WHOLE, arguments: ['-destroy'], errored: true },
  {
    name: 'forget',
    before: MATTER,
    after: hcl(
      exportJob(),
      'removed {\n  from = genesyscloud_compliance_legalhold.sms\n  lifecycle {\n    destroy = false\n  }\n}\n',
    ),
  },
  { name: 'shortened', before: MATTER, after: hcl(exportJob({ interval: FIRST_HALF }), hold()) },
  { name: 'widened', before: hcl(exportJob({ interval: FIRST_HALF }), hold()), after: MATTER },
  {
    name: 'errored',
    before: hcl(exportJob()),
    after: hcl(APPROVED, exportJob(), hold({ more: PRECONDITION })),
    errored: true,
  },
];

/** A hold on named conversations: moved, imported, narrowed. */
const NAMED_HOLDS: readonly GoldenCase[] = [
  {
    name: 'moved',
    before: hcl(namedHold()),
    after: hcl(
      namedHold({ name: 'example' }),
      'moved {\n  from = genesyscloud_compliance_legalhold.acme\n  to   = genesyscloud_compliance_legalhold.example\n}\n',
    ),
  },
  { name: 'wrapped', before: hcl(namedHold()), after: MODULE, errored: true },
  { name: 'unordered', after: hcl(exportJob(), namedHold()) },
  {
    name: 'import',
    before: hcl(namedHold()),
    meanwhile: async (estate) => {
      await estate.terraform('stack', 'state', 'rm', 'genesyscloud_compliance_legalhold.acme');
    },
    after: hcl(
      namedHold(),
      `import {\n  to = genesyscloud_compliance_legalhold.acme\n  id = "conversations/${NAMED.join(',')}"\n}\n`,
    ),
  },
  { name: 'narrowed', before: hcl(namedHold()), after: hcl(namedHold({ ids: NAMED.slice(0, 3) })) },
  {
    name: 'narrowed-released',
    before: hcl(namedHold({ more: CONSENT })),
    after: hcl(namedHold({ more: CONSENT, ids: NAMED.slice(0, 3) })),
  },
  {
    name: 'restored',
    before: hcl(namedHold()),
    meanwhile: (estate) => Promise.resolve(void estate.simulator.releaseQuietly(NAMED.slice(0, 2))),
    after: hcl(namedHold()),
  },
];

/** Bucket, role and objects. */
const STORAGES: readonly GoldenCase[] = [
  { name: 'create', after: WHOLE },
  {
    name: 'policy-weakened',
    before: hcl(...STORAGE),
    after: hcl(BUCKET, role(rolePolicy(objectStatement(['s3:PutObjectTagging']))), exportJob({ more: STORED })),
  },
  {
    name: 'policy-unknown',
    before: hcl(...STORAGE),
    after: hcl(POLICY_OF_LATER, BUCKET, role('terraform_data.policy.output'), exportJob({ more: STORED })),
  },
  { name: 'policy-lockout', before: hcl(...STORAGE), after: hcl(...STORAGE, LOCKOUT) },
  {
    name: 'objects-unlocked',
    before: hcl(...STORAGE, files({ more: CONSENT })),
    after: hcl(...STORAGE, files({ more: `${CONSENT}\n  object_lock_legal_hold = false` })),
  },
  {
    name: 'objects-released',
    before: hcl(...STORAGE, files({ more: CONSENT })),
    after: hcl(...STORAGE),
  },
  { name: 'bucket-destroyed', before: hcl(...STORAGE), after: hcl(role(), exportJob()) },
];

export const GOLDEN_CASES: readonly GoldenCase[] = [...MATTERS, ...NAMED_HOLDS, ...STORAGES, ...CDKTF_CASES];
