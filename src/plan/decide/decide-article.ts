import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { BaseArticle } from '../../model/base.ts';
import type { Locale } from '../../model/locale.ts';
import { keptArticle } from '../../model/kept.ts';
import type { ArticleWrite, FieldChange, FileStep, Removal } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { ContentEdit } from '../../model/remote-side.ts';
import { reconcileOptions } from './article-work.ts';
import { createHere, leaveThere, newPlace, removeHere } from './either-kind.ts';
import { contentToFile, contentToSend, newFields } from './article-operations.ts';
import {
  conflictOf,
  nothing,
  rowEdit,
  statusOf,
  writesLocal,
  writesRemote,
  type Decision,
  type DecisionContext,
} from './decision.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import { isInStep } from './in-step.ts';
import { answerFor } from '../terms/input.ts';
import { remoteOperation } from './operations.ts';
import { isRemoteArticleChanged, reconcileLocales } from '../compare/reconcile-article.ts';
import { goneArticle } from '../compare/rows.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import { goneThere } from '../compare/gone-there.ts';
import { goneWithWords } from '../compare/gone-with-words.ts';
import { unusableTitles } from './unusable-title.ts';
import { weighArticle } from './weigh-article.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

/** Decides what becomes of one article; the whole of the decision table for articles is in here. */
export function decideArticle(triple: ArticleTriple, context: DecisionContext): Decision {
  if (isInStep(triple, context)) return nothing;
  const { local, remote } = triple;
  const parent = context.parents.get(triple.key);
  if (triple.held || parent === undefined)
    return { ...nothing, status: statusOf(triple, 'held', ['waits until a problem is solved'], context) };
  if (local !== null) {
    const problems = unknownAuthors(triple, local, context);
    if (problems.length > 0)
      return { ...nothing, problems, status: statusOf(triple, 'held', ['unknown author'], context) };
    if (lacksAuthor(triple, context.input))
      return {
        ...nothing,
        status: statusOf(triple, 'held', ['the author in the config is unknown'], context),
      };
    if (parent.isUnknown)
      return { ...nothing, status: statusOf(triple, 'held', ['its folder cannot be read'], context) };
  }
  const decision = decide(triple, parent, context);
  const problems = remote === null ? [] : unusableTitles(remote, local, decision.local, context);
  if (problems.length === 0) {
    const { contentName } = context.input.policy;
    const gone =
      local === null
        ? []
        : [
            ...goneWithWords(local, decision.local, context, contentName),
            ...(remote === null ? [] : goneThere(local, remote, decision.remote, contentName)),
          ];
    return gone.length === 0 ? decision : { ...decision, problems: [...decision.problems, ...gone] };
  }
  return { ...nothing, problems, status: statusOf(triple, 'held', ['no file can have its title'], context) };
}

function decide(triple: ArticleTriple, parent: ParentVerdict, context: DecisionContext): Decision {
  const { base, local, remote } = triple;
  if (local !== null && remote !== null) return weighArticle(triple, local, remote, parent, context);
  if (local !== null)
    return base === null
      ? createRemote(triple, local, parent, context)
      : remoteGone(triple, base, local, context);
  if (remote !== null)
    return base === null
      ? createLocal(triple, remote, 'new in the help center', context)
      : localGone(triple, base, remote, context);
  return base === null ? nothing : { ...nothing, baseEdit: rowEdit(base, 'drop', null) };
}

function createRemote(
  triple: ArticleTriple,
  local: LocalArticle,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const status = statusOf(triple, 'ahead', ['new file'], context);
  if (!writesRemote(context)) return { ...nothing, status };
  const { defaultLocale } = context.input.policy;
  const locales: Partial<Record<Locale, ContentEdit>> = {};
  const fields: FieldChange[] = [];
  for (const [locale, content] of inOrder(local.locales, defaultLocale)) {
    locales[locale] = contentToSend(content, locale, null, context);
    fields.push(...newFields(content, locale === defaultLocale ? null : locale));
  }
  fields.push(...newPlace(parent, context));
  const write: ArticleWrite = { parent: parent.local, locales };
  return {
    ...nothing,
    status,
    remote: remoteOperation(triple, { action: 'create', write, fields, reason: 'new file' }, context),
  };
}

function createLocal(
  triple: ArticleTriple,
  remote: RemoteArticle,
  reason: string,
  context: DecisionContext,
): Decision {
  if (!writesLocal(context)) return leaveThere(triple, reason, context);
  const { defaultLocale } = context.input.policy;
  const path = context.layout.pathOf(triple.key);
  const steps: FileStep[] = [];
  const fields: FieldChange[] = [];
  for (const [locale, content] of inOrder(remote.locales, defaultLocale)) {
    const file = fileOfLocale(path, locale, defaultLocale);
    const written = contentToFile(content, file, locale, context);
    steps.push({ step: 'create-article', path: file, content: written });
    fields.push(...newFields(written, locale === defaultLocale ? null : locale));
  }
  return createHere(triple, steps, fields, reason, context);
}

