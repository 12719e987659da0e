import { conflicts, exactlyOneOf, isUnknown, type ConfigOf, type ValidateContext } from '../../framework';
import { isOpenInterval, MOST_BATCHES, parseOpenInterval, splitInterval, parseCalendarDuration } from '../../time';
import type { ExportJobSchema } from './schema';

/** Media whose export fails with HTTP 500 when the engine has to resolve metadata while it moves the data. */
const DIGITAL = new Set(['message', 'chat', 'email']);

/** Checks across the arguments of an export job. */
export function validateExportJob(context: ValidateContext<ExportJobSchema>): void {
  exactlyOneOf(context, ['interval', 'conversation_ids']);
  conflicts(context, ['action_date', 'action_age']);
  checkBatchInterval(context);
  checkMetadata(context);
  checkMessageTypes(context);
}

function checkBatchInterval({ config, diagnostics }: ValidateContext<ExportJobSchema>): void {
  const { interval, batch_interval: step } = config;
  if (step === null && typeof interval === 'string' && isOpenInterval(interval)) {
    diagnostics.error(
      'Open interval without steps',
      `interval "${interval}" has no end, so it is exported in steps: each apply exports the whole steps that have ended. Set batch_interval to the length of a step, such as "P1D".`,
      ['batch_interval'],
    );
    return;
  }
  if (step === null || isUnknown(step)) return;
  if (typeof interval === 'string' && typeof step === 'string') {
    if (
      !parses(() => parseOpenInterval(interval)) ||
      isOpenInterval(interval) ||
      !parses(() => parseCalendarDuration(step))
    )
      return;
    if (parses(() => splitInterval(interval, step))) return;
    diagnostics.error(
      'Too many batches',
      `batch_interval "${step}" splits the interval into more than ${MOST_BATCHES} batches. Two jobs run at a time, so this would take days. Use a longer batch_interval, or a shorter interval.`,
      ['batch_interval'],
    );
  }
  // Either may still turn out null: `terraform validate` of a module knows no variable.
  if (config.conversation_ids === null || isUnknown(config.conversation_ids)) return;
  diagnostics.error(
    'There is no interval to split',
    'batch_interval splits interval into batches, but this export names its conversations with conversation_ids. Remove batch_interval.',
    ['batch_interval'],
  );
}

/** Only messages have a message type: together with other media alone the filters match nothing, without an error. */
function checkMessageTypes({ config, diagnostics }: ValidateContext<ExportJobSchema>): void {
  const { media_types: media, message_types: messages } = config;
  if (messages === null || isUnknown(messages) || messages.length === 0) return;
  if (media === null || isUnknown(media) || media.length === 0 || media.some((type) => isUnknown(type))) return;
  if (media.includes('message')) return;
  diagnostics.error(
    'Scope matches nothing',
    `message_types (${listed(messages)}) matches messages only, and media_types (${listed(media)}) leaves messages out, so nothing would be exported. ` +
      'Add "message" to media_types, or remove message_types. To export voice and SMS, make two exports: a conversation has to match every filter of one.',
    ['message_types'],
  );
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? `"${value}"` : 'a value not known yet')).join(', ');
}

function checkMetadata({ config, diagnostics }: ValidateContext<ExportJobSchema>): void {
  if (config.include_metadata !== true) return;
  const digital = digitalScope(config);
  if (digital === undefined) return;
  diagnostics.error(
    'Export cannot resolve metadata on digital channels',
    `include_metadata is true and ${digital}. Resolving the metadata of digital channels while the data moves makes Genesys Cloud answer HTTP 500, and nothing is exported. ` +
      'Remove include_metadata (or set it to false): every recording gets its metadata file anyway. For voice alone, set media_types = ["voice"].',
    ['include_metadata'],
  );
}

/** Why the scope has digital conversations in it, or undefined when it has none or cannot be seen yet. */
function digitalScope(config: ConfigOf<ExportJobSchema>): string | undefined {
  const { media_types: media, message_types: messages } = config;
  if (messages !== null && !isUnknown(messages) && messages.length > 0) {
    return 'message_types puts messages in scope';
  }
  if (isUnknown(media)) return undefined;
  if (media === null) return 'without media_types all media are in scope, digital ones included';
  const found = media.filter((type): type is string => typeof type === 'string' && DIGITAL.has(type));
  return found.length === 0 ? undefined : `media_types has ${found.map((type) => `"${type}"`).join(', ')} in scope`;
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
