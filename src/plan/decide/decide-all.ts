/*
 * Decides about all entries together: what becomes of one depends on what becomes of those around it, and never on
 * the order in which they come.
 */
import { contentRoot, parentPath, type EntryKey, type LocalPath } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import { checkAgreedText, checkBody } from '../links/check-body.ts';
import { decideArticle } from './decide-article.ts';
import { childrenOf, contentsOf } from './contents.ts';
import { keepFolder } from './collection-operations.ts';
import { decideCollection } from './decide-collection.ts';
import { groupBy } from '../terms/group-by.ts';
import { nothing, statusOf, type Decision, type DecisionContext } from './decision.ts';
import type { Pairing } from '../pair/pair.ts';
import { kindOfKey } from '../terms/keys.ts';
import { holdTwins, holdUnreadable } from './left-alone.ts';
import { holdPlaceless } from './hold-placeless.ts';
import type { ArticleTriple, CollectionTriple, Triple } from '../terms/triple.ts';

export interface Decided {
  readonly decisions: ReadonlyMap<EntryKey, Decision>;
  readonly context: DecisionContext;
}

/** What was found out while deciding about other entries, and changes the places of all. */
export interface Findings {
  /** Entries that stay where they are although they moved on one side, or are gone there. */
  readonly staying: ReadonlySet<EntryKey>;
  /** Collections whose folders come back. */
  readonly returning: ReadonlySet<EntryKey>;
}

/**
 * Decides with every move in its place. A move that turns out not to be made (its entry is in conflict about something
 * else) changes the places of others, and so does a folder that comes back; then everything is decided again, until nothing
 * turns up.
 */
export function decideAll(pairing: Pairing, prepare: (findings: Findings) => DecisionContext): Decided {
  let findings: Findings = { staying: new Set(), returning: new Set() };
  for (;;) {
    const context = prepare(findings);
    const decisions = decideOnce(pairing, context);
    const staying = new Set([...findings.staying, ...movesNotMade(pairing, decisions, context)]);
    const returning = new Set([...findings.returning, ...foldersBack(pairing, decisions)]);
    if (staying.size === findings.staying.size && returning.size === findings.returning.size)
      return { decisions: withPaths(pairing, withFolders(pairing, decisions, context)), context };
    findings = { staying, returning };
  }
}

function foldersBack(pairing: Pairing, decisions: ReadonlyMap<EntryKey, Decision>): readonly EntryKey[] {
  return pairing.collections
    .filter(({ key, base }) => base !== null && decisions.get(key)?.local?.action === 'create')
    .map(({ key }) => key);
}

/** Folders without a file of their own that this plan empties get one. */
function withFolders(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): ReadonlyMap<EntryKey, Decision> {
  const { local } = context.input;
  const kept = new Map(decisions);
  if (context.input.direction === 'push') return kept;
  const entries = [...pairing.collections, ...pairing.articles];
  const isIn = groupBy(entries, (one) => (one.local === null ? null : parentPath(one.local.path)));
  const willBeIn = groupBy(entries, (one) => parentPath(context.layout.pathOf(one.key)));
  const foldersOfOthers = new Set<LocalPath>();
  for (const other of [...local.assets, ...local.unreadable])
    for (let at = parentPath(other); at !== contentRoot && !foldersOfOthers.has(at); at = parentPath(at))
      foldersOfOthers.add(at);
  for (const triple of pairing.collections) {
    const decision = decisions.get(triple.key);
    const path = triple.local?.path;
    if (path === undefined || triple.local?.file !== null || triple.held) continue;
    if (decision === undefined || decision.conflicts.length > 0) continue;
    const folder = context.layout.pathOf(triple.key);
    const doing = (one: Triple): string | undefined => decisions.get(one.key)?.local?.action;
    const inside = isIn.get(path) ?? [];
    const after = new Set(willBeIn.get(folder));
    const isThere = new Set(inside);
    const stays = inside.some((one) => doing(one) !== 'delete' && after.has(one));
    // What comes in comes too late for a folder that is to be moved itself.
    const comes =
      folder === path &&
      [...after].some((one) => !isThere.has(one) && one.remote !== null && doing(one) !== undefined);
    if (foldersOfOthers.has(path) || inside.length === 0 || stays || comes) continue;
    // One that the help center does not have yet goes with what was in it.
    if (triple.remote !== null) kept.set(triple.key, keepFolder(triple, decision, context));
    else if (triple.base === null) kept.set(triple.key, nothing);
  }
  return kept;
}

/**
 * A path that was found out is noted at once, whatever else becomes of the entry: what told who it is, such as the
 * likeness of its text, may not last until the next run.
 */
function withPaths(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
): ReadonlyMap<EntryKey, Decision> {
  const noted = new Map(decisions);
  for (const { key, base, local, held } of [...pairing.collections, ...pairing.articles]) {
    const decision = decisions.get(key);
    if (base === null || local === null || held || base.path === local.path) continue;
    if (decision === undefined || decision.baseEdit !== null) continue;
    const row = { ...base, path: local.path };
    noted.set(key, { ...decision, baseEdit: { key, edit: 'path', path: local.path, id: base.id, row } });
  }
  return noted;
}

