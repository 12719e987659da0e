/** Versioning, Object Lock, default retention and force_destroy in every form. */
import * as e from './estate';
import { table, type Case } from './table';

const VERSIONING = 'aws_s3_bucket_versioning.recordings';
const LOCK = 'aws_s3_bucket_object_lock_configuration.recordings';
const status = (value: string, more: e.Row = {}) => ({
  id: e.NAME,
  bucket: e.NAME,
  versioning_configuration: [{ status: value, mfa_delete: '', ...more }],
});
const OFF: e.Expected = { 'hold/release-guard': 'error', removes: 'turns off versioning', others: '' };
const lockRule = (mode: string, time: e.Row) => ({
  id: e.NAME,
  bucket: e.NAME,
  object_lock_enabled: 'Enabled',
  rule: [{ default_retention: [{ mode, days: null, years: null, ...time }] }],
});
const noRule = { id: e.NAME, bucket: e.NAME, object_lock_enabled: 'Enabled', rule: [] };
const lockBlock = (mode: string, time: e.Row) => [
  { object_lock_enabled: 'Enabled', rule: [{ default_retention: [{ mode, days: 0, years: 0, ...time }] }] },
];
const RETENTION: e.Expected = { 's3/object-lock': 'error', removes: '' };
const versioning = (address: string, after: e.Row, more: Partial<e.Planned> = {}) => e.made(address, after, more);

table('versioning', [
  ['suspended', [e.changed(VERSIONING, status('Enabled'), status('Suspended'))], OFF],
  ['destroyed', [e.gone(VERSIONING, status('Enabled'))], OFF],
  [
    'destroyed in a module',
    [e.gone(`module.a["x"].${VERSIONING}`, status('Enabled')), e.gone(VERSIONING, status('Enabled'))],
    OFF,
  ],
  ['disabled', [e.changed(VERSIONING, status('Enabled'), status('Disabled'))], OFF],
  [
    'replaced and suspended',
    [{ address: VERSIONING, actions: ['delete', 'create'], before: status('Enabled'), after: status('Suspended') }],
    OFF,
  ],
  ['made suspended where the bucket has it on', [versioning(VERSIONING, status('Suspended'))], OFF],
  [
    'in the bucket',
    [
      e.changed(e.BUCKET, e.bucket(), e.bucket({ versioning: [{ enabled: false, mfa_delete: false }] }), {
        given: { versioning: [{}] },
      }),
    ],
    OFF,
  ],
  [
    'only known after the apply',
    [
      e.changed(
        VERSIONING,
        status('Enabled'),
        { id: e.NAME, bucket: e.NAME, versioning_configuration: [{}] },
        {
          unknown: { versioning_configuration: [{ status: true }] },
          given: { bucket: e.refers(e.BUCKET), versioning_configuration: [{ status: e.refers('var.v') }] },
        },
      ),
    ],
    { 'hold/release-guard': 'unknown', others: '' },
  ],
  [
    'MFA delete switched off',
    [
      e.changed(
        VERSIONING,
        status('Enabled', { mfa_delete: 'Enabled' }),
        status('Enabled', { mfa_delete: 'Disabled' }),
      ),
    ],
    { 'hold/release-guard': 'error', removes: 'MFA' },
  ],
  [
    'at another address: the destruction may come last',
    [e.gone(VERSIONING, status('Enabled')), versioning('aws_s3_bucket_versioning.b', status('Enabled'))],
    OFF,
  ],
  ['forgotten', [{ ...e.gone(VERSIONING, status('Enabled')), actions: ['forget'] }], { removes: '' }],
  ['turned on', [e.changed(VERSIONING, status('Suspended'), status('Enabled'))], { removes: '' }],
  [
    'of another bucket',
    [
      e.changed(
        'aws_s3_bucket_versioning.web',
        { ...status('Enabled'), bucket: 'web' },
        { ...status('Suspended'), bucket: 'web' },
      ),
    ],
    { removes: '' },
  ],
  [
    'of another bucket with a longer name',
    [e.gone('aws_s3_bucket_versioning.web', { ...status('Enabled'), bucket: `${e.NAME}-logs` })],
    { removes: '' },
  ],
]);

