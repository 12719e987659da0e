/** Everything that the product asks Genesys Cloud is something that the vendor publishes. */
import { operations } from '../../src/genesys/operations';
import { operationOfTheClient } from '../support/vendor-client';

const asked = Object.entries(operations).map(([name, { method, path }]) => [name, method, path] as const);

test.each(asked.filter(([, , path]) => !path.startsWith('/api/v2/compliance/')))(
  "%s is a call of the vendor's own client",
  (_name, method, path) => {
    expect(operationOfTheClient(method, path.replace(/\{[^}]*\}/g, 'an-id'))).toBeDefined();
  },
);

test('an invented path, a wrong method and an unknown word of the query are no calls of it', () => {
  expect(operationOfTheClient('GET', '/api/v2/analytics/dataretention/nothing')).toBeUndefined();
  expect(operationOfTheClient('DELETE', '/api/v2/analytics/dataretention/settings')).toBeUndefined();
  expect(operationOfTheClient('GET', '/api/v2/recordings/retention/query')?.query).toContain('retentionThresholdDays');
  expect(operationOfTheClient('POST', '/api/v2/recording/jobs')?.hasBody).toBe(true);
  expect(operationOfTheClient('GET', '/api/v2/recording/jobs')?.hasBody).toBe(false);
});
