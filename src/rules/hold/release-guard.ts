import type { ChangeFact, Loss, Facts } from '../../facts';
import { argument } from '../arguments';
import { expiryCause, versioningCause } from '../held-buckets';
import { describeLoss } from '../loss';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';
import { counted } from '../../words';

/** A plan that gives up what is preserved is flagged, whatever Terraform calls it. */
export const releaseGuard: Rule<'hold/release-guard'> = {
  id: 'hold/release-guard',
  severity: 'error',
  moments: ['plan'],
  ignoredByDetail: true,
  title: 'a plan that releases or destroys a hold, or takes other protection away, is flagged',
  looksAt: [
    'What a plan does to holds, object holds and exports, and to the buckets that recordings are in, with their keys, policies and lifecycle rules. Terraform has many words for taking something away. The rule asks what is left afterwards.',
    {
      table: [
        ['what the plan does', 'answer'],
        ['destroys or replaces a hold that protects conversations', 'fail'],
        ['takes conversations out of scope while `release_on_destroy` is true', 'fail'],
        [
          'does one of these with fewer `release_approvals` in state than the provider block takes',
          'fail, and says so',
        ],
        ['removes a hold or object hold from the state (`removed` block)', 'fail'],
        ['destroys or replaces an object hold, or switches `object_lock_legal_hold` off', 'fail'],
        ['shortens the interval of an export, or narrows another argument of its scope', 'fail'],
        ['destroys or forgets an export that is not finished', 'fail'],
        ['destroys or replaces a bucket that recordings are exported to or held in', 'fail'],
        ['destroys, replaces or disables the key that recordings are encrypted with', 'fail'],
        ['adds a lifecycle rule that deletes recordings, or makes one delete sooner', 'fail'],
        [
          'turns off versioning, MFA delete, or a setting of the public access block of the bucket or the account',
          'fail',
        ],
        ['sets `force_destroy`, or removes or weakens a Deny of the bucket policy that protects recordings', 'fail'],
        ['makes a bucket with `force_destroy`', 'warn'],
        ['sets `release_on_destroy` to true, so that the next destroy releases', 'warn'],
        ['takes conversations out of scope that stay held', 'warn'],
        ['destroys or forgets a finished export, whose files and holds stay', 'warn'],
        [
          'changes a scope, a bucket policy or one of these settings to something that only the apply will know',
          'unknown',
        ],
      ],
    },
    'A change of address by a `moved` block takes nothing away. A wider interval takes nothing away either. In a plan that the provider refused, what is in the state and no longer in the configuration is what it was about to destroy.',
  ],
  why: [
    'A released hold cannot be taken back: what was deleted in between is gone. In a plan it looks like any other line.',
    '`prevent_destroy` does not see a resource that has left the configuration. The provider refuses to release without `release_on_destroy`. This rule is the second pair of eyes once somebody has set it.',
  ],
  remedy: [
    'Keep the resource. After a rename or a move, add a `moved` block; in a CDKTF program, call `moveFromId` with the old address on the resource.',
    'When the matter is closed and the release is meant, ignore the finding in the settings file of the review, with the reason and a last day. It stays visible.',
  ],
  compliant: [
    {
      language: 'hcl',
      caption: 'A rename:',
      text: `
        moved {
          from = genesyscloud_compliance_legalhold.sms
          to   = genesyscloud_compliance_legalhold.acme
        }`,
    },
    { language: 'cdktf', text: `acme.legalHold.moveFromId('genesyscloud_compliance_legalhold.sms');` },
    {
      language: 'json',
      caption: 'A release that is meant, in the settings file:',
      text: `
        {
          "ignores": [
            {
              "rule": "hold/release-guard",
              "address": "genesyscloud_compliance_legalhold.acme",
              "detail": "hold-released",
              "reason": "Matter 2026-0017 is closed, release approved by counsel on 2026-11-20",
              "until": "2026-11-30"
            }
          ]
        }`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'The hold stays, but a release would go unnoticed.',
      text: `
        removed {
          from = genesyscloud_compliance_legalhold.sms
          lifecycle {
            destroy = false
          }
        }`,
    },
  ],
  sources: [
    {
      title: 'Refactoring: the moved block (Terraform)',
      url: 'https://developer.hashicorp.com/terraform/language/modules/develop/refactoring',
    },
    {
      title: 'The prevent_destroy argument (Terraform)',
      url: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
    },
  ],
  check: (facts) => (facts.changes ?? []).flatMap((change) => check(facts, change)),
};

function check(facts: Facts, change: ChangeFact): readonly Answered[] {
  const { address, losses, action } = change;
  if (losses.length === 0) {
    return [
      {
        status: 'pass',
        subject: placeOf(change),
        message: `The plan gives nothing up of ${address}.`,
        evidence: [],
        remedy: '',
      },
    ];
  }
  return losses.map((loss) => {
    const { sentence, status } = describeLoss(loss);
    return {
      status,
      subject: placeOf(change, attributeOf(change, loss)),
      detail: detailOf(loss),
      ...causeOf(change, loss),
      message: `The plan ${sentence} (${address}). Terraform calls it ${action}.${approvalsOf(change, loss)}`,
      evidence: [],
      remedy: `${remedyFor(facts, change, loss)}${
        lacksApprovals(change) && (loss.kind === 'hold-released' || loss.kind === 'objects-released') ? APPROVE : ''
      }`,
    };
  });
}

