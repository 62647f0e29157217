/* An article that both sides have: what is ahead, what is behind, what conflicts, and the operations that follow. */
import type { LocalArticle, LocalContent, RemoteArticle } from '../model/entry.ts';
import type { BaseArticle } from '../model/base.ts';
import type { Locale } from '../model/locale.ts';
import type { Conflict, FieldChange, FileStep } from '../model/plan.ts';
import type { ContentEdit } from '../model/remote-side.ts';
import {
  contentToFile,
  contentToSend,
  editToFile,
  editToSend,
  localOperation,
  moveSteps,
  newContentFields,
  newFileFields,
  remoteOperation,
} from './article-operations.ts';
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
import { fileOfLocale } from './locale-file.ts';
import type { ParentVerdict } from './parents.ts';
import { reconcileLocales } from './reconcile-article.ts';
import { agreedArticle, agreedContent, goneArticle, type Sent } from './rows.ts';
import { spellMarkdown } from '../markup/spell-markdown.ts';
import { readMarkdown } from '../markup/read-markdown.ts';
import { localRefs } from './refs.ts';
import type { ArticleTriple } from './triple.ts';
import type { FieldVerdict, LocaleVerdict } from './verdict.ts';

import { behindOf, reconcileOptions } from './article-decision.ts';

interface Work {
  readonly ahead: string[];
  readonly behind: string[];
  readonly conflicts: Conflict[];
  readonly write: Partial<Record<Locale, ContentEdit>>;
  readonly writeFields: FieldChange[];
  readonly steps: FileStep[];
  readonly fileFields: FieldChange[];
  isMoved: boolean;
  isUnpublish: boolean;
  isRowStale: boolean;
  /** What both sides were seen to agree on although the base does not say so, by language. */
  readonly agreed: Map<Locale, Sent | 'all' | 'gone' | 'dropped'>;
  isParentAgreed: boolean;
}

/** Decides what becomes of an article that both sides have, language by language and field by field. */
export function decideBoth(
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const work: Work = {
    ahead: [],
    behind: [],
    conflicts: [],
    write: {},
    writeFields: [],
    steps: [],
    fileFields: [],
    isMoved: false,
    isUnpublish: false,
    isRowStale: triple.base === null || triple.base.path !== local.path,
    agreed: new Map(),
    isParentAgreed: false,
  };
  for (const verdict of reconcileLocales(triple, reconcileOptions(triple, context)))
    weighLocale(verdict, triple, local, remote, work, context);
  weighParent(triple, local, parent, work, context);

  if (work.conflicts.length > 0) {
    return {
      ...nothing,
      conflicts: work.conflicts,
      status: statusOf(
        triple,
        'conflict',
        work.conflicts.map((one) => one.reason),
        context,
      ),
    };
  }
  const isAdopted = triple.base === null;
  const both = work.ahead.length > 0 && work.behind.length > 0;
  const standing = both
    ? 'both'
    : work.ahead.length > 0
      ? 'ahead'
      : work.behind.length > 0
        ? 'behind'
        : isAdopted
          ? 'adopt'
          : null;
  const status =
    standing === null
      ? null
      : statusOf(
          triple,
          standing,
          isAdopted
            ? ['same title in the same place', ...work.ahead, ...work.behind]
            : [...work.ahead, ...work.behind],
          context,
        );
  if (standing === null || standing === 'adopt') {
    if (!work.isRowStale) return nothing;
    const id = remote.parents.length === 0 ? null : (triple.base?.parent ?? remote.parents[0] ?? null);
    const parentId = parent.local === null ? null : (context.directory.idOf(parent.local) ?? id);
    const row = agreedArticle(triple.base, local, remote, parentId, {
      bodies: context.bodies,
      authors: context.input.authors,
    });
    const edit = isAdopted ? 'adopt' : triple.base.path === local.path ? 'converge' : 'path';
    return { ...nothing, status, baseEdit: { key: triple.key, edit, path: local.path, id: remote.id, row } };
  }
  if (context.input.direction === 'push' && work.behind.length > 0) {
    const reason = 'changed in the help center since the last sync';
    return {
      ...nothing,
      status,
      behind: behindOf(triple, { path: local.path, id: remote.id }, work.fileFields, reason),
    };
  }
  const hasWrite =
    work.ahead.length > 0 && writesRemote(context) && (work.writeFields.length > 0 || work.isMoved);
  const hasSteps = work.behind.length > 0 && writesLocal(context) && work.steps.length > 0;
  const known = agreedPart(triple, local, remote, parent, work, context);
  const onlyMove = work.isMoved && work.writeFields.every((change) => change.field === 'parent');
  return {
    ...nothing,
    status,
    baseEdit: known === null ? null : rowEdit(known, 'converge', known),
    remote: hasWrite
      ? remoteOperation(
          triple,
          {
            action: onlyMove ? 'move' : work.isUnpublish ? 'delete' : 'update',
            write: { ...(work.isMoved ? { parent: parent.local } : {}), locales: work.write },
            fields: work.writeFields,
            reason: work.ahead.join(', '),
            removal: work.isUnpublish && !onlyMove ? 'unpublish' : null,
          },
          context,
        )
      : null,
    local: hasSteps
      ? localOperation(
          triple,
          {
            action:
              work.fileFields.every((change) => change.field === 'parent') &&
              work.steps.every((step) => step.step === 'move-file')
                ? 'move'
                : 'update',
            steps: work.steps,
            fields: work.fileFields,
            reason: work.behind.join(', '),
          },
          context,
        )
      : null,
  };
}

