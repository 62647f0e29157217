/*
 * The plan: everything that a run is going to do, decided from three snapshots and the policy, and nothing else.
 * The same input gives the same plan, to the byte.
 */
import { groupBy } from './terms/group-by.ts';
import type { BaseArticle } from '../model/base.ts';
import { elsewhereOf } from '../model/elsewhere.ts';
import type { LocalArticle } from '../model/entry.ts';
import { byText, type EntryKey } from '../model/identity.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import type { Conflict, EntryStatus, Operation, Plan, Summary } from '../model/plan.ts';
import { openBodies, quickOfText } from './links/bodies.ts';
import type { Bodies } from '../fields/reading.ts';
import { decideAll, type Findings } from './decide/decide-all.ts';
import { lacksAuthor } from './decide/decide-article.ts';
import { titleOf, type DecisionContext } from './decide/decision.ts';
import { folderPages } from './folder-pages.ts';
import { baseDirectory, openDirectory } from './links/directory.ts';
import { hiddenLanguages } from './hidden-languages.ts';
import { guard } from './guards.ts';
import { answerFor, type PlanInput } from './terms/input.ts';
import { layOut } from './place/layout.ts';
import { inOrder } from './in-order.ts';
import { orderOperations } from './order.ts';
import { everything, selectEntries } from './selection.ts';
import { pairEntries, type Pairing } from './pair/pair.ts';
import type { Likeness } from './pair/pair-alike.ts';
import { followMoves } from './decide/follow-moves.ts';
import { reconcileParents } from './place/parents.ts';
import type { RefsOptions } from './links/refs.ts';

/** A plan, and what it was made from, for whoever carries it out. */
export interface Planned {
  readonly plan: Plan;
  readonly pairing: Pairing;
  readonly context: DecisionContext;
}

export function makePlan(given: PlanInput): Planned {
  const input = inOrder(given);
  const pairing = pair(input);
  const whole = decideAll(pairing, (findings) => prepare(input, pairing, findings));
  const { context } = whole;
  const decided = followMoves(pairing, whole.decisions, context);
  const selection =
    input.only === undefined ? everything : selectEntries(input.only, pairing, decided, context);
  const decisions = new Map([...decided].filter(([key]) => selection.has(key)));
  const operations = orderOperations(
    [...decisions.values()].flatMap((one): Operation[] => [
      ...(one.local === null ? [] : [one.local]),
      ...(one.remote === null ? [] : [one.remote]),
    ]),
    pairing.collections,
    context.layout.folderMoves,
  );
  const all = [...decisions.values()];
  const conflicts = all.flatMap((one) => one.conflicts).toSorted(byPathAndField);
  const behind = all
    .flatMap((one) => (one.behind === null ? [] : [one.behind]))
    .toSorted((left, right) => byText(left.path, right.path));
  const baseEdits = all
    .flatMap((one) => (one.baseEdit === null ? [] : [one.baseEdit]))
    .toSorted((left, right) => byText(left.path, right.path) || byText(left.key, right.key));
  const statuses = all.flatMap((one) => (one.status === null ? [] : [one.status])).toSorted(byPathThenKey);
  const problems = [
    ...[...input.local.problems, ...input.remote.problems, ...pairing.problems].filter((one) =>
      selection.tells(one),
    ),
    ...unknownUsualAuthor(
      pairing.articles.filter((one) => selection.has(one.key)),
      input,
    ),
    ...folderPages(
      pairing.articles.filter((one) => selection.has(one.key)),
      input.policy.contentName,
    ),
    ...all.flatMap((one) => one.problems),
    ...hiddenLanguages(input.local, input.remote, input.policy).filter((one) => selection.tells(one)),
  ].toSorted(byPlace);
  const linked = [...pairing.collections, ...pairing.articles].filter(
    (one) => one.local !== null && one.remote !== null && selection.has(one.key),
  );
  const moving = new Set<EntryKey>([
    ...statuses.map((one) => one.key),
    ...baseEdits.filter((one) => one.edit === 'adopt').map((one) => one.key),
  ]);
  const summary: Summary = {
    create: countOf(operations, 'create'),
    update: countOf(operations, 'update'),
    move: countOf(operations, 'move'),
    delete: countOf(operations, 'delete'),
    conflict: new Set(conflicts.map((one) => one.key)).size,
    behind: behind.length,
    adopt: baseEdits.filter((one) => one.edit === 'adopt').length,
    unchanged: linked.filter((one) => !moving.has(one.key)).length,
  };
  const refusals = guard({
    base: input.base,
    local: input.local,
    remote: input.remote,
    policy: input.policy,
    operations,
  });
  const plan: Plan = {
    version: 1,
    direction: input.direction,
    summary,
    operations,
    conflicts,
    behind,
    problems,
    refusals,
    baseEdits,
    statuses,
  };
  return { plan: elsewhereOf(plan) === null ? plan : unplanned(plan, input), pairing, context };
}

