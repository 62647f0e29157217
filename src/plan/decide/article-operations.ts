/* Turns what was found out about an article into operations on either side. */
import { articleNames, articleValues, valueNames, type LocalValues } from '../../fields/article-fields.ts';
import { each } from '../../fields/each.ts';
import type { Body } from '../../markup/meaning/body.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import { isSpacedOut, spellHtml } from '../../markup/spell/spell-html.ts';
import { spellMarkdown } from '../../markup/spell/spell-markdown.ts';
import { readHtml } from '../../markup/read/read-html.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { ArticleFileEdit, FieldChange, FileStep, NewArticleFile } from '../../model/plan.ts';
import type { ContentEdit } from '../../model/remote-side.ts';
import type { DecisionContext } from './decision.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import { localRefs, remoteRefs } from '../links/refs.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import type { BodyVerdict, FieldVerdict } from '../terms/verdict.ts';

/** A new language of an article, as it is sent: its blocks are spaced as those of `like` do, its default language. */
export function contentToSend(
  content: LocalContent,
  locale: Locale,
  like: RemoteContent | null,
  context: DecisionContext,
): ContentEdit {
  const { bodies, refs, input } = context;
  const there = remoteRefs(refs, locale);
  let edit: ContentEdit = {};
  for (const field of valueNames) {
    const { said, first } = articleValues[field];
    const value = said(content, null, input.authors) ?? first;
    if (value !== null) edit = { ...edit, [field]: value };
  }
  const spaced = isSpaced(like === null ? null : bodies.remote(like, input.policy.defaultLocale), context);
  const { blocks } = bodies.local(content, locale);
  return { ...edit, body: spellHtml(readHtml('', there), blocks, there, spaced) };
}

/** One language that the remote has and the folder lacks, as a file. */
export function contentToFile(
  content: RemoteContent,
  file: LocalPath,
  locale: Locale,
  context: DecisionContext,
): NewArticleFile {
  const { bodies, refs, input } = context;
  const here = localRefs(refs, file, locale);
  return {
    ...each<LocalValues>(valueNames, (field) => articleValues[field].written(content, input.authors)),
    body: spellMarkdown(readMarkdown('', here), bodies.remote(content, locale).blocks, here),
  };
}

/** The values of a new language, for people. */
export function newFields(
  content: LocalContent | NewArticleFile,
  locale: Locale | null,
): readonly FieldChange[] {
  return articleNames.flatMap((field): FieldChange[] => {
    const after = content[field] ?? (field === 'body' ? '' : articleValues[field].first);
    const isSaid = field === 'body' || (after !== null && after !== '');
    return isSaid ? [{ field, locale, before: null, after }] : [];
  });
}

/** What of one language is sent: the values that changed here, and of a merged body the part that the remote lacks. */
export function editToSend(
  fields: readonly FieldVerdict[],
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  context: DecisionContext,
): { readonly edit: ContentEdit; readonly changes: readonly FieldChange[] } {
  const { input } = context;
  const shown = locale === input.policy.defaultLocale ? null : locale;
  const changes: FieldChange[] = [];
  let edit: ContentEdit = {};
  for (const verdict of fields) {
    if (verdict.standing !== 'ahead' && verdict.standing !== 'merged') continue;
    if (verdict.field === 'body') {
      const body = bodyToSend(verdict, remote, locale, context);
      if (body === null) continue;
      edit = { ...edit, body };
      changes.push({
        field: 'body',
        locale: shown,
        before: spellMarkdown(
          verdict.localBody,
          verdict.remoteBody.blocks,
          localRefs(context.refs, local.file, locale),
        ),
        after: afterMerge(verdict, local, locale, context),
      });
      continue;
    }
    const { field, local: said } = verdict;
    if (said === null) continue;
    edit = { ...edit, [field]: said };
    const before = articleValues[field].written(remote, input.authors);
    changes.push({ field, locale: shown, before, after: local[field] ?? said });
  }
  return { edit, changes };
}

/** What of one language is written into its file: the values that changed on the remote, and merged bodies. */
export function editToFile(
  fields: readonly FieldVerdict[],
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  context: DecisionContext,
): { readonly edit: ArticleFileEdit; readonly changes: readonly FieldChange[] } {
  const { input, refs } = context;
  const shown = locale === input.policy.defaultLocale ? null : locale;
  const changes: FieldChange[] = [];
  let edit: ArticleFileEdit = {};
  for (const verdict of fields) {
    if (verdict.standing !== 'behind' && verdict.standing !== 'merged') continue;
    if (verdict.field === 'body') {
      const body = spellMarkdown(verdict.localBody, verdict.blocks, localRefs(refs, local.file, locale));
      if (body === local.body) continue;
      edit = { ...edit, body };
      changes.push({ field: 'body', locale: shown, before: local.body, after: body });
      continue;
    }
    const { field } = verdict;
    const after = articleValues[field].written(remote, input.authors);
    if (after === null) continue;
    edit = { ...edit, [field]: after };
    changes.push({ field, locale: shown, before: local[field], after });
  }
  return { edit, changes };
}

/** Every file of an article goes from one folder to another; the names stay unless the layout had to change one. */
export function moveSteps(
  triple: ArticleTriple,
  to: LocalPath,
  without: readonly LocalPath[],
  context: DecisionContext,
): readonly FileStep[] {
  const { local } = triple;
  if (local === null) return [];
  const { defaultLocale } = context.input.policy;
  return [...local.locales].flatMap(([locale, content]) => {
    const place = fileOfLocale(to, locale, defaultLocale);
    const from = context.layout.relocate(content.file);
    return from === place || without.includes(content.file)
      ? []
      : [{ step: 'move-file' as const, path: from, to: place, digest: content.digest }];
  });
}

/** Whether new blocks get empty paragraphs between them: without them readers see one wall of text. */
function isSpaced(like: Body | null, { input }: DecisionContext): boolean {
  const { spacing } = input.policy;
  if (spacing !== 'auto') return spacing === 'always';
  return (like === null ? null : isSpacedOut(like)) ?? true;
}

/** Null where the remote means the same already. */
function bodyToSend(
  verdict: BodyVerdict,
  remote: RemoteContent,
  locale: Locale,
  context: DecisionContext,
): string | null {
  const there = context.bodies.remote(remote, locale);
  const html = spellHtml(there, verdict.blocks, remoteRefs(context.refs, locale), isSpaced(there, context));
  return html === remote.body ? null : html;
}

function afterMerge(
  verdict: BodyVerdict,
  local: LocalContent,
  locale: Locale,
  context: DecisionContext,
): string {
  if (verdict.standing === 'ahead') return local.body;
  return spellMarkdown(verdict.localBody, verdict.blocks, localRefs(context.refs, local.file, locale));
}