const without = (planned: readonly e.Planned[]): readonly e.Planned[] => e.estate(planned, [VERSIONING]);
const fresh = (more: e.Row, given: e.Row, unknown: e.Row = {}) =>
  e.made(
    e.BUCKET,
    {
      ...e.bucket({
        versioning: undefined,
        object_lock_configuration: undefined,
        object_lock_enabled: undefined,
        ...more,
      }),
      id: undefined,
      arn: undefined,
    },
    {
      given: { bucket: e.constant(e.NAME), ...given },
      unknown: {
        id: true,
        arn: true,
        policy: true,
        grant: true,
        lifecycle_rule: true,
        server_side_encryption_configuration: true,
        ...unknown,
      },
    },
  );
const computed = { versioning: true, object_lock_configuration: true, object_lock_enabled: true };
table(
  'a new bucket with',
  [
    [
      'object_lock_enabled',
      [
        fresh(
          { object_lock_enabled: true },
          { object_lock_enabled: e.constant(true) },
          { versioning: true, object_lock_configuration: true },
        ),
      ],
      { removes: '' },
    ],
    [
      'object_lock_enabled by a variable',
      [
        fresh(
          { object_lock_enabled: true },
          { object_lock_enabled: e.refers('var.lock') },
          { versioning: true, object_lock_configuration: true },
        ),
      ],
      { removes: '' },
    ],
    [
      'the deprecated block',
      [
        fresh(
          { object_lock_configuration: [{ object_lock_enabled: 'Enabled', rule: [] }] },
          { object_lock_configuration: [{}] },
          { versioning: true, object_lock_enabled: true },
        ),
      ],
      { removes: '' },
    ],
    [
      'both blocks',
      [
        fresh(
          { versioning: [{ enabled: true }], object_lock_configuration: [{ object_lock_enabled: 'Enabled' }] },
          { versioning: [{}], object_lock_configuration: [{}] },
          { versioning: [{ mfa_delete: true }], object_lock_enabled: true },
        ),
      ],
      { removes: '' },
    ],
    ['neither', [fresh({}, {}, computed)], { 's3/object-lock': 'error', 's3/retention-loss': 'error', others: '' }],
    [
      'object_lock_enabled = false',
      [
        fresh(
          { object_lock_enabled: false },
          { object_lock_enabled: e.constant(false) },
          { versioning: true, object_lock_configuration: true },
        ),
      ],
      { 's3/object-lock': 'error', 's3/retention-loss': 'error', others: '' },
    ],
    [
      'a lock of its own and versioning of its own',
      [
        fresh({}, {}, computed),
        e.made(LOCK, noRule, { given: { bucket: e.refers(e.BUCKET) } }),
        versioning(VERSIONING, status('Enabled'), { given: { bucket: e.refers(e.BUCKET) } }),
      ],
      { removes: '' },
    ],
    [
      'a lock in a module with keys',
      [
        fresh({}, {}, computed),
        e.made(
          `module.lock["a.b"].${LOCK}`,
          { ...noRule, bucket: null },
          { unknown: { bucket: true }, given: { bucket: e.refers('var.bucket') } },
        ),
        versioning(VERSIONING, status('Enabled'), { given: { bucket: e.refers(e.BUCKET) } }),
      ],
      { removes: '' },
      { modules: { lock: { expressions: { bucket: e.refers(`${e.BUCKET}.id`, e.BUCKET) } } } },
    ],
    [
      'force_destroy',
      [
        fresh(
          { object_lock_enabled: true, force_destroy: true },
          { object_lock_enabled: e.constant(true), force_destroy: e.constant(true) },
          { versioning: true, object_lock_configuration: true },
        ),
      ],
      { 'hold/release-guard': 'warn', removes: '', does: 'force_destroy' },
    ],
  ],
  without,
);

