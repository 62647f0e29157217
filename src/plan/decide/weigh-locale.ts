/* One language of an article that both sides have: there or gone, and field by field. */
import { articleFields, articleValues } from '../../fields/article-fields.ts';
import { labelsOf } from '../../fields/fields.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import { spellMarkdown } from '../../markup/spell/spell-markdown.ts';
import type { LocalArticle, LocalContent, RemoteArticle, RemoteContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Conflict, FieldChange } from '../../model/plan.ts';
import { contentToFile, contentToSend, editToFile, editToSend, newFields } from './article-operations.ts';
import type { ArticleWork } from './article-work.ts';
import { conflictOf, type DecisionContext } from './decision.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import { localRefs } from '../links/refs.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import type { BothVerdict, FieldVerdict, LocaleVerdict } from '../terms/verdict.ts';

/** Notes what one language is ahead with, behind with or in conflict about. */
export function weighLocale(
  verdict: LocaleVerdict,
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  work: ArticleWork,
  context: DecisionContext,
): void {
  const { defaultLocale, deletions } = context.input.policy;
  const { locale } = verdict;
  const shown = locale === defaultLocale ? null : locale;
  const said = shown === null ? '' : ` (${shown})`;
  const here = local.locales.get(locale);
  const there = remote.locales.get(locale);
  switch (verdict.presence) {
    case 'both':
      if (here !== undefined && there !== undefined)
        weighFields(verdict, { triple, here, there, shown, said, work, context });
      return;
    case 'new-local':
      if (here === undefined) return;
      work.ahead.push(`new language${said}`);
      work.write[locale] = contentToSend(here, locale, remote.locales.get(defaultLocale) ?? null, context);
      work.writeFields.push(...newFields(here, shown));
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
      work.fileFields.push(...newFields(written, shown));
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

/** One language that both sides have, and where what is found out about it goes. */
interface Both {
  readonly triple: ArticleTriple;
  readonly here: LocalContent;
  readonly there: RemoteContent;
  /** The language as plans name it: null for the default one, which goes without saying. */
  readonly shown: Locale | null;
  readonly said: string;
  readonly work: ArticleWork;
  readonly context: DecisionContext;
}

function weighFields({ fields, adopted, isPutBack, locale }: BothVerdict, both: Both): void {
  const { here, there, said, work, context } = both;
  const converged = fields.filter((one) => one.standing === 'converged').map((one) => one.field);
  const isWholly = fields.every((one) => one.standing === 'same' || one.standing === 'converged');
  if (adopted || converged.length > 0) work.isRowStale = true;
  if (adopted && isWholly) work.agreed.set(locale, 'all');
  else if (!adopted && converged.length > 0) work.agreed.set(locale, new Set(converged));
  for (const verdict of fields) {
    if (verdict.standing === 'conflict') work.conflicts.push(...fieldConflicts(verdict, adopted, both));
  }
  const sent = editToSend(fields, here, there, locale, context);
  if (sent.changes.length > 0) {
    work.write[locale] = { ...work.write[locale], ...sent.edit };
    work.writeFields.push(...sent.changes);
    const changed = sent.changes.filter(
      (change) => change.field !== 'body' || change.before !== change.after,
    );
    if (changed.length > 0) work.ahead.push(`${labelsIn(changed)} changed here${said}`);
    // The text is the same, and yet it means something else.
    if (changed.length < sent.changes.length)
      work.ahead.push(`what its links or images lead to is new${said}`);
  }
  const filed = editToFile(fields, here, there, locale, context);
  if (filed.changes.length > 0) {
    work.steps.push({ step: 'edit-article', path: here.file, digest: here.digest, edit: filed.edit });
    work.fileFields.push(...filed.changes);
    const why = isPutBack ? 'put back to what it was before a pull' : 'changed in the help center';
    work.behind.push(`${labelsIn(filed.changes)} ${why}${said}`);
    if (isPutBack) work.putBack.push(here.file);
  }
  const isUnspoken =
    fields.some((verdict) => verdict.standing === 'behind' || verdict.standing === 'merged') &&
    filed.changes.length === 0;
  if (isUnspoken) work.isRowStale = true;
}

/** Without the language, which is said once. */
const labelsIn = (changes: readonly FieldChange[]): string =>
  labelsOf(changes.map(({ field }) => ({ field, locale: null })));

function fieldConflicts(
  verdict: FieldVerdict,
  isAdopted: boolean,
  { triple, here, there, shown, context }: Both,
): readonly Conflict[] {
  const { label } = articleFields[verdict.field];
  const reason = isAdopted
    ? `linked by its title for the first time, but the ${label} differs`
    : `the ${label} was changed on both sides`;
  if (verdict.field !== 'body') {
    const { field } = verdict;
    return [
      conflictOf(triple, here.file, {
        field,
        locale: shown,
        local: here[field] ?? verdict.local,
        remote: articleValues[field].written(there, context.input.authors),
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