/** The row with only what both sides agree on moved; null where the base says so already. */
function agreedPart(
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  work: Work,
  context: DecisionContext,
): BaseArticle | null {
  const { base } = triple;
  if (base === null || (work.agreed.size === 0 && !work.isParentAgreed)) return null;
  const options = { bodies: context.bodies, authors: context.input.authors };
  const locales = new Map(base.locales);
  for (const [locale, what] of work.agreed) {
    const here = local.locales.get(locale);
    const there = remote.locales.get(locale);
    const agreed = base.locales.get(locale) ?? null;
    if (what === 'dropped') locales.delete(locale);
    else if (what === 'gone') {
      const gone = goneArticle(base, remote, [locale]).locales.get(locale);
      if (gone !== undefined) locales.set(locale, gone);
    } else if (here !== undefined && there !== undefined)
      locales.set(locale, agreedContent(agreed, here, there, locale, what, options));
  }
  const parentId = parent.remote === null ? null : context.directory.idOf(parent.remote);
  return { ...base, path: local.path, parent: work.isParentAgreed ? parentId : base.parent, locales };
}

function weighLocale(
  verdict: LocaleVerdict,
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  work: Work,
  context: DecisionContext,
): void {
  const { defaultLocale, deletions } = context.input.policy;
  const { locale } = verdict;
  const shown = locale === defaultLocale ? null : locale;
  const said = locale === defaultLocale ? '' : ` (${locale})`;
  const here = local.locales.get(locale);
  const there = remote.locales.get(locale);
  switch (verdict.presence) {
    case 'both':
      if (here !== undefined && there !== undefined)
        weighFields(verdict.fields, verdict.adopted, here, there, locale, triple, work, context);
      return;
    case 'new-local':
      if (here === undefined) return;
      work.ahead.push(`new language${said}`);
      work.write[locale] = contentToSend(here, locale, context);
      work.writeFields.push(...newContentFields(here, shown));
      return;
    case 'new-remote':
    case 'restore': {
      if (there === undefined) return;
      const file = fileOfLocale(context.layout.pathOf(triple.key), locale, defaultLocale);
      const written = contentToFile(there, file, locale, context);
      work.behind.push(
        verdict.presence === 'restore'
          ? `edited in the help center, its file is gone${said}`
          : `new language${said}`,
      );
      work.steps.push({ step: 'create-article', path: file, content: written });
      work.fileFields.push(...newFileFields(written, shown));
      return;
    }
    case 'lost':
      if (deletions === 'keep' || there === undefined) return;
      if (there.state === 'draft') {
        work.isRowStale = true;
        work.agreed.set(locale, 'gone');
        return;
      }
      work.ahead.push(`its file is gone; that language becomes a draft${said}`);
      work.write[locale] = { state: 'draft' };
      work.writeFields.push({ field: 'state', locale: shown, before: there.state, after: 'draft' });
      work.isUnpublish = true;
      return;
    case 'vanished':
      if (here === undefined) return;
      work.behind.push(`removed in the help center${said}`);
      work.steps.push({ step: 'trash', path: here.file, digest: here.digest });
      return;
    case 'clash': {
      const reason = `edited here, removed in the help center${said}`;
      work.conflicts.push(
        conflictOf(triple, here?.file ?? local.path, {
          field: 'body',
          locale: shown,
          local: here?.body ?? '',
          remote: null,
          reason,
        }),
      );
      return;
    }
    case 'dropped':
      work.isRowStale = true;
      work.agreed.set(locale, 'dropped');
      return;
    case 'rest':
      return;
  }
}

