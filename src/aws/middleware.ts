/** What every client of this room does beside the SDK's own work: see `answers.ts`, and digests that some servers ask for. */
import { createHash } from 'node:crypto';
import type { Pluggable } from '@smithy/types';
import { flawOf, isErrorInDisguise, isStreamed, OddAnswer, type RawAnswer } from './answers';
import { NoAnswer } from './no-answer';

/** For clients of every service. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type ForAnyClient = Pluggable<any, any>;

/** A request as the SDK passes it on. */
interface Sent {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers: Record<string, string>;
}

/** An answer as the SDK's transport hands it over. */
interface Received {
  statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body?: unknown;
}

/** Looks at each answer before the SDK reads it, and names the address when none comes. Once for each attempt. */
export const checksAnswers: ForAnyClient = {
  applyToStack(stack) {
    stack.add(
      (next, context) => async (args) => {
        const sent = args.request as Sent;
        const answer = await next(args).catch((error: unknown) => {
          throw NoAnswer.from(error, addressOf(sent));
        });
        const operation = String(context.commandName).replace(/Command$/, '');
        await examine(operation, sent, answer.response as Received);
        return answer;
      },
      // Nearest to the wire: inside the SDK's own reading, and inside its retries.
      { step: 'deserialize', priority: 'low', name: 'checksAnswers' },
    );
    stack.add(
      (next) => async (args) => {
        const answer = await next(args);
        const { headers } = answer.response as Received;
        const date = Date.parse(headers['date'] ?? '');
        if (!Number.isNaN(date)) Object.assign((answer.output as { $metadata: object }).$metadata, { date });
        return answer;
      },
      { step: 'deserialize', priority: 'high', name: 'keepsServerTime' },
    );
  },
};

async function examine(operation: string, sent: Sent, received: Received): Promise<void> {
  if (sent.method === 'HEAD' || (received.statusCode < 300 && isStreamed(operation))) return;
  const bytes = await readAll(received.body);
  received.body = bytes;
  const answer: RawAnswer = {
    status: received.statusCode,
    contentType: received.headers['content-type'],
    text: bytes.toString('utf8'),
  };
  const flaw = flawOf(operation, answer);
  if (flaw !== undefined) {
    throw new OddAnswer(addressOf(sent), answer.status, flaw, answer.contentType, answer.text);
  }
  // So that the SDK reads it as the error it is; S3 asks to repeat then.
  if (isErrorInDisguise(answer)) received.statusCode = 503;
}

async function readAll(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body as string);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `https://s3.example.com:9000`, the port only where it says something. */
function addressOf({ protocol = 'https:', hostname = '', port }: Sent): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

/**
 * Content-MD5 on small writes. AWS takes it beside the SDK's checksum; some S3-compatible services demand it, and some know
 * no `x-amz-checksum-*` and refuse what carries one: `alone` leaves those away.
 */
export function sendsContentMd5(alone: boolean): ForAnyClient {
  return {
    applyToStack(stack) {
      stack.add(
        (next, context) => async (args) => {
          const sent = args.request as Sent;
          const { body, headers } = sent;
          if (!DIGESTED.has(String(context.commandName)) || !(typeof body === 'string' || body instanceof Uint8Array)) {
            return next(args);
          }
          headers['content-md5'] = createHash('md5').update(body).digest('base64');
          if (alone) {
            for (const name of Object.keys(headers)) {
              if (/^x-amz-(sdk-)?checksum-/i.test(name)) delete headers[name];
            }
          }
          return next(args);
        },
        // After the SDK's checksum, before it signs.
        { step: 'build', priority: 'low', name: 'sendsContentMd5' },
      );
    },
  };
}

const DIGESTED = new Set(['PutObjectTaggingCommand', 'PutObjectLegalHoldCommand']);
