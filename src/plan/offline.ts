import { articleValues, valueNames, type ValueField } from '../fields/article-fields.ts';
import { each } from '../fields/each.ts';
import { quickHash } from '../markup/meaning/quick-hash.ts';
import type { Base, BaseArticle, BaseEntry } from '../model/base.ts';
import type { RemoteArticle, RemoteCollection, RemoteContent } from '../model/entry.ts';
import { byText, remoteId } from '../model/identity.ts';
import type { Plan } from '../model/plan.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { PlanInput } from './terms/input.ts';
import { makePlan } from './make-plan.ts';

/**
 * What a push would do if the help center were still as the base knows it. Edits that were made there since do not
 * show, and of a text only that it changed, since the base holds no texts.
 */
export function planOffline(
  input: Pick<PlanInput, 'base' | 'local' | 'policy' | 'names' | 'assetDigests'>,
): Plan {
  const { base, policy } = input;
  const known = withPlainBodies(base);
  const authors = authorsOf(base, input.local);
  const { plan } = makePlan({
    ...input,
    direction: 'push',
    base: known,
    remote: {
      workspace: base.pinned?.workspace ?? '',
      helpCenter: base.pinned?.helpCenter ?? unknownId,
      sites: [],
      defaultLocale: isMultilingual(base) ? policy.defaultLocale : null,
      articles: known.entries.flatMap((row) => (row.kind === 'article' ? [articleOf(row)] : [])),
      collections: known.entries.flatMap((row) => (row.kind === 'collection' ? [collectionOf(row)] : [])),
      problems: [],
    },
    authors,
  });
  return {
    ...plan,
    operations: plan.operations.map((one) =>
      one.action === 'create' ? one : { ...one, fields: one.fields.map(withoutText) },
    ),
  };
}

/** Stands for what nobody knows; no id of Intercom's is that small. */
const unknownId = remoteId('1');

/** What the remote holds of a text that is not known. */
const unknownText = '';

/** The base as it would be if all remote texts were the unknown one, so that none of them counts as changed. */
function withPlainBodies(base: Base): Base {
  const remoteQuick = quickHash(unknownText, 'html');
  const entries = base.entries.map((row): BaseEntry => {
    if (row.kind === 'collection') return row;
    const locales = [...row.locales].map(
      ([locale, content]) => [locale, { ...content, body: { ...content.body, remoteQuick } }] as const,
    );
    return { ...row, locales: new Map(locales) };
  });
  return { ...base, entries };
}

function articleOf(row: BaseArticle): RemoteArticle {
  const locales = [...row.locales]
    .filter(([, content]) => !content.hidden)
    .map(([locale, content]) => {
      const there = each<Pick<RemoteContent, ValueField>>(
        valueNames,
        (name) => articleValues[name].halves(content).remote,
      );
      return [locale, { ...there, body: unknownText }] as const;
    });
  return {
    kind: 'article',
    id: row.id,
    parents: row.parent === null ? [] : [row.parent],
    url: null,
    updatedAt: 0,
    locales: new Map(locales),
  };
}

function collectionOf(row: Extract<BaseEntry, { kind: 'collection' }>): RemoteCollection {
  return {
    kind: 'collection',
    id: row.id,
    parent: row.parent,
    name: row.name.remote,
    description: row.description.remote,
    icon: row.icon.remote,
    updatedAt: 0,
    translations: row.translations,
  };
}

function isMultilingual({ entries }: Base): boolean {
  return entries.some((row) =>
    row.kind === 'article'
      ? [...row.locales.values()].filter((content) => !content.hidden).length > 1
      : row.translations.size > 0,
  );
}

/** Authors as the base knows them; every other one is taken to be an admin, since nobody can be asked. */
function authorsOf(base: Base, local: LocalSnapshot): PlanInput['authors'] {
  const rows = base.entries.flatMap((row) => (row.kind === 'article' ? [...row.locales.values()] : []));
  const ids = new Map(
    rows.flatMap(({ author }) =>
      author.local === null || author.remote === null ? [] : [[author.local, author.remote] as const],
    ),
  );
  const texts = new Map([...ids].map(([text, id]) => [id, text] as const));
  const named = local.articles.flatMap((one) => [...one.locales.values()].map((content) => content.author));
  const strangers = [...new Set(named)]
    .filter((one) => one !== null && !ids.has(one))
    .toSorted(byNullableText);
  const idOf = (text: string): ReturnType<PlanInput['authors']['idOf']> => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    const place = strangers.indexOf(text);
    return place === -1 ? unknownId : remoteId(String(place + 2));
  };
  return { idOf, textOf: (id) => texts.get(id) ?? id };
}

const byNullableText = (left: string | null, right: string | null): number => byText(left ?? '', right ?? '');

function withoutText(change: Plan['operations'][number]['fields'][number]): typeof change {
  return change.field === 'body' && change.before !== null
    ? { ...change, before: null, after: null }
    : change;
}
