/** Everything in TypeScript that remedies and the rules' pages say to write fits the types of the package and of the AWS bindings. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { RULES } from '../../../src/rules';
import { dedent } from '../../../src/rules/pages/markdown';
import { instructions } from './follow-policies';
import { remediesOfGoldenPlans, remediesOfTests } from './shown-remedies';

const ROOT = resolve(__dirname, '../../..');

/** What a program has around what is pasted: the imports, and what the rules' pages take for given. */
const AROUND = `
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Channel, ComplianceProvider, ExportBucket, ExportRole, GenesyscloudComplianceLegalhold,
  GenesyscloudRecordingExportJob, HoldRole, LegalHoldExport, ReleaseRole, type ExportBucket as Bucket,
} from 'genesyscloud-compliance';
declare const integrationId: string, interval: string, organizationId: string, genesysCloudOnly: string;
declare const given: { bucket: ExportBucket; role: ExportRole; acme: LegalHoldExport };
const { acme } = given;
const hold = { name: 'Acme v. Example' };
export const imports = [IamRole, IamRolePolicy, DataAwsCallerIdentity, DataAwsIamPolicyDocument,
  S3BucketLifecycleConfiguration, S3BucketObjectLockConfigurationA, S3BucketPolicy, S3BucketPublicAccessBlock,
  S3BucketVersioningA, Channel, ComplianceProvider, ExportBucket, ExportRole, GenesyscloudComplianceLegalhold,
  GenesyscloudRecordingExportJob, HoldRole, LegalHoldExport, ReleaseRole, acme, hold] as const;
export type Types = Construct | Bucket;
`;

/** One pasted text as the body of a stack. */
const program = (text: string): string => {
  const own = (name: string): boolean => new RegExp(`\\bconst ${name} =`).test(text);
  const given = ['bucket', 'role'].filter((name) => !own(name) && new RegExp(`\\b${name}\\b`).test(text));
  const imported = /\bimported\./.test(text) && !own('imported');
  return [
    'export class Pasted extends TerraformStack {',
    '  constructor(scope: Construct) {',
    "    super(scope, 'pasted');",
    ...given.map((name) => `const ${name} = given.${name};`),
    ...(imported ? ["const imported = new GenesyscloudRecordingExportJob(this, 'imported', { integrationId });"] : []),
    text,
    '  }',
    '}',
  ].join('\n');
};

/** Props that a remedy shows by themselves, and what they are props of. */
function props(words: string, lines: string): string {
  if (/lifecycle configuration/.test(words)) {
    return `new S3BucketLifecycleConfiguration(this, 'rules', { bucket: 'recordings', rule: [${lines}] });`;
  }
  if (/ComplianceProvider|provider block/.test(words)) return `new ComplianceProvider(this, 'provider', { ${lines} });`;
  if (/[hH]old/.test(words) || /names its own conversations|that it means/.test(words)) {
    return `new GenesyscloudComplianceLegalhold(this, 'hold', { name: 'Acme v. Example', ${lines} });`;
  }
  throw new Error(`This has no place: ${words}\n${lines}`);
}

/** What a remedy shows to be pasted as TypeScript. */
function shownIn(remedy: string): readonly string[] {
  const found: string[] = [];
  for (const [words, paste] of instructions(remedy)) {
    const text = paste.trim();
    const inline = /\b(?:Set|Write|set) ([a-z]\w*: (?:'[^']*'|[\w-]+))(?: on (\w+)\.\S+)?/.exec(words);
    if (inline !== null) {
      const [, prop, type = 'genesyscloud_compliance_legalhold'] = inline;
      found.push(CONSTRUCTS[type]?.(prop!) ?? `no construct for ${type}`);
    }
    if (text === '' || words.endsWith('In the file of --settings:')) continue;
    if (/^(?:new|const) /.test(text)) found.push(text);
    else if (/^(?:resource|data) "|^(?:moved|import|removed) \{|^\s*moved \{/.test(text)) found.push(`HCL: ${text}`);
    else if (text.startsWith('.')) found.push(`acme.legalHold${text};`);
    else if (/^\{\s*"/.test(text)) found.push(`JSON.stringify(${text});`);
    else found.push(props(words, text));
  }
  return found;
}

const CONSTRUCTS: Readonly<Record<string, (prop: string) => string>> = {
  genesyscloud_recording_export_job: (prop) =>
    `new GenesyscloudRecordingExportJob(this, 'export', { integrationId, ${prop} });`,
  genesyscloud_compliance_legalhold: (prop) =>
    `new GenesyscloudComplianceLegalhold(this, 'hold', { name: 'x', ${prop} });`,
};

/** What is wrong in texts, each by where it comes from. */
function wrongIn(texts: ReadonlyMap<string, string>): readonly string[] {
  const folder = mkdtempSync(join(ROOT, 'build-remedies-'));
  try {
    const files = new Map(
      [...texts].map(([text, from], index) => {
        const file = join(folder, `program-${index}.ts`);
        writeFileSync(file, `${AROUND}\n${program(text)}`);
        return [file, { text, from }] as const;
      }),
    );
    const config = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
      readonly compilerOptions: object;
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
    const compiler = ts.createProgram([...files.keys()], {
      ...options,
      noEmit: true,
      noUnusedLocals: false,
      baseUrl: ROOT,
      paths: { 'genesyscloud-compliance': ['src/constructs/index.ts'] },
    });
    return [...files].flatMap(([file, { text, from }]) => {
      const source = compiler.getSourceFile(file);
      const problems = [...compiler.getSyntacticDiagnostics(source), ...compiler.getSemanticDiagnostics(source)].map(
        ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
      );
      return problems.length === 0 ? [] : [`${from}: ${problems.join('; ')}\n${text}`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('what remedies say to write, and the rules’ examples', async () => {
  const all = [...remediesOfTests('cdktf'), ...(await remediesOfGoldenPlans())].filter(
    ({ language }) => language === 'cdktf',
  );
  const texts = new Map<string, string>();
  for (const { remedy, from } of all) for (const text of shownIn(remedy)) texts.set(text, from);
  for (const rule of RULES) {
    for (const { language, text } of [...rule.compliant, ...rule.nonCompliant]) {
      if (language === 'cdktf') texts.set(dedent(text), `page of ${rule.id}`);
    }
  }
  expect(texts.size).toBeGreaterThan(60);

  expect(wrongIn(texts)).toEqual([]);
}, 180_000);
