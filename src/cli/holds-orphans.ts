import { ConversationSet } from '../conversations';
import { createGenesys, GenesysError } from '../genesys';
import { isLive, type ClaimView, type Register } from '../register';
import { claimsInState } from '../review';
import { counted, OBJECT_HOLD, number } from '../words';
import { textOf, type GivenOptions, type Terminal } from './command';
import { claimAsJson, claimLines } from './holds-words';
import { outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';
import { stackFolders } from './stack-folders';
import { stateOf } from './stack-state';

/** Requests to Genesys Cloud that a look may cost; two thirds of a minute's worth. */
const MOST_REQUESTS = 200;
/** Ids that are printed; JSON has all. */
const PRINTED = 20;

/** What has nobody behind it. What could not be looked at is in `unknown`, in words. */
interface Orphans {
  /** Live claims that none of the given states has; undefined where no stack was named. */
  readonly claims: readonly ClaimView[] | undefined;
  /** Protected at Genesys Cloud and claimed by nobody; undefined where that could not be looked at. */
  readonly conversations: ConversationSet | undefined;
  readonly unknown: readonly string[];
}

/**
 * `holds --orphans`: conversations that are protected and claimed by nobody, and claims that no given state has, with what
 * adopts them. Resolves with the exit code: 0 none, 2 some, 1 none was found and something could not be looked at.
 */
export async function orphans(register: Register, options: GivenOptions, terminal: Terminal): Promise<number> {
  const outputs = outputsOf(options, PLAIN_FORMATS);
  const unknown: string[] = [];
  const found: Orphans = {
    claims: await withoutState(register, options, unknown, terminal.signal),
    conversations: await unclaimed(register, unknown, terminal.signal),
    unknown,
  };
  await writeOutputs(outputs, (format) => (format === 'json' ? asJson(found) : asText(found)), terminal);
  if ((found.claims?.length ?? 0) > 0 || (found.conversations?.size ?? 0) > 0) return 2;
  return unknown.length > 0 ? 1 : 0;
}

async function withoutState(
  register: Register,
  options: GivenOptions,
  unknown: string[],
  signal: AbortSignal,
): Promise<readonly ClaimView[] | undefined> {
  const folders = await stackFolders(options);
  if (folders.length === 0) {
    unknown.push('Whether every claim has a state was not looked at: name all stacks with --dir or --cdktf-out.');
    return undefined;
  }
  const known = new Set<string>();
  for (const folder of folders) {
    const read = await stateOf(folder, textOf(options, 'terraform') ?? 'terraform', signal, claimsInState);
    if ('problem' in read) unknown.push(`${folder.name}: ${read.problem}`);
    else for (const claim of read.state) known.add(claim);
  }
  return [...register.view.claims.values()].filter((claim) => isLive(claim) && !known.has(claim.id));
}

async function unclaimed(
  register: Register,
  unknown: string[],
  signal: AbortSignal,
): Promise<ConversationSet | undefined> {
  const { resolveEnvironment } = await import('../provider');
  const { settings, mistakes, missing } = resolveEnvironment(process.env);
  if (settings === undefined || missing !== undefined) {
    const why = [...mistakes, ...(missing === undefined ? [] : [missing])].map(({ summary }) => summary).join(', ');
    unknown.push(
      `Whether unclaimed conversations are protected was not looked at. ${why}: set the GENESYSCLOUD_ variables.`,
    );
    return undefined;
  }
  try {
    const { held, complete } = await createGenesys(settings.genesys).holds.protectedNow(MOST_REQUESTS, signal);
    if (!complete)
      unknown.push(`Only the first recordings were looked at: there are more than ${MOST_REQUESTS} requests show.`);
    let free = held;
    for (const claim of register.view.claims.values()) {
      // Those of a claim that is being released are on their way.
      if (claim.state !== 'done') free = free.minus(await register.conversations(claim, signal));
    }
    return free;
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    unknown.push(`Whether unclaimed conversations are protected is unknown.\n${error.message}`);
    return undefined;
  }
}

function asText({ claims = [], conversations = ConversationSet.empty, unknown }: Orphans): string {
  const lines: string[] = [];
  if (claims.length > 0) {
    lines.push(
      `${counted(claims.length, 'claim')} without a state:`,
      ...claims.flatMap((claim) => claimLines(claim)),
      '',
    );
    lines.push('To adopt one, write its resource as it was, add its import block, and apply:', '');
    claims.forEach((claim, at) => lines.push(...importBlock(claim, at), ''));
  }
  if (conversations.size > 0) {
    const ids = [...conversations.parts(PRINTED)][0] ?? [];
    lines.push(
      `${counted(conversations.size, 'conversation')} protected and claimed by nobody:`,
      ...[...ids].map((id) => `  ${id}`),
      ...(conversations.size > PRINTED ? [`  and ${number(conversations.size - PRINTED)} more (--json has all)`] : []),
      'Somebody else may need them: a hold of version 0.1.0, another tool, a person. A legal hold over them keeps them protected',
      'when it is released, because they were so before it came.',
      '',
    );
  }
  if (lines.length === 0) lines.push('No orphans found in what was looked at.', '');
  if (unknown.length > 0)
    lines.push('Not looked at:', ...unknown.map((text) => `  ${text.replaceAll('\n', '\n  ')}`), '');
  return lines.join('\n');
}

function importBlock({ id, key, scope }: ClaimView, at: number): readonly string[] {
  const name = key.matter
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^(?![a-z_])/, '_');
  const suffix = key.resourceType === OBJECT_HOLD ? 'files' : 'hold';
  // A hold that follows a scope keeps following it; by its claim alone an older provider would make a list of it.
  const from =
    typeof scope === 'string' ? `scope/${scope}${scope.includes('?') ? '&' : '?'}claim=${id}` : `claim/${id}`;
  return ['import {', `  to = ${key.resourceType}.${name}_${suffix}_${at + 1}`, `  id = ${JSON.stringify(from)}`, '}'];
}

function asJson({ claims, conversations, unknown }: Orphans): string {
  return `${JSON.stringify(
    {
      version: 1,
      claimsWithoutState: claims?.map(claimAsJson) ?? null,
      unclaimedConversations: conversations === undefined ? null : [...conversations],
      notLookedAt: unknown,
    },
    null,
    2,
  )}\n`;
}
