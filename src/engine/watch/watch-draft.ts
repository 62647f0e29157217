import type { LocalArticle, PublishState, RemoteArticle } from '../../model/entry.ts';
import type { EntryKey } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { ArticleWrite, Operation, RemoteOperation } from '../../model/plan.ts';
import type { ContentEdit } from '../../model/remote-side.ts';
import type { Planned } from '../../plan/make-plan.ts';

export interface Drafted {
  readonly planned: Planned;
  /** Files whose texts are public, or are to be: they wait for a sync. */
  readonly drafted: readonly string[];
}

/**
 * The same plan without anything that readers would see: what is published stays as it is, what is new comes as a
 * draft. The files stay ahead, so that the next sync publishes what was held back. Taking something offline is not
 * publishing, and goes through.
 */
export function withoutPublishing(planned: Planned): Drafted {
  const remotes = new Map(planned.pairing.articles.map((one) => [one.key, one.remote]));
  const created = new Set<EntryKey>();
  const drafted: string[] = [];
  const operations = planned.plan.operations.flatMap((one): Operation[] => {
    if (one.side !== 'remote' || one.kind !== 'article' || one.action === 'delete') return [one];
    const write = draftOf(one.write, remotes.get(one.key) ?? null);
    if (write === one.write) return [one];
    drafted.push(one.path);
    if (one.action === 'create') created.add(one.key);
    const isEmpty = write.parent === undefined && Object.keys(write.locales).length === 0;
    return isEmpty ? [] : [shownAsDraft({ ...one, write })];
  });
  if (drafted.length === 0) return { planned, drafted };
  // The base must not take a published file and a draft for agreed.
  const articles = planned.pairing.articles.map((one) =>
    one.local !== null && created.has(one.key) ? { ...one, local: asDraft(one.local) } : one,
  );
  return {
    planned: {
      ...planned,
      plan: { ...planned.plan, operations },
      pairing: { ...planned.pairing, articles },
    },
    drafted,
  };
}

function draftOf(write: ArticleWrite, remote: RemoteArticle | null): ArticleWrite {
  let isSame = true;
  const locales: Partial<Record<Locale, ContentEdit>> = {};
  for (const [name, edit] of Object.entries(write.locales)) {
    const locale = name as Locale;
    const now = remote?.locales.get(locale)?.state ?? null;
    const kept = draftEdit(edit, now);
    isSame &&= kept === edit;
    if (kept !== null) locales[locale] = kept;
  }
  return isSame ? write : { ...write, locales };
}

/** Null: nothing of it may be sent. */
function draftEdit(edit: ContentEdit, now: PublishState | null): ContentEdit | null {
  if (edit.state === 'draft') return edit;
  if (now === 'published') return null;
  if (edit.state === undefined) return edit;
  if (now === null) return { ...edit, state: 'draft' };
  const { state, ...rest } = edit;
  return Object.keys(rest).length === 0 ? null : rest;
}

function shownAsDraft(
  operation: Extract<RemoteOperation, { kind: 'article' }>,
): Extract<RemoteOperation, { kind: 'article' }> {
  const { locales } = operation.write;
  const [only] = Object.values(locales);
  const fields = operation.fields.flatMap((field) => {
    if (field.field === 'parent') return [field];
    // Where there is one language only, fields name none.
    const edit = field.locale === null ? only : locales[field.locale];
    if (edit === undefined) return [];
    if (field.field !== 'state') return [field];
    return edit.state === undefined ? [] : [{ ...field, after: edit.state }];
  });
  return { ...operation, fields };
}

function asDraft(article: LocalArticle): LocalArticle {
  const locales = [...article.locales].map(
    ([locale, content]) => [locale, { ...content, state: 'draft' as const }] as const,
  );
  return { ...article, locales: new Map(locales) };
}