const kinds: readonly Case[] = [
  ['days', [e.kept(LOCK, lockRule('COMPLIANCE', { days: 365 }))], RETENTION],
  ['years', [e.kept(LOCK, lockRule('COMPLIANCE', { years: 7 }))], RETENTION],
  ['governance', [e.kept(LOCK, lockRule('GOVERNANCE', { days: 1 }))], RETENTION],
  ['made', [e.made(LOCK, lockRule('GOVERNANCE', { days: 30 }))], RETENTION],
  [
    'in the bucket',
    [e.kept(e.BUCKET, e.bucket({ object_lock_configuration: lockBlock('COMPLIANCE', { days: 1 }) }))],
    RETENTION,
  ],
  [
    'in the bucket, years',
    [e.kept(e.BUCKET, e.bucket({ object_lock_configuration: lockBlock('GOVERNANCE', { years: 1 }) }))],
    RETENTION,
  ],
  [
    'in a new bucket',
    [
      fresh(
        { object_lock_configuration: lockBlock('GOVERNANCE', { days: 5 }) },
        { object_lock_configuration: [{}] },
        { versioning: true, object_lock_enabled: true },
      ),
    ],
    RETENTION,
  ],
  [
    'unknown days',
    [
      e.made(
        LOCK,
        { ...noRule, rule: [{ default_retention: [{ mode: 'COMPLIANCE' }] }] },
        {
          unknown: { rule: [{ default_retention: [{ days: true }] }] },
          given: { bucket: e.refers(e.BUCKET), rule: [{ default_retention: [{ days: e.refers('var.d') }] }] },
        },
      ),
    ],
    { 's3/object-lock': 'error|unknown' },
  ],
  [
    'an unknown rule',
    [
      e.made(
        LOCK,
        { ...noRule, rule: undefined },
        { unknown: { rule: true }, given: { bucket: e.refers(e.BUCKET), rule: [{}] } },
      ),
    ],
    { 's3/object-lock': 'unknown' },
  ],
  [
    'a default event hold',
    [e.made(LOCK, { ...noRule, rule: [{ default_retention: [{ default_event_hold: [{ days: 30 }] }] }] })],
    { 's3/object-lock': 'warn' },
  ],
  ['no rule', [e.made(LOCK, noRule)], {}],
  ['no rule, null', [e.made(LOCK, { ...noRule, rule: null })], {}],
];
table('a default retention:', kinds);

const GUARD: e.Expected = { 'hold/release-guard': 'warn', removes: '', does: 'default retention', others: '' };
table('a default retention that gets weaker:', [
  ['goes', [e.changed(LOCK, lockRule('COMPLIANCE', { days: 365 }), noRule)], GUARD],
  ['goes with its resource', [e.gone(LOCK, lockRule('COMPLIANCE', { days: 365 }))], GUARD],
  ['fewer days', [e.changed(LOCK, lockRule('COMPLIANCE', { days: 365 }), lockRule('COMPLIANCE', { days: 30 }))], GUARD],
  [
    'days for years',
    [e.changed(LOCK, lockRule('COMPLIANCE', { years: 1 }), lockRule('COMPLIANCE', { days: 364 }))],
    GUARD,
  ],
  [
    'governance',
    [e.changed(LOCK, lockRule('COMPLIANCE', { days: 365 }), lockRule('GOVERNANCE', { days: 365 }))],
    GUARD,
  ],
  [
    'in the bucket',
    [
      e.changed(e.BUCKET, e.bucket({ object_lock_configuration: lockBlock('COMPLIANCE', { days: 365 }) }), e.bucket(), {
        given: { object_lock_configuration: [{}] },
      }),
    ],
    GUARD,
  ],
  [
    'made with less than the bucket has',
    [
      e.kept(e.BUCKET, e.bucket({ object_lock_configuration: lockBlock('COMPLIANCE', { days: 365 }) })),
      e.made(LOCK, noRule),
    ],
    GUARD,
  ],
  [
    'unknown',
    [
      e.changed(
        LOCK,
        lockRule('COMPLIANCE', { days: 365 }),
        { ...noRule, rule: undefined },
        { unknown: { rule: true }, given: { rule: [{}] } },
      ),
    ],
    { 'hold/release-guard': 'unknown', others: '' },
  ],
  [
    'more years',
    [e.changed(LOCK, lockRule('COMPLIANCE', { days: 365 }), lockRule('COMPLIANCE', { years: 2 }))],
    { 's3/object-lock': 'error', removes: '' },
  ],
]);
