import type { ExportFact, Facts, HoldFact } from '../../facts';
import { waitingFor } from '../arguments';
import { languageOf, localAddress } from '../remedy-places';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** Each hold waits for its export, or is by scope on purpose. */
export const afterExport: Rule<'hold/after-export'> = {
  id: 'hold/after-export',
  severity: 'error',
  moments: ['synth', 'plan'],
  title: 'each hold depends on its export, or is by scope on purpose',
  looksAt: [
    'What each legal hold refers to and depends on. A hold passes when it waits for its export: by a reference to one of its outputs, by `depends_on`, or through other resources. A hold of the constructs must wait for the export that it was made with.',
    "A hold by `scope` waits for nothing, and is meant to: it preserves first. It passes, and so does a hold of `LegalHoldExport` with `preserve: 'at-once'`.",
    'It is a warning when a hold names its export by a literal id, or names conversations that an export covers or may cover. Terraform sees no order there; only the check of the provider keeps it.',
  ],
  why: [
    'Without a dependency Terraform starts hold and export at the same time. The hold then covers conversations while they are exported, a combination that is reported to fail with HTTP 500 on digital channels (the public API contract does not describe it), or it misses conversations that were not known yet.',
    'The provider checks again before it holds. The rule finds it before anything has moved.',
  ],
  remedy: [
    'Refer to the export: `export_job_id = genesyscloud_recording_export_job.<name>.id`, or add it to `depends_on`. `node.addDependency` of the CDK does not help: it is dropped at synth without a warning.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "genesyscloud_compliance_legalhold" "sms" {
          name          = "Acme v. Example"
          export_job_id = genesyscloud_recording_export_job.sms.id
        }`,
    },
    {
      language: 'hcl',
      caption: 'A hold that names its own conversations:',
      text: `
        resource "genesyscloud_compliance_legalhold" "custodians" {
          name             = "Acme v. Example"
          conversation_ids = var.conversation_ids
          depends_on       = [genesyscloud_recording_export_job.sms]
        }`,
    },
    {
      language: 'hcl',
      caption: 'A hold by scope, which waits for nothing on purpose:',
      text: `
        resource "genesyscloud_compliance_legalhold" "from_now_on" {
          name = "Acme v. Example"
          scope = {
            interval       = "2026-01-01T00:00:00Z/.."
            batch_interval = "P1D"
            message_types  = ["sms"]
          }
        }`,
    },
    {
      language: 'cdktf',
      text: `new LegalHoldExport(this, 'sms', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });`,
    },
    {
      language: 'cdktf',
      caption: 'Held beside the export, on purpose:',
      text: `
        new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold,
          preserve: 'at-once',
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'A literal id: Terraform sees no dependency in it.',
      text: `
        resource "genesyscloud_compliance_legalhold" "sms" {
          name          = "Acme v. Example"
          export_job_id = "2f8e1d3c-4b5a-4968-8776-655443322110"
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new GenesyscloudComplianceLegalhold(this, 'hold', {
          name: 'Acme v. Example',
          exportJobId: '2f8e1d3c-4b5a-4968-8776-655443322110',
        });`,
    },
  ],
  sources: [
    { title: 'A report from the field of the HTTP 500. Not in the public API contract.' },
    {
      title: 'The depends_on meta-argument (Terraform)',
      url: 'https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on',
    },
  ],
  check: (facts) => facts.holds.map((hold) => check(facts, hold)),
};

