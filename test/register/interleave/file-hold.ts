/** A hold over files in S3, with its journal in the register. Its lifts are signed to end with the lease. */
import type { ConversationSet } from '../../../src/conversations';
import {
  ClaimRefused,
  FileVersions,
  LeaseEnded,
  Unanswered,
  type Bits,
  type ClaimKey,
  type ClaimReference,
  type Earlier,
  type FileClaim,
  type FileScope,
  type FileVersion,
  type Register,
} from '../../../src/register';
import { conversationOfKey } from '../../../src/aws';
import { lift, type Applied, type Hold } from './hold';
import { Expired, keyOf, LOOK, NoAnswer, type Run, type World } from './world';

const FOREVER = new AbortController().signal;
const BUCKET = 'recordings';
/** Versions of one request, and of one section. */
const CHUNK = 2;

export class FileHold implements Hold {
  readonly field = 'files';
  readonly canNarrow = false;
  readonly canBeEarlier = false;

  constructor(
    private readonly world: World,
    readonly key: ClaimKey,
    private readonly all: readonly string[],
    private scopes: readonly { readonly prefix: string; readonly conversations?: ConversationSet }[],
    private readonly more: { readonly prefix: string; readonly conversations?: ConversationSet },
  ) {}

  get wanted(): ReadonlySet<string> {
    return new Set(
      this.all.filter((thing) => {
        const key = keyOf(thing);
        return this.scopes.some(
          ({ prefix, conversations }) =>
            key.startsWith(prefix) && (conversations === undefined || conversations.has(conversationOfKey(key) ?? '')),
        );
      }),
    );
  }

  widen(): void {
    this.scopes = [...this.scopes, this.more];
  }

  narrow(): void {
    throw new Error('A hold over files does not get narrower.');
  }

  async claim(register: Register, run: Run, releasedSeen: number): Promise<Applied> {
    const [first, ...rest] = this.scopes.map((scope) => ({ ...scope, bucket: BUCKET }));
    const claim = await register.claimFiles({ key: this.key, releasedSeen, files: first as FileScope }, FOREVER);
    return this.fill(register, run, claim, rest);
  }

  async grow(register: Register, run: Run, reference: ClaimReference): Promise<Applied> {
    const [first, ...rest] = this.scopes.map((scope) => ({ ...scope, bucket: BUCKET }));
    const claim = await register.growFiles(reference, first as FileScope, FOREVER);
    return this.fill(register, run, claim, rest);
  }

  give(): Promise<never> {
    return Promise.reject(new Error('A hold over files does not get narrower.'));
  }

  goOn(): Promise<never> {
    return this.give();
  }

  unregistered(): Promise<never> {
    return this.give();
  }

  adoptable(): Earlier {
    throw new Error('Its journal says what it found.');
  }

  async release(register: Register, run: Run, reference: ClaimReference): Promise<readonly string[]> {
    const { wanted } = this;
    await register.releaseFiles(
      reference,
      {
        bucket: BUCKET,
        reason: 'the matter is over',
        own: async function* (claim) {
          const own = await register.ownFiles(claim, BUCKET, (id) => placedBy(register, id), FOREVER);
          const versions = versionsOf(wanted).filter(own);
          yield* versions.parts(2 * CHUNK);
        },
        bits: this.bits(run),
      },
      FOREVER,
    );
    return [];
  }

  private async fill(register: Register, run: Run, first: FileClaim, more: readonly FileScope[]): Promise<Applied> {
    const reference = register.reference(first.claim.id);
    let { claim, setting } = first;
    try {
      for (const scope of more) ({ claim, setting } = await register.growFiles(reference, scope, FOREVER));
      const journal = register.journal(claim.id);
      const bits = this.bits(run);
      let seen = FileVersions.none;
      let todo = versionsOf(this.wanted);
      while (todo.size > 0) {
        let done = FileVersions.none;
        for (const chunk of (await setting.ready(todo, FOREVER)).parts(CHUNK)) {
          const free = await setting.ready(chunk, FOREVER);
          const held = await bits.seen(free, FOREVER, claim);
          const missing = await setting.ready(free.minus(held), FOREVER);
          if (missing.size > 0) {
            await journal.append(
              Buffer.from(`${[...missing].map((one) => JSON.stringify(one)).join('\n')}\n`),
              FOREVER,
            );
            // Written to the register meanwhile, which takes time, too.
            const still = await setting.ready(missing, FOREVER);
            if (still.size < missing.size) continue;
            await bits.set(missing, FOREVER, claim);
          }
          const found = missing.size === 0 ? missing : await bits.seen(missing, FOREVER, claim);
          seen = seen.union(held).union(found);
          done = done.union(held).union(missing);
        }
        todo = todo.minus(done);
        if (todo.size > 0) await setting.wait(FOREVER);
      }
      await setting.finish(seen.size, FOREVER);
      return { reference, seen: [...seen].map(thingOf) };
    } catch (error) {
      // Whoever released it may have looked before the last bit was set here.
      if (error instanceof ClaimRefused && error.reason === 'dropped') await this.release(register, run, reference);
      throw error;
    }
  }

  private bits(run: Run): Bits<FileVersions> {
    const { world } = this;
    const { bits } = world.fields.files;
    return {
      seen: (files) => world.request(run, LOOK, () => files.filter((file) => bits.has(thingOf(file)))),
      set: (files, _signal, claim) => world.setting(run, 'files', [...files].map(thingOf), claim.key),
      lift: async (files, lease) => {
        for (const file of files) {
          lease.check();
          try {
            await lift(world, run, this, [thingOf(file)], lease);
          } catch (error) {
            if (error instanceof Expired) throw new LeaseEnded();
            if (error instanceof NoAnswer) throw new Unanswered(error.message);
            throw error;
          }
        }
      },
    };
  }
}

/** What the journal of a claim says that it has set. */
async function placedBy(register: Register, claim: string): Promise<(version: FileVersion) => boolean> {
  const placed = new Set<string>();
  for await (const piece of register.journal(claim).read(FOREVER)) {
    for (const line of piece.toString('utf8').trimEnd().split('\n'))
      placed.add(thingOf(JSON.parse(line) as FileVersion));
  }
  return (version) => placed.has(thingOf(version));
}

function versionsOf(things: Iterable<string>): FileVersions {
  return FileVersions.of(
    [...things].map((thing) => ({ key: keyOf(thing), versionId: thing.slice(keyOf(thing).length + 1) })),
  );
}

function thingOf({ key, versionId }: FileVersion): string {
  return `${key}\n${versionId}`;
}
