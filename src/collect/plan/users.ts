import type { PolicyFact, PrincipalFact } from '../../facts';
import { originOf, type Element, type PlanView } from '../../plan';
import { Holders, type Holder } from './holders';
import { policiesOf } from './policies';
import type { Roles } from './roles';
import { textOf } from './values';

type Read = (view: PlanView, holder: Element) => readonly PolicyFact[];

/** The users of the plans, with every policy that the plans attach to them or to a group of theirs. */
export function usersIn(views: readonly PlanView[], roles: Roles): readonly PrincipalFact[] {
  const inline: Read = (view, holder) => policiesOf(view, holder, 'policy');
  const managed: Read = (view, holder) => roles.byArn(view, holder, 'policy_arn');
  const by = (named: string, type: string, argument: string, read: Read) => ({
    holders: new Holders(views, type, argument, named),
    read,
  });
  const users = views.flatMap((view) => view.ofType(USER).map((element) => ({ view, element })));
  if (users.length === 0) return [];
  const ofUsers = [
    by(USER, 'aws_iam_user_policy', 'user', inline),
    by(USER, 'aws_iam_user_policy_attachment', 'user', managed),
    by(USER, 'aws_iam_policy_attachment', 'users', managed),
  ];
  const ofGroups = [
    by(GROUP, 'aws_iam_group_policy', 'group', inline),
    by(GROUP, 'aws_iam_group_policy_attachment', 'group', managed),
    by(GROUP, 'aws_iam_policy_attachment', 'groups', managed),
  ];
  const memberships = [
    new Holders(views, 'aws_iam_user_group_membership', 'user', USER),
    new Holders(views, 'aws_iam_group_membership', 'users', USER),
  ];
  const groups = new Map(
    views.flatMap((view) => view.ofType(GROUP).map((element) => [element.after?.['name'], { view, element }] as const)),
  );
  const attached = (one: Holder, name: unknown, ways: typeof ofUsers): readonly PolicyFact[] =>
    ways.flatMap(({ holders, read }) => [
      ...holders.of(one.element, name).flatMap(({ view, element }) => read(view, element)),
      ...holders
        .perhaps(one)
        .map(({ element, why }) => unseen(element, `may be attached to it: its ${holders.argument} ${why}`)),
    ]);
  const groupsOf = (one: Holder): readonly PolicyFact[] =>
    memberships.flatMap((holders) =>
      holders.of(one.element, one.element.after?.['name']).flatMap(({ view, element }) => {
        const argument = holders.argument === 'user' ? 'groups' : 'group';
        const given = element.after?.[argument];
        const referred = view.referredBy(element, argument).filter(({ to }) => to.type === GROUP);
        const named = (Array.isArray(given) ? given : [given]).flatMap((name: unknown) => groups.get(name) ?? []);
        const all = new Set([...named.map((group) => group.element), ...referred.map(({ to }) => to)]);
        if (all.size === 0) return [unseen(element, `names groups that none of the given plans manages`)];
        return [...all].flatMap((group) => attached({ view, element: group }, group.after?.['name'], ofGroups));
      }),
    );
  return users
    .filter(({ element }) => element.after !== null)
    .map(({ view, element }): PrincipalFact => {
      const { arn } = element.after ?? {};
      const at = originOf(element, 'arn');
      const account = typeof arn === 'string' ? /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] : undefined;
      return {
        ...element.subject,
        kind: 'user',
        name: textOf(view, element, 'name', ''),
        arn: { known: true, value: typeof arn === 'string' ? arn : `\${${element.subject.address}.arn}`, origin: at },
        accountId:
          account === undefined
            ? { known: false, why: 'is only known after the apply', origin: at }
            : { known: true, value: account, origin: at },
        identityPolicies: [
          ...attached({ view, element }, element.after?.['name'], ofUsers),
          ...groupsOf({ view, element }),
        ],
        permissionsBoundary: roles.byArn(view, element, 'permissions_boundary')[0] ?? null,
        trustPolicy: null,
        serviceControlPolicies: [],
      };
    });
}

const USER = 'aws_iam_user';
const GROUP = 'aws_iam_group';

function unseen(holder: Element, why: string): PolicyFact {
  const origin = originOf(holder);
  return { name: holder.subject.address, origin, document: { known: false, why, origin } };
}
