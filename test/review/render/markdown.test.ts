import { render, type ReviewReport } from '../../../src/review';
import { emptyReview, hugeReview, item, richDrift, richReview } from './report';

const markdown = (report: ReviewReport): string => render(report, 'markdown');

/** From a heading or summary to the end of its part. */
function part(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  return text.slice(from, text.indexOf(end, from));
}

describe('the comment of a review', () => {
  const text = markdown(richReview());

  test('starts with its marker, the title, and in plain words what is given up', () => {
    expect(part(text, '<!--', '### Errors')).toMatchInlineSnapshot(`
"<!-- genesyscloud-compliance:review -->
## Plan review: 1 error, 1 warning, 1 that unknown; 1 of 2 plans could not be read

**This plan:**

- exports 31 more days (change in place): \`acme/sms/export\`, \`genesyscloud_recording_export_job.acme\` in \`prod-eu\`

> [!CAUTION]
> **Applying this removes protection. It:**
>
> - **releases the legal hold on 412 conversations** (destroy): \`acme/sms/hold\`, \`main.ts:42\`, \`genesyscloud_compliance_legalhold.acme\` in \`prod-eu\`

> [!WARNING]
> **Could not be looked at in full:**
>
> - \`prod-us\`, nothing could be read: prod-us.json is not JSON. Write it with "terraform show -json plan &#62; prod-us.json".

"
`);
  });

  test('tells an error in full, with what is to be copied as code', () => {
    expect(part(text, '### Errors', '<details>')).toMatchInlineSnapshot(`
"### Errors (1)

#### Releases the legal hold on 412 conversations

\`acme/sms/hold\`, \`main.ts:42\`, \`genesyscloud_compliance_legalhold.acme\` in \`prod-eu\` · rule \`hold/release-guard\`

The plan destroys a hold that protects 412 conversations.

**What to do**

Keep the resource. After a rename, add:

\`\`\`
moved {
  from = genesyscloud_compliance_legalhold.old
}
\`\`\`

- release_on_destroy: \`true\`

More: \`npx --no-install genesyscloud-compliance explain hold/release-guard\`

"
`);
  });

  test('draws export, hold and bucket', () => {
    expect(part(text, '```mermaid', '\n```\n')).toMatchInlineSnapshot(`
"\`\`\`mermaid
flowchart LR
  n0(["Acme v. Example<br/>genesyscloud_compliance_legalhold.acme<br/>destroy: GIVES UP"])
  n1["SMS export, 31 days<br/>genesyscloud_recording_export_job.acme<br/>change in place"]
  n2[("recordings<br/>aws_s3_bucket.recordings")]
  n1 -->|"held by"| n0
  n1 --> n2
  classDef loses stroke:#cf222e,stroke-width:4px
  class n0 loses
  classDef changes stroke-dasharray:6 3
  class n1 changes"
`);
  });

  test('has a table of changes and the difference of each policy', () => {
    expect(part(text, '| action', '\n\n</details>')).toMatchInlineSnapshot(`
"| action | resource | what it means |
| --- | --- | --- |
| **removes protection**: destroy | \`acme/sms/hold\`, \`main.ts:42\`, \`genesyscloud_compliance_legalhold.acme\` in \`prod-eu\` | releases the legal hold on 412 conversations |
| change in place | \`acme/sms/export\`, \`genesyscloud_recording_export_job.acme\` in \`prod-eu\`, before \`genesyscloud_recording_export_job.old\` | exports 31 more days |"
`);
    expect(text).toContain(
      '```diff\n- Allow s3:PutObjectTagging on arn:aws:s3:::recordings/*\n+ Allow s3:* on arn:aws:s3:::recordings/*\n```',
    );
  });

  test('folds away all but errors, and closes each fold', () => {
    expect(text.match(/<details/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
    expect(text.match(/<summary><b>[^<]*/g)?.map((summary) => summary.slice('<summary><b>'.length))).toEqual([
      'Warnings (1)',
      'Evidence (1)',
      'Unknown (1)',
      'Permissions before and after (1)',
      'What the plan does to exports, holds and what they rely on (2)',
      'Work when it is applied',
      'Picture',
      'Ignored (1)',
      'Rules switched off (1)',
      'Ignores to be removed (1)',
      'Looked at (2)',
    ]);
  });
});

describe('the comment of a run for drift', () => {
  test('has a marker of its own, and says level and date', () => {
    const text = markdown(richDrift());

    expect(text).toMatch(/^<!-- genesyscloud-compliance:drift -->\n/);
    expect(text).toContain('#### Error: The legal hold on 412 conversations was released');
    expect(text).toContain('rule `drift/hold-released` · known since 2026-11-23');
  });
});

describe('the comment of a plan that has nothing of this product', () => {
  test('is short', () => {
    expect(markdown(emptyReview())).toMatchInlineSnapshot(`
"<!-- genesyscloud-compliance:review -->
## Plan review: nothing concerns exports or holds

Nothing in this plan belongs to recording exports or legal holds, so there is nothing to say about it.

<details>
<summary><b>Looked at (1)</b></summary>

- \`web\`: 3 to create; none of it belongs to exports or holds

</details>

<sub>0 errors, 0 warnings in 1 plan.</sub>
"
`);
  });
});

describe('a comment that would be too long', () => {
  test('leaves out whole entries from the least important upward, and says how many and where they are', () => {
    const text = markdown(hugeReview(10_000));

    expect(text.length).toBeLessThan(65_000);
    expect(text.length).toBeGreaterThan(50_000);
    // What is removed is whole as far as a comment has room; what could not be looked at stands before it.
    expect(text.match(/^> - \*\*releases/gm)?.length).toBeGreaterThan(300);
    expect(text).toContain('prod-us.json is not JSON');
    expect(text).toContain('**Warnings**: 2,000 left out here.');
    expect(text).toContain('**Notes**: 2,000 left out here.');
    expect(text).toMatch(/\*\*[\d,]+ entries are left out here\.\*\* Run it with.*--format json=FILE/);
  });

  test('shows ten entries a section, then how many more there are, and where', () => {
    const [error] = richReview().items.filter(({ level }) => level === 'error');
    const items = Array.from({ length: 25 }, (_, index) => ({ ...error!, id: `one ${index}` }));
    const all = render({ ...richReview(), changes: [], items }, 'markdown', 'https://ci.example/runs/17');

    expect(all.match(/^#### /gm)).toHaveLength(10);
    expect(all).toContain('… and 15 more, left out here.');
    expect(all).toContain('**15 entries are left out here.** See [the run](https://ci.example/runs/17)');
  });

  test('shows where an entry is even when its details are endless', () => {
    const endless = item({ text: '$'.repeat(100_000), remedy: '`'.repeat(100_000), headline: 'Releases a hold' });
    const text = markdown({ ...emptyReview(), items: [endless, item({ headline: 'And another' })] });

    expect(text).toContain('#### Releases a hold\n\n`acme/sms/hold`, `main.ts:42`');
    expect(text).toContain('The details of this entry are too long to be shown here.');
    expect(text).toContain('#### And another');
    expect(text.length).toBeLessThan(65_000);
  });

  test('draws of a large picture what is given up, and says how much is missing', () => {
    const node = (index: number) => ({
      id: `a.n${index}`,
      kind: 'hold' as const,
      label: `hold ${index}`,
      action: 'none' as const,
      loses: index === 99,
    });
    const nodes = Array.from({ length: 100 }, (_, index) => node(index));
    const text = markdown({ ...emptyReview(), picture: { nodes, edges: [] } });

    expect(text).toContain('n0(["hold 99<br/>a.n99<br/>GIVES UP"])');
    expect(text).toContain('more["and 60 more"]');
  });
});
