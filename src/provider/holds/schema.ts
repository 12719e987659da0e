import { s, schema, uuid } from '../../framework';

/** `data "genesyscloud_compliance_holds"`: who holds what, by the register. */
export const holdsSchema = schema({
  description:
    'Who holds what, by the register of the provider block: the claims of all matters, of one matter, or over one conversation or file. A claim says what a matter needs; whether it is held at this moment, the hold itself and `drift` look. Other matters are shown by name. Changes nothing. A register that cannot be read is an error.',
  attributes: {
    matter: s.string({
      optional: true,
      description: 'Only claims of this matter: its external reference id, else the name of the hold.',
    }),
    conversation_id: s.string({
      optional: true,
      description: 'Only live claims that cover this conversation.',
      validators: [uuid()],
    }),
    object: s.string({ optional: true, description: 'Only live claims that cover this file: `s3://bucket/key`.' }),
    include_released: s.bool({ optional: true, description: 'Released claims, too. Default: `false`.' }),
    id: s.string({ computed: true, description: 'Id of the register; `none` where nothing was ever claimed.' }),
    claims: s.listNested(
      {
        claim_id: s.string({ computed: true, description: 'Id of the claim.' }),
        matter: s.string({ computed: true, description: 'The matter that needs it.' }),
        name: s.string({ computed: true, description: 'Name of the hold.' }),
        organization_id: s.string({ computed: true, description: 'Organization that it is about.' }),
        resource_type: s.string({ computed: true, description: 'Resource type of the hold.' }),
        hold_api: s.string({ computed: true, description: 'How it is held.' }),
        state: s.string({
          computed: true,
          description:
            '`setting`: not all of it was seen held yet; `held`: all of it was; `dropped`: it is being released; `done`: released.',
        }),
        since: s.string({ computed: true, description: 'When it was claimed, ISO-8601.' }),
        actor: s.string({ computed: true, description: 'Who claimed it, as that machine said.' }),
        covered_count: s.number({
          computed: true,
          description: 'How many conversations it covers, at most; null for files.',
        }),
        held_count: s.number({ computed: true, description: 'How many were seen held when last looked; null before.' }),
        places: s.list('string', { computed: true, description: 'Where its files are: `s3://bucket/prefix`.' }),
        released_at: s.string({ computed: true, description: 'When it was released; null while it is live.' }),
        release_reason: s.string({ computed: true, description: 'Why it was released; null while it is live.' }),
      },
      { computed: true, description: 'The claims, oldest first.' },
    ),
  },
});

export type HoldsSchema = typeof holdsSchema;