function weighFields(
  fields: readonly FieldVerdict[],
  isAdopted: boolean,
  here: LocalContent,
  there: RemoteArticle['locales'] extends ReadonlyMap<Locale, infer Content> ? Content : never,
  locale: Locale,
  triple: ArticleTriple,
  work: Work,
  context: DecisionContext,
): void {
  const shown = locale === context.input.policy.defaultLocale ? null : locale;
  const said = shown === null ? '' : ` (${shown})`;
  const converged = fields.filter((one) => one.standing === 'converged').map((one) => one.field);
  const isWholly = fields.every((one) => one.standing === 'same' || one.standing === 'converged');
  if (isAdopted || converged.length > 0) work.isRowStale = true;
  if (isAdopted && isWholly) work.agreed.set(locale, 'all');
  else if (!isAdopted && converged.length > 0) work.agreed.set(locale, new Set(converged as Field[]));
  for (const verdict of fields) {
    if (verdict.standing === 'conflict')
      work.conflicts.push(...fieldConflicts(verdict, here, shown, triple, isAdopted, context));
  }
  const sent = editToSend(fields, here, there, locale, triple, context);
  if (sent.changes.length > 0) {
    work.write[locale] = { ...work.write[locale], ...sent.edit };
    work.writeFields.push(...sent.changes);
    const changed = sent.changes.filter(
      (change) => change.field !== 'body' || change.before !== change.after,
    );
    if (changed.length > 0)
      work.ahead.push(`${changed.map((change) => nameOfField(change.field)).join(', ')} changed here${said}`);
    // The text is the same, and yet it means something else.
    if (changed.length < sent.changes.length)
      work.ahead.push(`what its links or images lead to is new${said}`);
  }
  const filed = editToFile(fields, here, there, locale, context);
  if (filed.changes.length > 0) {
    work.steps.push({ step: 'edit-article', path: here.file, digest: here.digest, edit: filed.edit });
    work.fileFields.push(...filed.changes);
    work.behind.push(
      `${filed.changes.map((change) => nameOfField(change.field)).join(', ')} changed in the help center${said}`,
    );
  }
  const isUnspoken =
    fields.some((verdict) => verdict.standing === 'behind' || verdict.standing === 'merged') &&
    filed.changes.length === 0;
  if (isUnspoken) work.isRowStale = true;
}

function fieldConflicts(
  verdict: FieldVerdict,
  here: LocalContent,
  shown: Locale | null,
  triple: ArticleTriple,
  isAdopted: boolean,
  context: DecisionContext,
): readonly Conflict[] {
  const label = verdict.field === 'body' ? 'text' : verdict.field;
  const reason = isAdopted
    ? `linked by its title for the first time, but the ${label} differs`
    : `the ${label} was changed on both sides`;
  if (verdict.field !== 'body') {
    const author = (id: string | null): string | null =>
      verdict.field === 'author' && id !== null ? context.input.authors.textOf(id as never) : id;
    return [
      conflictOf(triple, here.file, {
        field: verdict.field,
        locale: shown,
        local: author(verdict.local),
        remote: author(verdict.remote),
        reason,
      }),
    ];
  }
  const refs = localRefs(context.refs, here.file, verdict.locale);
  const text = (blocks: typeof verdict.blocks): string => spellMarkdown(readMarkdown('', refs), blocks, refs);
  return verdict.conflicts.map((one) =>
    conflictOf(triple, here.file, {
      field: 'body',
      locale: shown,
      local: text(one.local),
      remote: text(one.remote),
      reason,
    }),
  );
}

function weighParent(
  triple: ArticleTriple,
  local: LocalArticle,
  parent: ParentVerdict,
  work: Work,
  context: DecisionContext,
): void {
  const change: FieldChange = {
    field: 'parent',
    locale: null,
    before: context.folderOf(parent.remote),
    after: context.folderOf(parent.local),
  };
  switch (parent.standing) {
    case 'ahead':
      work.ahead.push('moved here');
      work.isMoved = true;
      work.writeFields.push(change);
      return;
    case 'behind': {
      work.behind.push('moved in the help center');
      work.fileFields.push({ ...change, before: change.after, after: change.before });
      // A language that was removed over there does not move along.
      const gone = work.steps.flatMap((step) => (step.step === 'trash' ? [step.path] : []));
      work.steps.push(...moveSteps(triple, context.layout.pathOf(triple.key), gone, context));
      return;
    }
    case 'converged':
      work.isRowStale = true;
      work.isParentAgreed = true;
      return;
    case 'conflict':
      work.conflicts.push(
        conflictOf(triple, local.path, {
          field: 'parent',
          locale: null,
          local: context.folderOf(parent.local),
          remote: context.folderOf(parent.remote),
          reason: parent.reason,
        }),
      );
      return;
    case 'same':
    case 'merged':
      return;
  }
}

const nameOfField = (field: FieldChange['field']): string => (field === 'body' ? 'text' : field);

type Field = FieldVerdict['field'] & ('title' | 'description' | 'state' | 'author' | 'body');
