import { s, schema, type ResourceDefinition, type StateOf } from '../../../../src/framework';
import { arn, fixed, id, region } from '../attributes';
import type { Aws } from '../clients';
import { policyText, samePolicy } from '../policy-text';
import { attempt, readBack, unlessAbsent } from '../refusal';

/** Days that KMS waits when nothing is said. */
const DELETION_WINDOW = 30;

const keySchema = schema({
  description: 'A symmetric encryption key.',
  attributes: {
    id,
    arn,
    region,
    key_id: fixed('Id of the key.'),
    description: s.string({ optional: true, requiresReplace: true, description: 'What it is for.' }),
    policy: s.string({
      optional: true,
      computed: true,
      keepIfUnchanged: true,
      equals: samePolicy,
      validators: [policyText],
      description: 'Key policy. Default: whatever identity policies of the account allow.',
    }),
    enable_key_rotation: s.bool({ optional: true, default: false, description: 'Whether KMS rotates it every year.' }),
    deletion_window_in_days: s.number({ optional: true, description: 'Days to wait before it is deleted.' }),
  },
});

type State = StateOf<typeof keySchema>;

/** aws_kms_key */
export const key: ResourceDefinition<typeof keySchema, Aws> = {
  type: 'aws_kms_key',
  schema: keySchema,

  async create({ client, config }) {
    const made = await attempt('Creating a key', async () =>
      (await client.kms()).createKey({
        ...(config.description === null ? {} : { Description: config.description }),
        ...(config.policy === null ? {} : { Policy: config.policy }),
      }),
    );
    const KeyId = made.KeyMetadata?.KeyId ?? '';
    if (config.enable_key_rotation) await rotate(client, KeyId, true);
    return readBack(await read(client, KeyId, config), 'The key');
  },

  read: ({ client, state }) => read(client, state.id ?? '', state),

  async update({ client, config, prior }) {
    const KeyId = prior.id ?? '';
    const { policy } = config;
    if (policy !== null && policy !== prior.policy) {
      await attempt(`Putting the policy of key ${KeyId}`, async () =>
        (await client.kms()).putKeyPolicy({ KeyId, PolicyName: 'default', Policy: policy }),
      );
    }
    if (config.enable_key_rotation !== prior.enable_key_rotation) {
      await rotate(client, KeyId, config.enable_key_rotation);
    }
    return readBack(await read(client, KeyId, config), 'The key');
  },

  delete: ({ client, prior }) =>
    attempt(`Scheduling the deletion of key ${prior.id}`, async () => {
      const kms = await client.kms();
      const PendingWindowInDays = prior.deletion_window_in_days ?? DELETION_WINDOW;
      await unlessAbsent(kms.scheduleKeyDeletion({ KeyId: prior.id ?? '', PendingWindowInDays }), 'NotFoundException');
    }),

  import: ({ id: address }) => Promise.resolve({ state: { id: address } }),
};

function rotate(client: Aws, KeyId: string, on: boolean): Promise<void> {
  return attempt(`Switching the rotation of key ${KeyId} ${on ? 'on' : 'off'}`, async () => {
    const kms = await client.kms();
    await (on ? kms.enableKeyRotation({ KeyId }) : kms.disableKeyRotation({ KeyId }));
  });
}

function read(client: Aws, KeyId: string, like: Pick<State, 'deletion_window_in_days'>): Promise<State | null> {
  return attempt(`Reading key ${KeyId}`, async () => {
    const kms = await client.kms();
    const found = (await unlessAbsent(kms.describeKey({ KeyId }), 'NotFoundException'))?.KeyMetadata;
    if (found === undefined || found.KeyState === 'PendingDeletion') return null;
    const { Policy } = await kms.getKeyPolicy({ KeyId, PolicyName: 'default' });
    const { KeyRotationEnabled } = await kms.getKeyRotationStatus({ KeyId });
    return {
      id: KeyId,
      key_id: KeyId,
      arn: found.Arn ?? null,
      region: client.region,
      description: found.Description === '' ? null : (found.Description ?? null),
      policy: Policy ?? null,
      enable_key_rotation: KeyRotationEnabled ?? false,
      deletion_window_in_days: like.deletion_window_in_days,
    };
  });
}