/** The file is gone. An edit on the other side beats the deletion; else the policy decides. */
function localGone(
  triple: ArticleTriple,
  base: BaseArticle,
  remote: RemoteArticle,
  context: DecisionContext,
): Decision {
  if (isRemoteArticleChanged(base, remote.locales, context.bodies)) {
    return createLocal(triple, remote, 'its file is gone, but it was edited in the help center', context);
  }
  if (base.unseen === true)
    return createLocal(triple, remote, 'a run that was cut off made it, and its file is not here', context);
  const { deletions } = context.input.policy;
  if ([...base.locales.values()].every((content) => content.gone)) return nothing;
  if (deletions === 'keep') return { ...nothing, status: statusOf(triple, 'ahead', [keptArticle], context) };
  const status = statusOf(triple, 'ahead', ['file gone'], context);
  if (!writesRemote(context)) return { ...nothing, status };
  const all = [...remote.locales.keys()];
  if (deletions === 'delete') {
    const reason = 'its file is gone; a copy goes to the trash first (deletions: delete)';
    return { ...nothing, status, remote: removal(triple, remote, 'delete', all, reason, context) };
  }
  const published = all.filter((locale) => remote.locales.get(locale)?.state === 'published');
  if (published.length === 0)
    return { ...nothing, baseEdit: rowEdit(base, 'keep', goneArticle(base, remote, all)) };
  const reason = 'its file is gone; it stays as a draft (deletions: unpublish)';
  return { ...nothing, status, remote: removal(triple, remote, 'unpublish', published, reason, context) };
}

function removal(
  triple: ArticleTriple,
  remote: RemoteArticle,
  how: Removal,
  locales: readonly Locale[],
  reason: string,
  context: DecisionContext,
) {
  const { defaultLocale } = context.input.policy;
  const write: Partial<Record<Locale, ContentEdit>> = {};
  const fields: FieldChange[] = [];
  for (const locale of locales) {
    const before = remote.locales.get(locale)?.state ?? null;
    if (how === 'unpublish') write[locale] = { state: 'draft' };
    const shown = locale === defaultLocale ? null : locale;
    fields.push({ field: 'state', locale: shown, before, after: how === 'unpublish' ? 'draft' : null });
  }
  return remoteOperation(
    triple,
    { action: 'delete', write: { locales: write }, fields, reason, removal: how },
    context,
  );
}

/** The remote entry is gone, which was confirmed. An edit here beats the deletion, but nothing is put back without a yes. */
function remoteGone(
  triple: ArticleTriple,
  base: BaseArticle,
  local: LocalArticle,
  context: DecisionContext,
): Decision {
  const options = reconcileOptions(triple, context);
  const verdicts = reconcileLocales(triple, options);
  const isEdited = verdicts.some((one) => one.presence === 'clash' || one.presence === 'new-local');
  const policy = answerFor(context.input, triple.key);
  if (isEdited && policy !== 'remote') {
    const content = local.locales.get(context.input.policy.defaultLocale);
    const reason = 'edited here, deleted in the help center';
    return {
      ...nothing,
      status: statusOf(triple, 'conflict', [reason], context),
      conflicts: [
        conflictOf(triple, local.path, {
          field: 'body',
          locale: null,
          local: content?.body ?? '',
          remote: null,
          reason,
        }),
      ],
    };
  }
  const files = [...local.locales.values()].map(({ file, digest }) => ({ path: file, digest }));
  return removeHere(triple, base, files, context);
}

function unknownAuthors(
  triple: ArticleTriple,
  local: LocalArticle,
  context: DecisionContext,
): readonly Problem[] {
  return [...local.locales].flatMap(([locale, content]): readonly Problem[] => {
    const agreed = triple.base?.locales.get(locale)?.author.local ?? null;
    if (
      content.author === null ||
      content.author === agreed ||
      context.input.authors.idOf(content.author) !== null
    )
      return [];
    return [
      {
        severity: 'error',
        code: 'AUTHOR_UNKNOWN',
        place: { file: `${context.input.policy.contentName}/${content.file}`, line: content.authorLine ?? 0 },
        message: `The workspace has no admin "${content.author}".`,
        hint: 'Use the e-mail address or the id of an admin in Intercom, or remove the line "author:".',
      },
    ];
  });
}

/** Tells whether a new article is to have the author whom the config names, and the workspace has no such admin. */
export function lacksAuthor(
  { base, local, remote }: ArticleTriple,
  { direction, policy: { author, defaultLocale }, authors }: DecisionContext['input'],
): boolean {
  if (author === undefined || direction === 'pull' || base !== null || remote !== null) return false;
  if (local === null || (local.locales.get(defaultLocale)?.author ?? null) !== null) return false;
  return authors.idOf(author) === null;
}

function inOrder<T>(locales: ReadonlyMap<Locale, T>, first: Locale): readonly (readonly [Locale, T])[] {
  return [...locales].toSorted(([left], [right]) =>
    left === first ? -1 : right === first ? 1 : left < right ? -1 : 1,
  );
}
