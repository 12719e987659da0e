/** `conversations_from`: a list of conversations in a file or an S3 object, read as it comes and compared with its digest. */
import { createReadStream } from 'node:fs';
import { AwsError, readObject, type ObjectPlace } from '../../aws';
import {
  DiagnosticError,
  isUnknown,
  matches,
  nonEmpty,
  s,
  UNKNOWN,
  type Diagnostics,
  type PlanOf,
  type StateOf,
  type ValidateContext,
} from '../../framework';
import { NotAnId, readIdList, type ConversationSet, type IdList } from '../../genesys';
import { number } from '../../words';
import type { Place } from '../bucket-access';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import type { LegalHoldSchema } from './schema';

/** The attribute, for the schema of a hold. */
export const conversationsFromAttribute = s.singleNested(
  {
    file: s.string({
      optional: true,
      description:
        'Path of the list on the machine that plans and applies. Exactly one of `file` and `s3` is given. Relative paths start at the folder in which Terraform runs: write `"${path.module}/ids.txt"`.',
      validators: [nonEmpty()],
    }),
    s3: s.singleNested(
      {
        bucket: s.string({ required: true, description: 'Bucket of the list.', validators: [nonEmpty()] }),
        key: s.string({ required: true, description: 'Key of the list.', validators: [nonEmpty()] }),
        version_id: s.string({
          optional: true,
          description: 'Version of the object. Left out: the newest.',
          validators: [nonEmpty()],
        }),
        region: s.string({
          optional: true,
          description: 'AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).',
          validators: [nonEmpty()],
        }),
        endpoint: s.string({
          optional: true,
          description: 'URL of an S3-compatible service, instead of AWS. Left out: AWS.',
          validators: [matches(/^https?:\/\/[^\s]+$/, 'a URL with its protocol, such as "https://s3.example.com"')],
        }),
      },
      {
        optional: true,
        description:
          'The list as an object in S3, read with the AWS credentials of the environment (they need `s3:GetObject`).',
      },
    ),
    sha256: s.string({
      required: true,
      description:
        'SHA-256 of the list in hex, as `sha256sum ids.txt` prints it, or `filesha256("ids.txt")`. A list with another digest is refused, when planning and when applying. Write it as a literal where the list comes from somebody else.',
      validators: [matches(/^[0-9a-fA-F]{64}$/, 'a SHA-256 in hex, 64 digits')],
    }),
  },
  {
    about: 'scope',
    optional: true,
    description:
      'Hold the conversations of a list in a file or an S3 object: UTF-8, one UUID a line. Empty lines and lines that begin with `#` are left out. For more than about 1,000 conversations: Terraform compares sets such as `conversation_ids` in quadratic time, and keeps them in plan and state. Another `sha256` is another scope; another place of the same list is not.',
  },
);

/** `conversations_from` in state. */
export type ConversationsFrom = NonNullable<StateOf<LegalHoldSchema>['conversations_from']>;

type Planned = PlanOf<LegalHoldSchema>['conversations_from'];

/** More than these in `conversation_ids` make plans slow. */
const MANY_IDS = 1_000;

/** `file` and `s3` exclude each other, and a long set is better a list. */
export function validateConversationsFrom({ config, diagnostics }: ValidateContext<LegalHoldSchema>): void {
  const { conversations_from: from, conversation_ids: ids } = config;
  if (Array.isArray(ids) && ids.length > MANY_IDS) {
    diagnostics.warn(
      'Many conversations in conversation_ids',
      `conversation_ids has ${number(ids.length)} conversations. Terraform compares each element of a set with each other one, so that ten times as many take a hundred times as long, in every plan; and plan and state keep them all. From ${number(MANY_IDS)} on, write the ids into a file or an S3 object, one a line, and name it: conversations_from = { file = "ids.txt", sha256 = filesha256("ids.txt") }. The hold stays the same: nothing is released.`,
      ['conversation_ids'],
    );
  }
  if (from === null || from === undefined || isUnknown(from)) return;
  const given = [from.file, from.s3].filter((one) => isUnknown(one) || (one !== null && one !== undefined));
  const certain = given.filter((one) => !isUnknown(one)).length;
  if (certain === 2 || given.length === 0) {
    diagnostics.error(
      given.length === 0 ? 'The list has no place' : 'The list has two places',
      'conversations_from takes exactly one of file and s3: where the list of conversation ids is.',
      ['conversations_from'],
    );
  }
}

