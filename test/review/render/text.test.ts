import { render } from '../../../src/review';
import { emptyReview, item, richDrift, richReview } from './report';

/** The lines of one section, by its heading. */
function section(text: string, heading: string): string {
  return text.split('\n\n').find((part) => part.startsWith(heading)) ?? '';
}

describe('a review in a terminal', () => {
  const text = render(richReview(), 'text');

  test('tells what could not be looked at first, then what is given up, then worst first', () => {
    const headings = text.split('\n').filter((line) => /^[A-Z][A-Z ]{5,}/.test(line));

    expect(headings).toEqual([
      'COULD NOT BE LOOKED AT IN FULL',
      'PROTECTION THIS PLAN REMOVES',
      'ERRORS (1)',
      'WARNINGS (1)',
      'UNKNOWN (1)',
      'IGNORED (1)',
      'WHAT ELSE THE PLAN DOES',
      'PERMISSIONS BEFORE AND AFTER',
      'WORK WHEN IT IS APPLIED',
      'RULES SWITCHED OFF',
      'IGNORES TO BE REMOVED',
      'LOOKED AT',
    ]);
  });

  test('says of an error where it is in the code and in Terraform, why, on which evidence, and what to do', () => {
    expect(section(text, 'ERRORS')).toMatchInlineSnapshot(`
"ERRORS (1)
  Releases the legal hold on 412 conversations
    code   acme/sms/hold, main.ts:42
    at     genesyscloud_compliance_legalhold.acme in prod-eu
    why    The plan destroys a hold that protects 412 conversations.
    seen   release_on_destroy: true
    do     Keep the resource. After a rename, add:
           moved {
             from = genesyscloud_compliance_legalhold.old
           }
    rule   hold/release-guard (npx --no-install genesyscloud-compliance explain hold/release-guard)"
`);
  });

  test('says who set a severity, who ignored what, and until when', () => {
    expect(section(text, 'WARNINGS')).toContain('set    from error to warning: the archive is copied every night');
    expect(section(text, 'IGNORED')).toContain('ignored until 2026-12-31: the carrier renews its chain');
  });

  test('shows permissions before and after, and the work', () => {
    expect(section(text, 'PERMISSIONS')).toContain(
      '    - Allow s3:PutObjectTagging on arn:aws:s3:::recordings/*\n    + Allow s3:* on arn:aws:s3:::recordings/*',
    );
    expect(section(text, 'WORK')).toContain(
      'At least 2 h 40 min: 4 recording jobs, at least 48,000 requests. Known after the apply: conversations put on hold.',
    );
  });

  test('ends with one line that sums up', () => {
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '1 error, 1 warning, 1 unknown, 1 ignored, 1 passed in 2 plans; 1 of them could not be looked at in full.',
    );
  });

  test('has neither colours nor other control sequences, also when a name has', () => {
    const report = { ...emptyReview(), items: [item({ headline: 'a \u001b[31mred\u001b[0m\r\n\u202ename' })] };
    const shown = render(report, 'text');

    expect(shown).toContain('a \\u001b[31mred\\u001b[0m \\u202ename');
    expect(shown).not.toMatch(/[\u001b\r\u202e]/); // eslint-disable-line no-control-regex
  });

  test('gives no line to the runner of a pipeline as a command', () => {
    const command = '::stop-commands::x\n ::add-mask::y\n##[error]z';
    const report = { ...emptyReview(), items: [item({ remedy: command, text: command, headline: command })] };

    expect(render(report, 'text')).not.toMatch(/^\s*::|##\[/m);
  });
});

describe('a run for drift in a terminal', () => {
  test('keeps drift, settled, pending and computed apart', () => {
    const headings = render(richDrift(), 'text').match(/^[A-Z][A-Z ,]{4,}.*$/gm);

    expect(headings).toEqual([
      'DRIFT (2)',
      'SETTLED SINCE THE LAST RUN (1)',
      'PENDING CHANGES (NOT DRIFT) (1)',
      'COMPUTED VALUES AND UNRELATED RESOURCES (NOT DRIFT) (1)',
      'LOOKED AT',
    ]);
  });

  test('says since when', () => {
    expect(section(render(richDrift(), 'text'), 'DRIFT')).toContain('known  since 2026-11-23');
  });
});

describe('no problems found', () => {
  test('in a plan without anything of this product is said so', () => {
    expect(render(emptyReview(), 'text')).toMatchInlineSnapshot(`
"Plan review: nothing concerns exports or holds

Nothing in this plan belongs to recording exports or legal holds, so there is nothing to say about it.

LOOKED AT
  web: 3 to create; none of it concerns exports or holds

0 errors, 0 warnings in 1 plan.
"
`);
  });

  test('after checks is not the same as nothing to look at', () => {
    const [target] = emptyReview().targets;
    const looked = { ...emptyReview(), targets: [{ ...target!, concerned: true }], items: [item({ level: 'pass' })] };

    expect(render(looked, 'text')).toContain('No problems found: 1 check passed.');
    expect(render({ ...looked, kind: 'drift' }, 'text')).toContain(
      'No drift: everything is held, exported, or accepted as it is, and as Terraform left it.',
    );
    expect(render({ ...looked, targets: [] }, 'text')).toContain('There was no plan to look at.');
  });

  test('is not said when a plan could not be read, or something could not be told', () => {
    const [target] = emptyReview().targets;
    const failed = { ...emptyReview(), targets: [{ ...target!, state: 'failed' as const }] };
    const untold = { ...emptyReview(), items: [item({ level: 'unknown' })] };

    for (const report of [failed, untold]) expect(render(report, 'text')).not.toMatch(/Nothing|No drift/);
  });
});
