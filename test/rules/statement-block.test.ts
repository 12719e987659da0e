/** Statements in the arguments of `data "aws_iam_policy_document"`: what is written is read back as the same statement. */
import fc from 'fast-check';
import {
  argumentsIn,
  argumentsInProps,
  argumentsOf,
  blockText,
  propsText,
  statementOf,
} from '../../src/rules/statement-block';
import { mergedRemedy } from '../../src/rules/merged-remedy';

const text = fc.constantFrom(
  's3:PutObject',
  'a "quoted" one',
  'arn:aws:s3:::b/*',
  '${aws_s3_bucket.b.arn}/*',
  '${aws:username}/*',
);
const list = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
const one = <T>(value: readonly T[]): T | readonly T[] => (value.length === 1 ? value[0]! : value);
const names = list.map((all) => one(all));

const statement = fc.record(
  {
    Sid: fc.constantFrom('Guard', 'One2'),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.oneof(fc.constant('*'), fc.record({ AWS: names }), fc.record({ Service: names })),
    Action: list,
    NotResource: list,
    Condition: fc.record({ ArnNotEquals: fc.record({ 'aws:PrincipalArn': names, 'aws:SourceArn': names }) }),
  },
  { requiredKeys: ['Effect', 'Action'] },
);

test('as a block of HCL and as props', () => {
  fc.assert(
    fc.property(statement, (given) => {
      const block = blockText('statement', argumentsOf(given));
      const props = JSON.parse(propsText(argumentsOf(given)).replaceAll('&{', '${')) as Record<string, unknown>;

      expect(statementOf(argumentsIn(block.split('\n')))).toEqual(given);
      expect(statementOf(argumentsInProps(props)!)).toEqual(given);
      // Terraform would take a variable of IAM for an expression of its own.
      expect(`${block}${propsText(argumentsOf(given))}`).not.toContain('${aws:');
    }),
  );
});

test.each([
  ['a block', (json: object) => blockText('statement', argumentsOf(json as never))],
  ['props', (json: object) => propsText(argumentsOf(json as never))],
])('two remedies for the same document are joined, as %s', (_name, write) => {
  const add = (Action: string) =>
    `Add this statement to data.aws_iam_policy_document.d:\n${write({ Sid: 'S', Effect: 'Allow', Action: [Action], Resource: ['r'] })}`;

  const joined = write({ Sid: 'S', Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: ['r'] });
  expect(mergedRemedy([add('s3:PutObject'), add('s3:PutObjectAcl')])).toBe(
    `Add this statement to data.aws_iam_policy_document.d:\n${joined}`,
  );
});
