/** The acts of a record by the thing that they were done to: a record may have a hundred thousand, and as many questions. Pure. */
import type { Act, Doing } from './act';
import type { Question } from './match';

/** The acts on what a question is about, in the order of the record. */
export function actsOn(acts: readonly Act[], question: Question): readonly Act[] {
  let index = indexes.get(acts);
  if (index === undefined) {
    index = indexed(acts);
    indexes.set(acts, index);
  }
  const found = thingsOf(question).flatMap((thing) => index.get(thing) ?? []);
  // A request without a version was about the newest one, which may have been this.
  if (question.kind === 'lock-lifted') {
    return found.filter(({ doing }) => doing.kind === 'lock' && [null, question.version].includes(doing.version));
  }
  const recording = question.kind === 'recording-deleted' ? (question.recording ?? null) : null;
  if (recording !== null) {
    return found.filter(
      ({ doing }) => doing.kind === 'recording' && [undefined, recording].includes(doing.recording?.toLowerCase()),
    );
  }
  return found;
}

type Index = ReadonlyMap<string, readonly Act[]>;

/** Made once for a record, with the first question. */
const indexes = new WeakMap<readonly Act[], Index>();

function indexed(acts: readonly Act[]): Index {
  const index = new Map<string, Act[]>();
  for (const act of acts) {
    const thing = thingOf(act.doing);
    const known = index.get(thing);
    if (known === undefined) index.set(thing, [act]);
    else known.push(act);
  }
  return index;
}

function thingOf(doing: Doing): string {
  switch (doing.kind) {
    case 'protection':
    case 'recording':
      return named(doing.kind, doing.conversation.toLowerCase());
    case 'hold':
      return named('hold', doing.hold.toLowerCase());
    case 'lock':
      return named('lock', doing.bucket, doing.key);
    case 'version':
      return doing.key === null
        ? named('versions', doing.bucket)
        : named('version', doing.bucket, doing.key, doing.version);
    case 'setting':
      return named('setting', doing.of, doing.setting);
  }
}

function thingsOf(question: Question): readonly string[] {
  switch (question.kind) {
    case 'protection-revoked':
      return [named('protection', question.conversation.toLowerCase())];
    case 'recording-deleted':
      return [named('recording', question.conversation.toLowerCase())];
    case 'hold-deleted':
      return [named('hold', question.hold.toLowerCase())];
    case 'lock-lifted':
      return [named('lock', question.bucket, question.key)];
    case 'version-deleted':
      return [named('version', question.bucket, question.key, question.version), named('versions', question.bucket)];
    case 'setting-changed':
      return [named('setting', question.of, question.setting)];
  }
}

function named(...words: readonly (string | null)[]): string {
  return JSON.stringify(words);
}
