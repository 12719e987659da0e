import { collectLiveFacts, type LiveSubject } from '../collect/live';
import { isOpenInterval, parseCalendarDuration, parseOpenInterval } from '../time';
import { isConversationId, type ExportScope } from '../genesys';
import { checkSettings } from '../review';
import { checkRules } from '../rules';
import { CommandError, listOf, oneWord, textOf, wholeNumber, type Command, type GivenOptions } from './command';
import { exitCodeOf, findingsAsJson, findingsAsText, type Shown } from './findings-output';
import { notLookedAt } from './not-looked-at';
import { formatOptions, outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';
import { registerOpener } from './register-place';
import { readSettings, SETTINGS_OPTION } from './settings-file';

const NAME = 'genesyscloud-compliance preflight';
const MOST_MS = 600_000;

/** `genesyscloud-compliance preflight` */
export const preflight: Command = {
  name: 'preflight',
  summary: 'check the live accounts before an export runs',
  details:
    'Looks at Genesys Cloud (GENESYSCLOUD_* variables, as the provider) and at AWS (AWS_* variables, profile or role), and\n' +
    'asks all rules that can be decided live: role, bucket and key policies, Object Lock, integration, trunks, SMS numbers,\n' +
    'permissions, capacity, request budget, latency. Changes nothing; what would change something is tried in ways that\n' +
    'cannot. Whatever no option names is not looked at, and the report says so. What may not be read is\n' +
    '"unknown", with the right that is missing.\n' +
    'Exit code: 0 clean, 2 findings at or above --fail-on, 1 something is unknown.',
  examples: [
    'preflight',
    'preflight --bucket recordings --role-arn arn:aws:iam::111122223333:role/exporter --integration-id 7a6b5c4d-…',
  ],
  options: [
    { name: 'role-arn', value: 'ARN', description: 'the role that Genesys Cloud assumes to write exports' },
    {
      name: 'tagging-role-arn',
      value: 'ARN',
      description: 'the role that tags exported files, or "none"',
      default: 'the same',
    },
    { name: 'hold-role-arn', value: 'ARN', description: 'the role that sets legal holds on exported files' },
    { name: 'release-role-arn', value: 'ARN', description: 'the role that is there for releasing them' },
    { name: 'bucket', value: 'NAME', description: 'the bucket that exports are written to' },
    { name: 'prefix', value: 'PREFIX', description: 'where in the bucket', default: 'all of it' },
    { name: 'endpoint', value: 'URL', description: 'an S3-compatible service that has the bucket', default: 'AWS' },
    { name: 'integration-id', value: 'ID', description: 'the AWS S3 recording bulk actions integration' },
    {
      name: 'interval',
      value: 'START/END',
      description: 'what is to be exported, ISO-8601; START/.. with --batch-interval',
    },
    {
      name: 'conversation-id',
      value: 'ID',
      repeated: true,
      description: 'what is to be exported, instead of --interval',
    },
    { name: 'media-type', value: 'TYPE', repeated: true, description: 'voice, message, email, chat, …' },
    { name: 'message-type', value: 'TYPE', repeated: true, description: 'sms, whatsapp, …' },
    { name: 'address-from', value: 'ADDRESS', description: 'only conversations from this address' },
    { name: 'address-to', value: 'ADDRESS', description: 'only conversations to this address' },
    { name: 'external-tag', value: 'TAG', description: 'only conversations with this tag' },
    { name: 'batch-interval', value: 'DURATION', description: 'as batch_interval of the export job' },
    { name: 'external-reference-id', value: 'ID', description: 'as external_reference_id of the hold' },
    { name: 'trunk-id', value: 'ID', repeated: true, description: 'a SIP trunk to look at; trunks carry calls' },
    { name: 'protected-conversations', value: 'N', description: 'how many are protected already', default: 'counted' },
    {
      name: 'latency-threshold',
      value: 'MS',
      description: 'slowest good answer of the hold endpoint',
      default: '2000',
    },
    SETTINGS_OPTION,
    ...formatOptions(PLAIN_FORMATS),
    { name: 'fail-on', value: 'SEVERITY', description: 'error or warn', default: 'error' },
    { name: 'all', description: 'print what passed, too' },
  ],
  async run(options, terminal) {
    const outputs = outputsOf(options, PLAIN_FORMATS);
    const failOn = oneWord(options, 'fail-on', ['error', 'warn']);
    const subject = subjectOf(options);
    const given = await readSettings(options);
    // Loaded here: the other commands have no use for the provider.
    const { claimsOf, liveSources, placeInWords, resolveEnvironment } = await import('../provider');
    const { settings, mistakes, missing } = resolveEnvironment(process.env);
    const wrong = missing === undefined ? mistakes : [...mistakes, missing];
    if (settings === undefined) {
      throw new CommandError(wrong.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n'));
    }
    const sources = await liveSources(
      settings.genesys,
      looksAtAws(subject) ? reachOf(options) : undefined,
      process.env,
    );
    const facts = await collectLiveFacts(
      { ...sources, claims: claimsOf(await registerOpener(options)) },
      {
        ...subject,
        externalReferenceIdPattern: settings.externalReferenceIdPattern,
        register: settings.register === undefined ? null : placeInWords(settings.register),
      },
      terminal.signal,
    );
    const today = new Date().toISOString().slice(0, 10);
    const { findings, off, stale } = checkRules(facts, checkSettings(given, today));
    // One file serves code, plans and accounts, so that an ignore which matches nothing here may match elsewhere.
    const expired = stale.map(({ ignore }) => ignore).filter(({ until }) => today > until);
    const shown: Shown = {
      ...{ findings, off, expired, failOn, all: options['all'] === true },
      notLookedAt: notLookedAt(options),
    };
    await writeOutputs(outputs, (format) => (format === 'json' ? findingsAsJson : findingsAsText)(shown), terminal);
    return exitCodeOf(shown);
  },
};

function looksAtAws({ exportRole, holdRole, releaseRole, bucket, taggingRole }: LiveSubject): boolean {
  return (
    [exportRole, holdRole, releaseRole, bucket].some((one) => one !== undefined) || typeof taggingRole === 'object'
  );
}

function reachOf(options: GivenOptions): { readonly endpoint?: string } {
  const endpoint = textOf(options, 'endpoint');
  if (endpoint === undefined) return {};
  if (!/^https?:\/\/\S+$/.test(endpoint)) {
    throw new CommandError(
      `--endpoint takes a URL with its protocol, such as https://s3.example.com; "${endpoint}" is not one.`,
    );
  }
  return { endpoint };
}

function subjectOf(options: GivenOptions): LiveSubject {
  const [role, tagger, holder, releaser] = ['role-arn', 'tagging-role-arn', 'hold-role-arn', 'release-role-arn'].map(
    (name) => textOf(options, name),
  );
  const bucket = textOf(options, 'bucket');
  const prefix = textOf(options, 'prefix');
  const integrationId = textOf(options, 'integration-id');
  const externalReferenceId = textOf(options, 'external-reference-id');
  const told = textOf(options, 'protected-conversations');
  const threshold = textOf(options, 'latency-threshold');
  const exported = exportOf(options);
  if (prefix !== undefined && bucket === undefined) throw new CommandError('--prefix needs --bucket.');
  if (bucket === undefined && textOf(options, 'endpoint') !== undefined) {
    throw new CommandError('--endpoint needs --bucket.');
  }
  return {
    askedBy: NAME,
    trunkIds: listOf(options, 'trunk-id'),
    ...(role === undefined ? {} : { exportRole: { role } }),
    ...(tagger === undefined ? {} : { taggingRole: tagger === 'none' ? 'nobody' : { role: tagger } }),
    ...(holder === undefined ? {} : { holdRole: { role: holder } }),
    ...(releaser === undefined ? {} : { releaseRole: { role: releaser } }),
    ...(bucket === undefined ? {} : { bucket: { name: bucket, prefix: (prefix ?? '').replace(/^\/+/, '') } }),
    ...(integrationId === undefined ? {} : { integrationId }),
    ...(exported === undefined ? {} : { export: exported }),
    ...(externalReferenceId === undefined ? {} : { hold: { externalReferenceId } }),
    ...(told === undefined
      ? {}
      : { protectedConversations: wholeNumber('protected-conversations', told, 0, 1_000_000_000) }),
    ...(threshold === undefined
      ? {}
      : { latency: { thresholdMs: wholeNumber('latency-threshold', threshold, 1, MOST_MS) } }),
  };
}

/** Words that narrow an export; each needs one. */
const NARROWING = ['media-type', 'message-type', 'address-from', 'address-to', 'external-tag', 'batch-interval'];

function exportOf(options: GivenOptions): LiveSubject['export'] {
  const interval = textOf(options, 'interval');
  const conversationIds = listOf(options, 'conversation-id').map((id) => id.toLowerCase());
  if (interval === undefined && conversationIds.length === 0) {
    const useless = NARROWING.find((name) => options[name] !== undefined);
    if (useless !== undefined) throw new CommandError(`--${useless} needs --interval or --conversation-id.`);
    return undefined;
  }
  if (interval !== undefined && conversationIds.length > 0) {
    throw new CommandError('--interval and --conversation-id exclude each other: give one of them.');
  }
  const strange = conversationIds.find((id) => !isConversationId(id));
  if (strange !== undefined) throw new CommandError(`--conversation-id takes a UUID; "${strange}" is not one.`);
  const batchInterval = textOf(options, 'batch-interval');
  readable('interval', interval, parseOpenInterval);
  readable('batch-interval', batchInterval, parseCalendarDuration);
  if (interval !== undefined && isOpenInterval(interval) && batchInterval === undefined) {
    throw new CommandError(`--interval ${interval} has no end, so it needs --batch-interval: the length of a step.`);
  }
  const [addressFrom, addressTo, externalTag] = ['address-from', 'address-to', 'external-tag'].map((name) =>
    textOf(options, name),
  );
  const scope: ExportScope = {
    ...(interval === undefined ? { conversationIds } : { interval }),
    mediaTypes: listOf(options, 'media-type'),
    messageTypes: listOf(options, 'message-type'),
    ...(addressFrom === undefined ? {} : { addressFrom }),
    ...(addressTo === undefined ? {} : { addressTo }),
    ...(externalTag === undefined ? {} : { externalTag }),
  };
  return { scope, ...(batchInterval === undefined ? {} : { batchInterval }) };
}

function readable(name: string, text: string | undefined, read: (text: string) => unknown): void {
  if (text === undefined) return;
  try {
    read(text);
  } catch (error) {
    throw new CommandError(`--${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