/** Entries whose place changed on one side, or that are gone there, without an operation that follows it. */
function movesNotMade(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  { parents, input }: DecisionContext,
): readonly EntryKey[] {
  return [...pairing.collections, ...pairing.articles].flatMap((triple) => {
    const standing = parents.get(triple.key)?.standing;
    const decision = decisions.get(triple.key);
    const isLeftThere =
      standing === 'ahead' &&
      triple.remote !== null &&
      input.direction !== 'pull' &&
      decision?.remote?.write.parent === undefined;
    const isHere = triple.local !== null && input.direction !== 'push';
    const isLeftHere =
      isHere &&
      standing === 'behind' &&
      (decision === undefined || decision.local === null || decision.local.action === 'delete');
    const isKept =
      isHere &&
      triple.base !== null &&
      triple.remote === null &&
      decision?.local?.action !== 'delete' &&
      decision?.baseEdit?.edit !== 'drop';
    return isLeftThere || isLeftHere || isKept ? [triple.key] : [];
  });
}

function decideOnce(pairing: Pairing, context: DecisionContext): ReadonlyMap<EntryKey, Decision> {
  const children = childrenOf(pairing, context);
  const articles = new Map<EntryKey, Decision>();
  const isBroken = brokenIn(pairing, context);
  const twins = holdTwins(pairing, context);
  for (const triple of pairing.articles)
    articles.set(
      triple.key,
      isBroken(triple)
        ? holdBack(triple, [], context)
        : checkTexts(
            triple,
            holdUnreadable(triple, context) ?? twins.get(triple.key) ?? decideArticle(triple, context),
            context,
          ),
    );
  const isCollection = (key: EntryKey): boolean => kindOfKey(key) === 'collection';
  const held = new Map<EntryKey, Decision>([...twins].filter(([key]) => isCollection(key)));
  for (;;) {
    const decisions = new Map<EntryKey, Decision>([...articles, ...held]);
    const begun = new Set<EntryKey>();
    // From the bottom up: what becomes of a collection depends on what becomes of what is in it, on either side.
    const decide = (triple: CollectionTriple): void => {
      if (begun.has(triple.key)) return;
      begun.add(triple.key);
      const inside = children.get(triple.key) ?? [];
      for (const one of inside) if (one.kind === 'collection') decide(one);
      if (held.has(triple.key)) return;
      const contents = contentsOf(triple, inside, decisions, context);
      decisions.set(
        triple.key,
        isBroken(triple) ? holdBack(triple, [], context) : decideCollection(triple, contents, context),
      );
    };
    for (const triple of pairing.collections) decide(triple);
    // What is held stays where it is, and so what becomes of its collection may be another thing.
    const more = holdPlaceless(pairing, decisions, context);
    if (more.size === 0) return decisions;
    for (const [key, decision] of more) held.set(key, decision);
  }
}

/**
 * What is wrong with the texts of an article, found before any call. An error holds the article, whatever else would
 * become of it; a text that is in step is only looked at for links and images that lost what they lead to.
 */
function checkTexts(triple: ArticleTriple, decision: Decision, context: DecisionContext): Decision {
  const { base, local, held } = triple;
  if (local === null || held) return decision;
  const sent = decision.remote?.kind === 'article' ? decision.remote.write.locales : {};
  const checking = { ...context, contentName: context.input.policy.contentName };
  const told = new Set(decision.problems.map(signOf));
  const all = [...local.locales].flatMap(([locale, content]): readonly Problem[] => {
    const agreed = base?.locales.get(locale)?.body.localQuick;
    const isKnown = agreed !== undefined && context.bodies.isLocalQuick(content, agreed);
    const found = (isKnown ? checkAgreedText : checkBody)(content, locale, checking);
    // A picture that is there already, as in what is linked, needs no address to be fetched from.
    return sent[locale]?.body === undefined ? found.filter((one) => one.code !== 'IMAGE_NOT_PUBLIC') : found;
  });
  // A text that cannot be read has been reported already.
  const problems = all.filter((one) => !told.has(signOf(one)));
  if (problems.length === 0) return decision;
  // A conflict holds the article already, and its answer may be what replaces the text.
  const isAnswered = decision.conflicts.length > 0 || context.input.answers?.has(triple.key) === true;
  return !isAnswered && problems.some((one) => one.severity === 'error')
    ? holdBack(triple, [...decision.problems, ...problems], context)
    : { ...decision, problems: [...decision.problems, ...problems] };
}

const signOf = ({ code, place }: Problem): string => `${code} ${place.file} ${String(place.line)}`;

/** Tells which entries have an error in one of their files, found before anything was decided. */
function brokenIn(pairing: Pairing, { input }: DecisionContext): (triple: Triple) => boolean {
  const { contentName } = input.policy;
  const files = new Set(
    [...input.local.problems, ...pairing.problems]
      .filter((one) => one.severity === 'error')
      .map((one) => one.place.file),
  );
  if (files.size === 0) return () => false;
  const isOne = (path: string | null): boolean =>
    path !== null && (files.has(path) || files.has(`${contentName}/${path}`));
  return ({ local }) =>
    local !== null &&
    (local.kind === 'article'
      ? [...local.locales.values()].some((one) => isOne(one.file))
      : isOne(local.file) || isOne(local.path));
}

/** Leaves an entry alone on both sides until its problem is solved. */
const holdBack = (triple: Triple, problems: readonly Problem[], context: DecisionContext): Decision => ({
  ...nothing,
  problems,
  status: statusOf(triple, 'held', ['waits until its problem is solved'], context),
});
