/** What `holds` says, for people. */
import { approversInWords, coveredAtMost, isLive, keysOf, placesOf, type ClaimView, type Matter } from '../register';
import { counted, number } from '../words';

const STATES: Readonly<Record<ClaimView['state'], string>> = {
  setting: 'being set: not all of it was seen held',
  held: 'held',
  dropped: 'being released',
  done: 'released',
};

/** One matter and its claims. */
export function matterLines({ matter, organization, claims }: Matter): readonly string[] {
  return [`${matter} (organization ${organization})`, ...claims.flatMap((claim) => claimLines(claim))];
}

/** One claim: what, how much, since when, by whom. */
export function claimLines(claim: ClaimView): readonly string[] {
  const { key, state, since, actor, id, reason, until } = claim;
  const name = key.name === key.matter ? '' : ` "${key.name}"`;
  return [
    `  ${key.resourceType}${name} (${key.holdApi}): ${STATES[state]}`,
    `    ${amountOf(claim)}, since ${since}, by ${actor}, claim ${id}`,
    ...(typeof claim.scope === 'string' && isLive(claim) ? [`    follows the scope ${claim.scope}`] : []),
    ...(claim.approvers === null ? [] : [`    a release takes the approval of ${approversInWords(claim.approvers)}`]),
    ...(until === null ? [] : [`    released ${until}: ${reason ?? 'no reason is recorded'}`]),
  ];
}

function amountOf(claim: ClaimView): string {
  const covered = coveredAtMost(claim);
  const places = placesOf(claim);
  const held = claim.held === null ? '' : `${number(claim.held)} seen held`;
  const what = covered === null ? `files in ${places.join(', ')}` : counted(covered, 'conversation');
  return held === '' || !isLive(claim) ? what : `${what}, ${held}`;
}

/** The same for machines. */
export function claimAsJson(claim: ClaimView): object {
  const { key, state, since, actor, id, reason, until, held, epoch, hold } = claim;
  return {
    claim: id,
    matter: key.matter,
    name: key.name,
    organizationId: key.organization,
    resourceType: key.resourceType,
    holdApi: key.holdApi,
    state,
    since,
    actor,
    epoch,
    hold,
    scope: claim.scope ?? null,
    coveredCount: coveredAtMost(claim),
    heldCount: held,
    places: placesOf(claim),
    releasedAt: until,
    releaseReason: reason,
    approvals:
      claim.approvers === null
        ? null
        : {
            required: claim.approvers.required,
            keyIds: [...keysOf(claim.approvers).keys()],
            given: claim.approvals ?? [],
          },
  };
}