/** With the wrong help center nothing is reported but that: what differs from it says nothing about any entry. */
function unplanned({ version, direction, refusals }: Plan, { local }: PlanInput): Plan {
  const nothing = { operations: [], conflicts: [], behind: [], baseEdits: [], statuses: [] };
  const none = { create: 0, update: 0, move: 0, delete: 0, conflict: 0, behind: 0, adopt: 0, unchanged: 0 };
  return { version, direction, summary: none, ...nothing, problems: local.problems, refusals };
}

/** The config's author is looked up with everything else; what needs one that does not exist is held. */
function unknownUsualAuthor(articles: Pairing['articles'], input: PlanInput): readonly Problem[] {
  if (!articles.some((one) => lacksAuthor(one, input))) return [];
  return [
    {
      severity: 'error',
      code: 'AUTHOR_UNKNOWN',
      place: { file: 'sync.config.yaml', line: 0 },
      message: `The workspace has no admin "${input.policy.author ?? ''}", whom remote.author names.`,
      hint: 'Use the e-mail address or the id of an admin in Intercom, or remove the line "author:".',
    },
  ];
}

/** Who is who, from what the base and the folder know; the remote adds what is new there. */
export function pair(
  input: Pick<PlanInput, 'base' | 'local' | 'remote' | 'policy' | 'names' | 'assetDigests'>,
): Pairing {
  const { base, local, remote, policy } = input;
  // Read only where something vanished or appeared, so mostly never.
  let read: Bodies | null = null;
  const bodies = (): Bodies =>
    (read ??= openBodies(refsOf(input, baseDirectory(input, input.policy.siteRoot))));
  return pairEntries({
    base,
    local,
    remote,
    defaultLocale: policy.defaultLocale,
    contentName: policy.contentName,
    names: input.names,
    likeness: likenessOf(bodies, input),
  });
}

function likenessOf(bodies: () => Bodies, { policy }: Pick<PlanInput, 'policy'>): Likeness {
  const locale = policy.defaultLocale;
  const signOfRow = (row: BaseArticle): string =>
    `${row.locales.get(locale)?.title.local ?? ''}\n${quickOfText(row.locales.get(locale)?.body.localQuick ?? '')}`;
  const signOfLocal = (one: LocalArticle): string => {
    const content = one.locales.get(locale);
    return content === undefined ? '' : `${content.title}\n${quickOfText(bodies().localQuick(content))}`;
  };
  return {
    same(rows, locals) {
      const rowsOf = groupBy(rows, signOfRow);
      return [...groupBy(locals, signOfLocal)].flatMap(([sign, some]) => {
        const found = rowsOf.get(sign) ?? [];
        const [row] = found;
        const [local] = some;
        return row !== undefined && local !== undefined && found.length === 1 && some.length === 1
          ? [{ row, local }]
          : [];
      });
    },
    hasSameTitle: (row, local) => row.locales.get(locale)?.title.local === local.locales.get(locale)?.title,
    signsOfRow: (row) => ({
      title: row.locales.get(locale)?.title.local ?? '',
      blocks: (row.locales.get(locale)?.body.segments ?? []).flatMap((segment) => segment.local),
    }),
    signsOfLocal(one) {
      const content = one.locales.get(locale);
      return content === undefined
        ? { title: '', blocks: [] }
        : {
            title: content.title,
            blocks: bodies()
              .local(content, locale)
              .blocks.map((block) => block.fingerprint),
          };
    },
  };
}

function prepare(input: PlanInput, pairing: Pairing, findings: Findings): DecisionContext {
  const parents = reconcileParents(pairing.collections, pairing.articles, {
    answerOf: (key) => answerFor(input, key),
    ...findings,
  });
  const layout = layOut({
    collections: pairing.collections,
    articles: pairing.articles,
    parents,
    local: input.local,
    names: input.names,
    ...(input.homes === undefined ? {} : { homes: input.homes }),
    title: (triple) => titleOf(triple, input.policy.defaultLocale),
    isLocalWritten: input.direction !== 'push',
    staying: findings.staying,
  });
  const directory = openDirectory(input, pairing, layout);
  const refs = refsOf(input, directory);
  return {
    input,
    bodies: openBodies(refs),
    refs,
    directory,
    parents,
    layout,
    folderOf: (key) => (key === null ? '' : (directory.folderOf(key) ?? '')),
  };
}

const refsOf = (
  input: Pick<PlanInput, 'remote' | 'policy'>,
  directory: RefsOptions['directory'],
): RefsOptions => ({
  directory,
  sites: input.remote.sites,
  assetBaseUrl: input.policy.assetBaseUrl,
});

const countOf = (operations: readonly Operation[], action: Operation['action']): number =>
  operations.filter((one) => one.action === action).length;

const byPathAndField = (left: Conflict, right: Conflict): number =>
  byText(left.path, right.path) ||
  byText(left.locale ?? '', right.locale ?? '') ||
  byText(left.field, right.field);

const byPathThenKey = (left: EntryStatus, right: EntryStatus): number =>
  byText(left.path ?? '￿', right.path ?? '￿') || byText(left.key, right.key);
