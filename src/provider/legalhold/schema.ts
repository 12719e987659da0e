import { each, lengthBetween, nonEmpty, oneOf, s, schema, timeouts, uuid } from '../../framework';
import { releaseApprovalsAttribute } from '../approvals';
import { acceptedGapsAttribute, gapAttributes } from '../gaps';
import { HOLD_APIS } from '../hold-api';
import { conversationsFromAttribute } from './conversations-from';
import { scopeAttribute } from './scope-argument';
import { jobIds, referenceId, sameIds, written } from '../validators';

/** Failures listed in state at most; the count beside them is complete. */
export const LISTED_FAILURES = 100;

/** `genesyscloud_compliance_legalhold`. */
export const legalHoldSchema = schema({
  description:
    'A legal hold on the Genesys Cloud side: protects the recordings of conversations from deletion, by policy or by hand, until it is released. ' +
    'With `export_job_id` it covers what that export covers and is refused, before any hold is requested, while that export is not finished. Conversations of recordings that could not be exported, and late ones, are held too. With `scope` it needs no export and waits for nothing. Requests carry at most 100 conversations each.\n\n' +
    'Nothing is told as held that was not seen to be: after protecting, and after releasing, it is read back, and `verified_at` says when. ' +
    'What is not held is a gap, with a kind and a reason in `gaps`. While a gap is open, each plan shows an update in place that tries again, and an update that ends with an open gap is an error; accept what cannot be mended with `accepted_gaps`.\n\n' +
    'Reading asks which of the conversations are still protected. Released ones are planned as an update in place that protects exactly those again. ' +
    'A hold is never released as a side effect: destroying (or replacing) it is refused when planning unless `release_on_destroy` is true in state, and conversations that fall out of scope stay held.\n\n' +
    'Check `status` with a `postcondition` or a `check` block: a new hold of which only a part could be applied is saved with status `incomplete` and a warning, so that the next apply continues instead of starting over. A hold with status other than `active` always plans an update, so such a condition is never false in a plan without changes.',
  attributes: {
    name: s.string({
      required: true,
      description:
        'Name of the hold, e.g. of the case. The compliance API shows it to administrators and cannot change it later; deletion protection knows no names, so there it is kept in state only.',
      validators: [written(256)],
    }),
    export_job_id: s.string({
      about: 'scope',
      optional: true,
      description:
        'Hold what this export covers: `id` of a `genesyscloud_recording_export_job`. Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. When it changes, conversations that are new in scope are added.',
      validators: [jobIds],
    }),
    conversation_ids: s.set('string', {
      about: 'scope',
      optional: true,
      equals: sameIds,
      description:
        'Hold these conversations (UUIDs, at least one). Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. Conversations that are taken off the list stay held, unless `release_on_destroy` is true. More than 1,000 ids are a warning: see `conversations_from`.',
      validators: [nonEmpty(), each(uuid())],
    }),
    conversations_from: conversationsFromAttribute,
    scope: scopeAttribute,
    external_reference_id: s.string({
      about: 'record',
      optional: true,
      description:
        'Reference of the matter in your case system, e.g. `MATTER-2026-0017`: a letter or digit, then up to 63 letters, digits and `. _ : -`, unless the provider says otherwise with `external_reference_id_pattern`. Sent to the compliance API, which cannot change it later; with deletion protection it is kept in state only.',
      validators: [referenceId],
    }),
    reason: s.string({
      about: 'record',
      optional: true,
      description:
        'Why the conversations are held, for the record. Sent to the compliance API, which cannot change it later; with deletion protection it is kept in state only.',
      validators: [lengthBetween(1, 1024)],
    }),
    requested_by: s.string({
      about: 'record',
      optional: true,
      description: 'Who asked for the hold, for the record. Kept in state only, and may be changed at any time.',
      validators: [lengthBetween(1, 256)],
    }),
    hold_api: s.string({
      optional: true,
      computed: true,
      keepIfUnchanged: true,
      description:
        'Which API holds: `compliance` or `deletion_protection`. Left out: as `hold_api` of the provider says when the hold is made. It stays what it was from then on; changing it is refused, since conversations held through one API cannot be taken over by the other.',
      validators: [oneOf(...HOLD_APIS)],
    }),
    release_on_destroy: s.bool({
      optional: true,
      default: false,
      description:
        'Consent to release. Default: `false`: destroying or replacing the hold is refused when planning. To release it, set this to `true`, give `release_reason`, apply, and then destroy. Conversations that other matters claim in the register, or that were protected before this hold came, stay held. While it is `true`, and was so before, conversations that fall out of scope are released too, and the plan says how many.',
    }),
    release_reason: s.string({
      optional: true,
      description:
        'Why the hold may be released, for the record. Needed with `release_on_destroy = true`, and applied together with it before the release.',
      validators: [written(1024)],
    }),
    release_approvals: releaseApprovalsAttribute,
    accepted_gaps: acceptedGapsAttribute,
    id: s.string({
      computed: true,
      keepIfUnchanged: true,
      description:
        'Id of the hold: that of Genesys Cloud with the compliance API, else one made from name and conversations when the hold was created.',
    }),
    organization_id: s.string({
      computed: true,
      keepIfUnchanged: true,
      description:
        'Organization that the hold belongs to. With credentials of another one, reading, changing and releasing are refused. Null in a state of version 0.1.0 until the organization is known.',
    }),
    register_id: s.string({
      computed: true,
      description:
        'Id of the register that has the claim of this hold. By another register nothing is released. Null while the hold is in none.',
    }),
    claim_id: s.string({
      computed: true,
      description: 'Id of the claim by which this hold needs its conversations. Null while it is in no register.',
    }),
    status: s.string({
      computed: true,
      description:
        '`active`: every conversation in scope was seen to be held, or what is missing is accepted. `incomplete`: something is missing, see `gaps`. `partially_released`: some were released outside of Terraform. `released`: all were. Anything but `active` makes the next plan an update that holds what is missing.',
    }),
    conversation_count: s.number({ computed: true, description: 'Conversations in scope.' }),
    held_count: s.number({
      computed: true,
      description: 'Conversations in scope that were seen to be held at the last look.',
    }),
    missing_count: s.number({
      computed: true,
      description: 'Conversations in scope that are not held, for whatever reason; the following count them by reason.',
    }),
    failed_count: s.number({
      computed: true,
      description: 'Conversations in scope that have never been seen to be held, see `failures`.',
    }),
    gone_count: s.number({ computed: true, description: 'Conversations in scope that Genesys Cloud does not know.' }),
    unprotectable_count: s.number({
      computed: true,
      description: 'Conversations in scope without recordings, so that there is nothing to protect.',
    }),
    lost_count: s.number({
      computed: true,
      description:
        'Conversations in scope that were exported or held once and have no recordings any more; and recordings that the export took and that are gone, where it is not known of which conversation. A conversation that has lost some of its recordings is held and not counted here: it is a gap `lost` that names it, with the number.',
    }),
    late_count: s.number({
      computed: true,
      description:
        'Conversations in scope that came later: after the export had finished, or after the scope was first looked at. They are held like the others; those that are not held yet are gaps of the kind `late`.',
    }),
    scope_end: s.string({
      computed: true,
      description:
        'End of what `scope` covers, ISO-8601 in UTC, exclusive: of an open interval the last whole step that was held. Null without `scope`, and before the first step has ended.',
    }),
    unknown: s.list('string', {
      computed: true,
      description:
        'What the last look could not find out within its bounds, one sentence each: a refresh looks for what has come into scope, and for recordings that are gone, within 20 requests and 60 seconds. It is not a gap and cannot be accepted; `genesyscloud-compliance drift --full` looks at everything. Null in a state of an older version.',
    }),
    out_of_scope_count: s.number({
      computed: true,
      description:
        'Conversations that this hold protects although they are no longer in scope. They stay held until they are released with `release_on_destroy = true`.',
    }),
    associated_count: s.number({
      computed: true,
      description:
        'Conversations that are held because they share a recording with one in scope; `conversation_count` has them. A recording that belongs to several conversations counts as safe only when all of them are held, since which of them decides is not documented. An apply looks at the recordings of up to 1,000 conversations, one request each. Null while some were not looked at.',
    }),
    failures: s.listNested(
      {
        conversation_id: s.string({ computed: true, description: 'Conversation that could not be held.' }),
        code: s.string({ computed: true, description: 'Error code of Genesys Cloud.' }),
        message: s.string({ computed: true, description: 'Why it could not be held.' }),
      },
      {
        computed: true,
        description: `The first ${LISTED_FAILURES} conversations that could not be held, or not held again, and why.`,
      },
    ),
    conversation_ids_sha256: s.string({
      computed: true,
      description:
        'SHA-256 in hex over the conversation ids in scope, without those of `associated_count`: lower case, sorted, each followed by a line feed, so that an auditor gets the same with `sort -u ids.txt | sha256sum`, and so that it can be compared with that of the export.',
    }),
    ...gapAttributes,
    applied_at: s.string({
      computed: true,
      description:
        'When conversations were last put under this hold, ISO-8601 in UTC. Null while that is unknown, after an import.',
    }),
    verified_at: s.string({
      computed: true,
      description:
        'When what is told here was read back from Genesys Cloud, ISO-8601 in UTC: after an apply, and when a refresh finds something else than before.',
    }),
  },
  blocks: { timeouts: timeouts({ create: '4h', read: '1h', update: '4h', delete: '4h' }) },
});

export type LegalHoldSchema = typeof legalHoldSchema;
