import { Parser, type Node } from 'commonmark';
import fc from 'fast-check';
import { FORMATS, render, type Item, type ReviewReport } from '../../../src/review';
import { richDrift, richReview } from './report';
import { jsonMistakes, junitMistakes, sarifMistakes } from './validate';

/** What tries to break out, and what any keyboard and any plan may hold. */
const HOSTILE = [
  '`',
  '```\n',
  '~~~',
  '|',
  '\n',
  '\r\n',
  '\n\n',
  '<script>alert(1)</script>',
  '<img src=x onerror=y>',
  '</details>',
  '<!--',
  '-->',
  '<!-- genesyscloud-compliance:review -->',
  ']]>',
  '"',
  "'",
  '&lt;',
  '@org/team',
  '#12',
  'GH-12',
  '[a](https://example.com)',
  '![a](//example.com/x.png)',
  'https://example.com',
  'www.example.com',
  '**',
  '_a_',
  '\\',
  '$x$',
  '{0}',
  '::error::x',
  '##[error]',
  '%0A',
  '# a',
  '- a',
  '1. a',
  '> a',
  '---',
  '/close',
  '    code',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\ud800',
  '\ufffe',
  '\u2028',
  '"]; end',
  '%%{init: {}}%%',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 12 }), fc.fullUnicodeString({ maxLength: 6 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/** A report in which every text that may come from a plan is replaced, each by one of its own. */
function withTexts(report: ReviewReport, texts: readonly string[]): ReviewReport {
  let next = 0;
  const keep = new Set(['kind', 'level', 'severity', 'category', 'state', 'action', 'from', 'firstSeen']);
  const replaced = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return keep.has(name) ? value : (texts[next++ % texts.length] ?? '');
    if (Array.isArray(value)) return value.map((one) => replaced(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, key)]));
  };
  return replaced(report, '') as ReviewReport;
}

const reports = fc
  .tuple(fc.constantFrom(richReview, richDrift), fc.array(text, { minLength: 1, maxLength: 30 }))
  .map(([build, texts]) => withTexts(build(), texts));

/** All of a document's nodes of the given types. */
function nodesOf(document: string, ...types: readonly string[]): readonly Node[] {
  const found: Node[] = [];
  const walker = new Parser().parse(document).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    if (event.entering && types.includes(event.node.type)) found.push(event.node);
  }
  return found;
}

/** The tags of a comment, without what is between them. */
const tagsOf = (html: string): readonly string[] => html.match(/<[^>]*>/g) ?? [];

const OWN_TAGS = new Set([
  '<!-- genesyscloud-compliance:review -->',
  '<!-- genesyscloud-compliance:drift -->',
  '<details>',
  '<details open>',
  '</details>',
  '<summary>',
  '</summary>',
  '<b>',
  '</b>',
  '<sub>',
  '</sub>',
  '<br>',
  '<code>',
  '</code>',
  '<span>',
  '</span>',
]);

describe('whatever the texts of a report hold', () => {
  test('a comment has no tag, link or image but its own, and every fold is closed', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const comment = render(report, 'markdown');
        expect(comment.length).toBeLessThan(65_000);
        const html = nodesOf(comment, 'html_block', 'html_inline').map(({ literal }) => literal ?? '');
        expect(html.flatMap(tagsOf).filter((tag) => !OWN_TAGS.has(tag))).toEqual([]);
        expect(nodesOf(comment, 'link', 'image')).toEqual([]);
        const tags = html.flatMap(tagsOf);
        const count = (tag: string): number => tags.filter((one) => one.startsWith(tag)).length;
        expect(count('<details')).toBe(count('</details'));
        expect(comment.match(/<!-- genesyscloud-compliance:/g)).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  test('a comment has the headings, rows and blocks of code that it has with harmless texts', () => {
    const shape = (report: ReviewReport): object => {
      const comment = render(report, 'markdown');
      return {
        headings: nodesOf(comment, 'heading').length,
        rows: comment.match(/^\|/gm)?.length,
        cells: comment.match(/^\|.*$/gm)?.map((row) => row.split('|').length),
        alerts: comment.match(/^> \[!/gm)?.length,
        pictures: nodesOf(comment, 'code_block').filter(({ info }) => info === 'mermaid').length,
      };
    };
    // Remedies and evidence take the form of what they hold; all else must not.
    const plain = (report: ReviewReport): ReviewReport => ({
      ...report,
      items: report.items.map((item): Item => ({ ...item, remedy: '', evidence: [] })),
    });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (texts) => {
        const harmless = withTexts(plain(richReview()), ['x']);
        const hostile = withTexts(plain(richReview()), texts);
        const unique = (report: ReviewReport): ReviewReport => ({ ...report, picture: richReview().picture });
        expect(shape(unique(hostile))).toEqual(shape(unique(harmless)));
      }),
      { numRuns: 150 },
    );
  });

  test('a comment calls nobody: what sites look for in the finished page is kept apart from its name', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const shown = nodesOf(render(report, 'markdown'), 'text')
          .filter((node) => !isWithinCode(node))
          .map(({ literal }) => literal ?? '')
          .join('');
        expect(shown).not.toMatch(/@\w|#\d|GH-\d/i);
      }),
      { numRuns: 150 },
    );
  });

  test('the picture is made of lines of the known forms', () => {
    const label = String.raw`"[^"\`<>]*(?:<br/>[^"\`<>]*)*"`;
    const line = new RegExp(
      String.raw`^(?:flowchart LR|  n\d+(?:\[|\(\[|\[/|\[\(|\{\{)${label}(?:\]|\]\)|/\]|\)\]|\}\})|  n\d+ -->(?:\|${label}\|)? n\d+|  classDef \w+ [\w:#, -]+|  class [n\d,]+ \w+)$`,
    );
    fc.assert(
      fc.property(reports, (report) => {
        const [picture] = nodesOf(render(report, 'markdown'), 'code_block').filter(({ info }) => info === 'mermaid');
        const lines = (picture?.literal ?? '').trimEnd().split('\n');
        expect(lines.filter((one) => one !== '' && !line.test(one))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('JSON and SARIF stay valid', () => {
    fc.assert(
      fc.property(reports, (report) => {
        expect(jsonMistakes(render(report, 'json'))).toEqual([]);
        expect(sarifMistakes(render(report, 'sarif'))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('JUnit stays valid', async () => {
    await fc.assert(
      fc.asyncProperty(reports, async (report) => {
        expect(await junitMistakes(render(report, 'junit'))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('workflow commands stay one a line', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const lines = render(report, 'github').trimEnd().split('\n');
        expect(
          lines.filter((line) => !/^::(?:error|warning|notice) (?:\w+=[^,:]*)(?:,\w+=[^,:]*)*::/.test(line)),
        ).toEqual([]);
        expect(lines.length).toBeLessThanOrEqual(report.items.length + report.targets.length + 1);
      }),
      { numRuns: 150 },
    );
  });

  test('a terminal gets no control character, and a runner no command', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const shown = render(report, 'text');
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(shown).not.toMatch(/^\s*::|##\[/m);
      }),
      { numRuns: 150 },
    );
  });

  test('every form ends with one line break', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...FORMATS), (report, format) => {
        expect(render(report, format)).toMatch(/[^\n]\n$/);
      }),
      { numRuns: 60 },
    );
  });
});

/** Sites look neither into code nor into what a code tag holds. */
function isWithinCode(node: Node): boolean {
  let depth = 0;
  for (let one: Node | null = node.prev; one !== null; one = one.prev) {
    if (one.literal === '<code>') depth++;
    if (one.literal === '</code>') depth--;
  }
  return depth > 0;
}