/** Whether both are the same list. Where it is does not matter. */
export function sameList(left: ConversationsFrom | null, right: ConversationsFrom | null): boolean {
  return left?.sha256.toLowerCase() === right?.sha256.toLowerCase();
}

/** True where a plan knows all of it. */
export function isKnownList(from: Planned): from is ConversationsFrom | null {
  if (isUnknown(from)) return false;
  if (from === null) return true;
  const s3 = isUnknown(from.s3) ? [UNKNOWN] : Object.values(from.s3 ?? {});
  return ![from.file, from.sha256, ...s3].some(isUnknown);
}

/** The conversations of a list. Refuses a list that is not the one whose digest is given, one with a line that is not an id, and an empty one. */
export async function listedConversations(
  client: Compliance,
  from: ConversationsFrom,
  signal: AbortSignal,
): Promise<ConversationSet> {
  const where = placeInWords(from);
  const { conversations, sha256 } = await read(client, from, where, signal);
  const wanted = from.sha256.toLowerCase();
  if (sha256 !== wanted) {
    throw new DiagnosticError(
      'List of conversations has another digest',
      `conversations_from: ${where} has the SHA-256 ${sha256}, and sha256 says ${wanted}. It is another list than the one that was meant, or it was changed or cut. Nothing was changed.\nIf the new list is right, set sha256 = "${sha256}".`,
      ['conversations_from'],
    );
  }
  if (conversations.size === 0) {
    throw new DiagnosticError(
      'Nothing to hold',
      `conversations_from: ${where} names no conversation, so there is nothing to hold.`,
      ['conversations_from'],
    );
  }
  return conversations;
}

/**
 * The same when planning: undefined where the list cannot be read yet, which a warning says. A list that is there and wrong is an
 * error, for the apply would refuse it.
 */
export async function plannedConversations(
  client: Compliance | undefined,
  from: ConversationsFrom,
  diagnostics: Diagnostics,
  signal: AbortSignal,
): Promise<ConversationSet | undefined> {
  // Without a client nothing is known of the AWS environment of the apply; a file is here.
  if (client === undefined) return undefined;
  try {
    return await listedConversations(client, from, signal);
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.summary !== UNREADABLE || from.s3 === null) throw error;
    diagnostics.warn(
      'List of conversations is read by the apply',
      `${error.detail}\nWhich conversations the hold will cover is unknown until then.`,
      ['conversations_from'],
    );
    return undefined;
  }
}

const UNREADABLE = 'List of conversations could not be read';

async function read(client: Compliance, from: ConversationsFrom, where: string, signal: AbortSignal): Promise<IdList> {
  const { s3 } = from;
  const bucket = s3 === null ? undefined : client.openBucket(bucketOf(s3));
  try {
    const bytes =
      s3 === null || bucket === undefined
        ? createReadStream(from.file ?? '', { signal })
        : readObject(await bucket.s3(), objectOf(s3), signal);
    return await readIdList(bytes);
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(error, where);
  } finally {
    await bucket?.close();
  }
}

function unreadable(error: unknown, where: string): unknown {
  const path = ['conversations_from'];
  if (error instanceof NotAnId) {
    return new DiagnosticError(
      'List of conversations has a line that is not an id',
      `conversations_from: ${where}, ${messageOf(error)}. Each line is a UUID, empty, or a comment that begins with #. Nothing was changed: a list is taken whole or not at all.`,
      path,
    );
  }
  const isSystem = typeof error === 'object' && error !== null && 'syscall' in error;
  if (!isSystem && !(error instanceof AwsError)) return error;
  const fix = isSystem ? '\nCheck the path; relative ones start at the folder in which Terraform runs.' : '';
  return new DiagnosticError(
    UNREADABLE,
    `conversations_from: ${where} could not be read. ${messageOf(error)}${fix}`,
    path,
    {
      cause: error,
    },
  );
}

type InS3 = NonNullable<ConversationsFrom['s3']>;

function bucketOf({ bucket, region, endpoint }: InS3): Place {
  return {
    bucket,
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
  };
}

function objectOf({ bucket, key, version_id: versionId, endpoint }: InS3): ObjectPlace {
  return {
    bucket,
    key,
    ...(versionId === null ? {} : { versionId }),
    ...(endpoint === null ? {} : { endpoint }),
  };
}

function placeInWords({ file, s3 }: ConversationsFrom): string {
  return s3 === null ? `the file ${file ?? ''}` : `s3://${s3.bucket}/${s3.key}`;
}