/** What is said of approvals, for a loss that takes them; whether they are valid, the provider finds out. */
function approvalsOf({ approvals }: ChangeFact, loss: Loss): string {
  const releases = loss.kind === 'hold-released' || loss.kind === 'objects-released';
  if (approvals === undefined || (!releases && loss.kind !== 'release-consented')) return '';
  const { required, given } = approvals;
  const takes = required.known ? counted(required.value, 'approval') : 'approvals (how many is unknown)';
  if (!releases) return ` The release takes ${takes} by the provider block.`;
  const has = given === 0 ? 'none was applied' : `${given} ${given === 1 ? 'was' : 'were'} applied`;
  const short = required.known && given < required.value;
  return ` The release takes ${takes} by the provider block, and ${has}${short ? ': the provider refuses it' : '; whether they are valid, the provider finds out'}.`;
}

/** Whether a release lacks approvals for certain. */
function lacksApprovals({ approvals }: ChangeFact): boolean {
  return approvals !== undefined && approvals.required.known && approvals.given < approvals.required.value;
}

const APPROVE =
  ' If the release is meant, have the approvers sign it (genesyscloud-compliance approve), give the approvals to release_approvals, and apply that first.';

/** How a configuration says that a resource had another address. */
function moved({ changes = [] }: Facts, from: string, to: string): string {
  const path = changes.find(({ address }) => address === to)?.constructPath;
  const why = `The same thing is created as ${to}, so it was renamed or moved. Say so`;
  return path === undefined
    ? `${why}:\n  moved {\n    from = ${from}\n    to   = ${to}\n  }`
    : `${why}, on the resource of the construct ${path}:\n  .moveFromId(${JSON.stringify(from)})`;
}

/** What rules about the setting itself meet, too. */
function causeOf(change: ChangeFact, { kind }: Loss): { readonly cause?: string } {
  if (kind === 'objects-expire') return { cause: expiryCause(change) };
  return kind === 'versioning-off' ? { cause: versioningCause(change) } : {};
}

/** Tells apart the losses of one change; the same loss has the same name in every plan. */
function detailOf(loss: Loss): string {
  return loss.kind === 'export-shrunk' ? `${loss.kind} ${loss.attribute}` : loss.kind;
}

function attributeOf(change: ChangeFact, loss: Loss): string | undefined {
  switch (loss.kind) {
    case 'export-shrunk':
      return loss.attribute;
    case 'release-consented':
      return 'release_on_destroy';
    case 'objects-released':
      return loss.by === 'unlock' ? 'object_lock_legal_hold' : undefined;
    case 'key-lost':
      return loss.by === 'disable' ? 'is_enabled' : undefined;
    case 'objects-expire':
      return change.type === 'aws_s3_bucket' ? 'lifecycle_rule' : 'rule';
    case 'retention-weakened':
      return change.type === 'aws_s3_bucket' ? 'object_lock_configuration' : 'rule';
    case 'versioning-off':
    case 'mfa-delete-off':
      return change.type === 'aws_s3_bucket' ? 'versioning' : 'versioning_configuration';
    case 'force-destroy':
      return 'force_destroy';
    case 'denials-removed':
      return 'policy';
    default:
      return undefined;
  }
}

function remedyFor(facts: Facts, change: ChangeFact, loss: Loss): string {
  const { address, reappearsAt } = change;
  if (reappearsAt !== null) {
    return moved(facts, address, reappearsAt);
  }
  switch (loss.kind) {
    case 'export-shrunk':
      return `Set ${loss.attribute} of ${address} back to ${loss.before}, or make a second export beside this one for the other scope.`;
    case 'release-consented':
      return `Set ${argument(facts, change, 'release_on_destroy', false)} on ${address} again, unless the matter is closed.`;
    case 'hold-forgotten':
    case 'objects-forgotten':
      return `Keep ${address} in the configuration, or import it into the stack that manages it from now on.`;
    case 'hold-narrowed':
      return `Nothing, if these conversations no longer belong to the matter; otherwise put them back into the scope of ${address}.`;
    case 'hold-released':
      if (loss.by === 'scope')
        return `Put the conversations back into the scope of ${address}, or set ${argument(facts, change, 'release_on_destroy', false)} so that they stay held.`;
      break;
    case 'objects-released':
      if (loss.by === 'unlock')
        return `Set ${argument(facts, change, 'object_lock_legal_hold', true)} on ${address} again.`;
      break;
    case 'objects-expire':
      return `Take the expiration out of the rules of ${address}, or limit them to objects that are not recordings. If they may go, ignore this finding with the reason and a last day.`;
    case 'retention-weakened':
      return `Put the default retention of ${address} back to ${loss.before}. If it is to go, which s3/object-lock asks for, ignore this finding with the reason and a last day.`;
    case 'mfa-delete-off':
      return `Put mfa_delete = "Enabled" back into ${address}.`;
    case 'versioning-off':
      return `Keep versioning enabled: put the setting of ${address} back as it was.`;
    case 'force-destroy':
      return `Set ${argument(facts, change, 'force_destroy', false)} on ${address} again.`;
    case 'public-access':
      return `Put all four settings of ${address} back to true.`;
    case 'denials-removed':
      return `Put the statements that deny ${loss.actions.join(', ')} back into ${address}. If it is meant, ignore this finding with the reason and a last day.`;
    case 'key-lost':
      if (loss.by === 'disable') return `Set ${argument(facts, change, 'is_enabled', true)} on ${address} again.`;
      break;
    case 'export-dropped':
    case 'bucket-destroyed':
      break;
  }
  const perhapsMoved = facts.changes?.length === 1 ? '' : ' If it was only renamed or moved, add a moved block.';
  return `Put ${address} back into the configuration${change.action === 'replace' ? ' as it was' : ''}.${perhapsMoved} If it is meant, ignore this finding with the reason and a last day.`;
}
