import type { PolicyDifference } from '../../iam';

interface Trusted {
  readonly who: string;
  /** Canonical text; empty for none. */
  readonly conditions: string;
}

/** Who may take on a role, and who no longer: "now lets AWS 999999999999 take it on". What is not said so is left out. */
export function trustPhrases({ removed, added }: PolicyDifference): readonly string[] {
  const [was, is] = [removed, added].map((lines) => lines.flatMap(trustedIn)) as [Trusted[], Trusted[]];
  const before = new Map(was.map((one) => [one.who, one]));
  const now = new Set(is.map(({ who }) => who));
  const gone = [...before.keys()].filter((who) => !now.has(who)).map((who) => `no longer lets ${who} take it on`);
  const come = is.map(({ who, conditions }) => {
    if (!before.has(who)) return `now lets ${who} take it on${conditions === '' ? ' without a condition' : ''}`;
    return conditions === ''
      ? `lets ${who} take it on without a condition`
      : `lets ${who} take it on under other conditions`;
  });
  return [...new Set([...come, ...gone])];
}

/** Reads a line such as `Allow sts:AssumeRole for AWS 111122223333 if {…}`. */
function trustedIn(line: string): readonly Trusted[] {
  const begin = /^Allow sts:AssumeRole\w* for /.exec(line);
  if (begin === null) return [];
  const rest = line.slice(begin[0].length);
  const condition = rest.indexOf(' if ');
  return condition === -1
    ? [{ who: rest, conditions: '' }]
    : [{ who: rest.slice(0, condition), conditions: rest.slice(condition + ' if '.length) }];
}
