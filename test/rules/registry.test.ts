/** The rules there are, when each can be decided, and how much it weighs. A change here changes what people's pipelines refuse. */
import { RULES } from '../../src/rules';

const EXPECTED = {
  'iam/put-object-tagging': 'synth plan live, error',
  'iam/export-actions': 'synth plan live, error',
  'iam/external-id': 'synth plan live, error',
  'iam/least-privilege': 'synth plan live, warn',
  'iam/action-names': 'synth plan live, warn',
  'iam/who-can-release': 'plan live, warn',
  's3/policy-lockout': 'synth plan live, error',
  's3/public': 'synth plan live, error',
  's3/retention-loss': 'synth plan live, error',
  's3/large-objects': 'synth plan live, warn',
  's3/object-lock': 'synth plan live, error',
  'export/no-legal-hold-parameter': 'synth plan, error',
  'export/metadata-resolution': 'synth plan, error',
  'export/batch-size': 'synth plan live, warn',
  'export/integration': 'live, error',
  'hold/after-export': 'synth plan, error',
  'hold/external-reference-id': 'synth plan live, error',
  'hold/capacity': 'plan live, error',
  'hold/deletion-window': 'plan live, error',
  'hold/register': 'synth plan live, warn',
  'hold/release-guard': 'plan, error',
  'byoc/sip-registration': 'live, warn',
  'byoc/certificate-verification': 'synth plan live, warn',
  'byoc/sms-number': 'live, warn',
  'api/permissions': 'live, error',
  'api/rate-limit': 'plan live, warn',
  'api/hold-latency': 'live, warn',
};

test('every rule is asked at its moments, with its severity', () => {
  const found = RULES.map(({ id, moments, severity }) => [id, `${moments.join(' ')}, ${severity}`]);
  expect(Object.fromEntries(found)).toEqual(EXPECTED);
  expect(found).toHaveLength(Object.keys(EXPECTED).length);
});
