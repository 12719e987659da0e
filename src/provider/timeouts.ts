import { block, s } from '../framework';
import { durationText } from './validators';

/** How long each operation of a resource may take when the user says nothing, as durations. */
export interface DefaultTimeouts {
  readonly create: string;
  readonly read: string;
  readonly update: string;
  readonly delete: string;
}

const limit = (operation: string, standard: string) =>
  s.string({
    optional: true,
    description: `Longest time ${operation} may take, as a duration like \`90s\`, \`30m\` or \`24h\`. Default: \`${standard}\`. When it runs out, what was done so far is kept and the next apply goes on from there.`,
    validators: [durationText],
  });

/** The `timeouts` block that every resource has. */
export function timeoutsBlock(standard: DefaultTimeouts) {
  return block.single(
    { description: 'How long the operations of this resource may take.' },
    {
      create: limit('creating', standard.create),
      read: limit('reading', standard.read),
      update: limit('updating', standard.update),
      delete: limit('deleting', standard.delete),
    },
  );
}
