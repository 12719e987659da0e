import {
  CAUSE_NAMES,
  CAUSES,
  reconcile,
  type Cause,
  type Difference,
  type NotLookedAt,
  type Totals,
} from '../evidence';
import { counted, number } from '../words';
import { CommandError, listOf, type Command, type GivenOptions } from './command';
import { looking, LOOK_OPTIONS, openLook } from './evidence-look';
import { didYouMean } from './nearest';
import { progressLine } from './progress-line';

/** Differences of one cause that are printed; JSON has all. */
const PRINTED = 10;

/** The option that makes causes count no more. */
export const ACCEPT_OPTION = {
  name: 'accept',
  value: 'CAUSE',
  repeated: true,
  description: 'a cause whose differences do not count; they are shown',
} as const;

/** `genesyscloud-compliance evidence reconcile` */
export const evidenceReconcile: Command = {
  name: 'evidence reconcile',
  summary: 'compare analytics, recordings, export jobs, files, and holds with claims, and name every difference',
  details:
    'Looks at five sources side by side: conversations in analytics, recordings and their dates, export jobs, versions of files\n' +
    'in S3 with size, checksum, tags and lock, and holds with the claims of the register. Changes nothing. Each difference is\n' +
    'named with its cause. Which exports belong to the matter is read from the states of --dir and --cdktf-out: those that its\n' +
    'holds name; or it is said with --job and --files. What could not be looked at is said, and is never taken for missing.\n' +
    'An interrupted look continues when the same command is run again within a day.\n' +
    'Exit code: 0 all was looked at and nothing differs; 2 something differs that is not accepted; 1 nothing that was looked\n' +
    'at differs, and something could not be looked at or is unknown.',
  examples: [
    'evidence reconcile --matter MATTER-2026-0017 --dir matters/acme',
    'evidence reconcile --matter MATTER-2026-0017 --cdktf-out cdktf.out --accept screen --json',
  ],
  options: [...LOOK_OPTIONS, ACCEPT_OPTION, { name: 'json', description: 'one JSON object a line' }],
  async run(options, terminal) {
    const accepted = acceptedCauses(options);
    const line = progressLine('evidence reconcile', terminal);
    const asJson = options['json'] === true;
    const shown = new Map<Cause, string[]>();
    return looking(terminal, async () => {
      try {
        const { look, discard, question } = await openLook(options, 'stored', terminal, line.progress);
        const totals = await reconcile(look.sources, {
          difference: (difference) => {
            if (asJson) terminal.out(`${JSON.stringify(differenceAsJson(difference, accepted))}\n`);
            else note(shown, difference);
            return Promise.resolve();
          },
          conversation: () => Promise.resolve(),
          file: () => Promise.resolve(),
        });
        line.end();
        await discard();
        const { notLookedAt } = look;
        terminal.out(
          asJson
            ? [
                ...notLookedAt.map((one) => ({ type: 'not-looked-at', ...one })),
                { type: 'totals', matter: question.matter, ...totals },
              ]
                .map((one) => `${JSON.stringify(one)}\n`)
                .join('')
            : summary(question.matter, totals, shown, accepted, notLookedAt),
        );
        return exitCodeOf(totals, accepted, notLookedAt);
      } finally {
        line.end();
      }
    });
  },
};

/** Causes that do not count. Throws a CommandError for a word that is none. */
export function acceptedCauses(options: GivenOptions): ReadonlySet<Cause> {
  return new Set(
    listOf(options, 'accept').map((word) => {
      const cause = CAUSE_NAMES.find((name) => name === word);
      if (cause !== undefined) return cause;
      throw new CommandError(
        `--accept takes ${CAUSE_NAMES.join(', ')}; "${word}" is not one.${didYouMean(word, CAUSE_NAMES)}`,
      );
    }),
  );
}

/** What differs wins over what could not be looked at. */
export function exitCodeOf(
  totals: Totals,
  accepted: ReadonlySet<Cause>,
  notLookedAt: readonly NotLookedAt[],
): 0 | 1 | 2 {
  const counts = CAUSE_NAMES.filter((cause) => !accepted.has(cause)).map((cause) => totals.differences[cause] ?? 0);
  if (counts.some((count) => count > 0)) return 2;
  return notLookedAt.length > 0 || totals.holdsUnknown > 0 ? 1 : 0;
}

function differenceAsJson(
  { cause, conversation, recording, file, text, at, actor }: Difference,
  accepted: ReadonlySet<Cause>,
): object {
  return {
    type: 'difference',
    cause,
    accepted: accepted.has(cause),
    conversationId: conversation === '' ? null : conversation,
    recordingId: recording,
    file,
    text,
    at: at === undefined ? null : new Date(at).toISOString(),
    ...(actor === undefined ? {} : { actor }),
  };
}

function note(shown: Map<Cause, string[]>, difference: Difference): void {
  const lines = shown.get(difference.cause) ?? [];
  shown.set(difference.cause, lines);
  if (lines.length < PRINTED) lines.push(lineOf(difference));
}

function lineOf({ conversation, recording, file, text }: Difference): string {
  const what = [
    ...(conversation === '' ? [] : [`conversation ${conversation}`]),
    ...(recording === null ? [] : [`recording ${recording}`]),
    ...(file === null ? [] : [`s3://${file.bucket}/${file.key} version ${file.version}`]),
  ];
  return `${what.join(', ')}: ${text}`;
}

function summary(
  matter: string,
  totals: Totals,
  shown: ReadonlyMap<Cause, readonly string[]>,
  accepted: ReadonlySet<Cause>,
  notLookedAt: readonly NotLookedAt[],
): string {
  const lines = [
    `Matter ${matter}`,
    `  ${counted(totals.conversations, 'conversation')}: ${number(totals.inScope)} in scope, ${number(totals.claimed)} claimed, ${number(totals.held)} held`,
    `  ${counted(totals.recordings, 'recording')} at Genesys Cloud, ${number(totals.exported)} exported`,
    `  ${counted(totals.files, 'version')} of files, ${number(totals.filesHeld)} held${totals.otherFiles === 0 ? '' : `; ${number(totals.otherFiles)} more are not of this matter`}`,
    '',
  ];
  for (const cause of CAUSE_NAMES) {
    const count = totals.differences[cause] ?? 0;
    if (count === 0) continue;
    const { one, many, meaning } = CAUSES[cause];
    lines.push(`${number(count)} ${count === 1 ? one : many}${accepted.has(cause) ? ' (accepted)' : ''} [${cause}]`);
    lines.push(`  ${meaning}`, ...(shown.get(cause) ?? []).map((line) => `  - ${line}`));
    if (count > PRINTED) lines.push(`  - and ${number(count - PRINTED)} more (--json has all)`);
    lines.push('');
  }
  if (Object.keys(totals.differences).length === 0) lines.push('No differences found in what was looked at.', '');
  if (totals.holdsUnknown > 0) {
    lines.push(`Unknown whether held: ${number(totals.holdsUnknown)} conversations or versions.`, '');
  }
  if (notLookedAt.length > 0) {
    lines.push('Not looked at:');
    for (const { what, why } of notLookedAt) lines.push(`  ${what}: ${why.replaceAll('\n', '\n    ')}`);
    lines.push('');
  }
  return lines.join('\n');
}