function check(facts: Facts, hold: HoldFact): Answered {
  const { address, exportJobId, belongsTo, dependsOn, scope } = hold;
  const subject = placeOf(hold);
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject,
    message,
    evidence: evidenceOf(hold),
    remedy,
  });
  if (scope?.known === true && scope.value !== null) {
    return answer('pass', `The hold ${address} is by scope: it preserves first, and waits for no export on purpose.`);
  }
  if (hold.atOnce === true && dependsOn.length === 0 && exportJobId.known && exportJobId.value === null) {
    return answer('pass', `The hold ${address} preserves at once: it waits for no export on purpose.`);
  }
  const waitsFor = new Set(dependsOn.map((dependency) => dependency.export));
  if (belongsTo !== null && !waitsFor.has(belongsTo)) {
    return answer(
      'fail',
      `The hold ${address} belongs to the export ${belongsTo} and does not wait for it.`,
      waitingFor(facts, hold, belongsTo),
    );
  }
  if (waitsFor.size > 0) return answer('pass', `The hold ${address} waits for ${[...waitsFor].join(', ')}.`);
  if (scope?.known === false && exportJobId.known && exportJobId.value === null) {
    const message = `Unknown whether the hold ${address} waits for an export: scope ${scope.why}.`;
    return answer('unknown', message, refersTo(facts, hold));
  }
  if (!exportJobId.known) {
    const message = `Unknown whether the hold ${address} waits for its export: export_job_id ${exportJobId.why}.`;
    return answer('unknown', message, refersTo(facts, hold));
  }
  if (exportJobId.value?.includes('${')) {
    const message = `Unknown whether the hold ${address} waits for its export: export_job_id is ${exportJobId.value}, which leads to no export that can be seen.`;
    return answer('unknown', message, refersTo(facts, hold));
  }
  if (exportJobId.value !== null) {
    const message = `The hold ${address} names its export by a literal id, ${exportJobId.value}. Terraform sees no dependency in that; only the provider's own check keeps the order.`;
    return answer('warn', message, refer(facts, hold, exportJobId.value));
  }
  const overlapping = facts.exports.filter((one) => overlaps(one, hold));
  const nearest = overlapping.find(listsIds) ?? overlapping[0];
  if (nearest === undefined) {
    return answer('pass', `The hold ${address} names conversations that no export here covers.`);
  }
  const covering = overlapping.map((one) => one.address).join(', ');
  // A list is held whole, whatever the export does: what is missing is only that somebody says it is meant.
  return listsIds(nearest) && listsIds(hold)
    ? answer(
        'warn',
        `The hold ${address} holds conversations of ${covering} and does not wait for it.`,
        `${waitingFor(facts, hold, nearest.address)}\nIf it is meant to preserve first, nothing has to be done; with the constructs preserve: 'at-once' says so.`,
      )
    : answer(
        'warn',
        `The hold ${address} waits for no export, and ${covering} may cover its conversations.`,
        waitingFor(facts, hold, nearest.address),
      );
}

/** Whether an export covers conversations of the hold, or may do so because its scope is not a list of ids. */
function overlaps({ conversationIds }: ExportFact, hold: HoldFact): boolean {
  if (!conversationIds.known || conversationIds.value === null) return true;
  if (!hold.conversationIds.known || hold.conversationIds.value === null) return true;
  const ids = new Set(hold.conversationIds.value);
  return conversationIds.value.some((id) => ids.has(id));
}

function listsIds({ conversationIds }: ExportFact | HoldFact): boolean {
  return conversationIds.known && conversationIds.value !== null;
}

/** What to write where nobody sees which export is meant: a reference to the one that is there. */
function refersTo(facts: Facts, hold: HoldFact): string {
  const [only, ...others] = facts.exports;
  return only !== undefined && others.length === 0
    ? waitingFor(facts, hold, only.address)
    : 'Refer to the export as export_job_id of the hold, directly and not through a value that is only known after the apply.';
}

/** How a literal id becomes a reference: to the export that is there, or to the one that is imported by it. */
function refer(facts: Facts, hold: HoldFact, id: string): string {
  const [only, ...others] = facts.exports;
  const isCdktf = languageOf(facts, hold) === 'cdktf';
  const reference = (address: string): string =>
    isCdktf ? `  exportJobId: '\${${address}.id}',` : `  export_job_id = ${address}.id`;
  if (only !== undefined && others.length === 0) {
    return `If it is ${only.address} that it means, write:\n${reference(localAddress(only.address) ?? only.address)}`;
  }
  const address = 'genesyscloud_recording_export_job.imported';
  const hcl = `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}`;
  return isCdktf
    ? `Import the export, unless it is one of this program already, with the integration and the interval that it has:\nconst imported = new GenesyscloudRecordingExportJob(this, 'imported', { integrationId, interval });\nimported.importFrom('${id}');\nThen write in the hold:\n  exportJobId: imported.id,`
    : `Import the export, unless it is one of this configuration already. In the root module write, and run terraform plan -generate-config-out=imported.tf, which writes its block:\n${hcl}\nThen write in the hold:\n${reference(address)}`;
}

function evidenceOf(hold: HoldFact): Answered['evidence'] {
  const { exportJobId, conversationIds, dependsOn, scope } = hold;
  const dependencies = dependsOn.map((dependency) => ({
    origin: placeOf(hold, dependency.attribute ?? 'depends_on'),
    what: dependency.attribute ?? 'depends_on',
    text: dependency.export,
  }));
  if (dependencies.length > 0) return dependencies;
  if (exportJobId.known && exportJobId.value !== null) {
    return [{ origin: exportJobId.origin, what: 'export_job_id', text: `export_job_id = "${exportJobId.value}"` }];
  }
  if (scope?.known === true && scope.value !== null) {
    return [{ origin: scope.origin, what: 'scope', text: scope.value.interval ?? 'an interval that is not known yet' }];
  }
  if (!conversationIds.known || conversationIds.value === null) return [];
  return [
    { origin: conversationIds.origin, what: 'conversation_ids', text: `${conversationIds.value.length} conversations` },
  ];
}
