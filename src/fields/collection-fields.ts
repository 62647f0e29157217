/* The fields of a collection; some of them have a value in each further language, too. */
import type { BaseCollection, BaseCollectionFields, Halves } from '../model/base.ts';
import type {
  CollectionField,
  CollectionFields,
  CollectionTexts,
  LocalCollection,
  LocalCollectionFields,
  RemoteCollection,
} from '../model/entry.ts';
import { baseName } from '../model/identity.ts';
import { each, namesOf } from './each.ts';

interface Field<Name extends CollectionField> {
  /** How plans name it. */
  readonly label: string;
  readonly isTranslated: Name extends keyof CollectionTexts ? true : false;
  /** Whether each write of the collection carries it, changed or not, so that the answer always tells the remote's half. */
  readonly isResent: boolean;
  /** What a new collection gets; null leaves it to the remote. */
  readonly first: (here: LocalCollection) => CollectionFields[Name] | null;
  /** What a new file says; null: nothing, since it would be noise. */
  readonly written: (there: RemoteCollection) => CollectionFields[Name];
  /** Both halves: what the folder says, else what the remote holds. */
  readonly agree: (here: LocalCollectionFields, there: CollectionFields) => BaseCollectionFields[Name];
  /** What counts as agreed where the base says nothing; null: nothing does. */
  readonly presumed: (
    here: LocalCollection,
    there: RemoteCollection,
  ) => Halves<CollectionFields[Name]> | null;
}

// Intercom gives every collection an icon, so these say nothing about what a person wanted.
const standardIcons: ReadonlySet<string | null> = new Set([null, 'book-bookmark', 'folder']);

export const collectionFields: { readonly [Name in CollectionField]: Field<Name> } = {
  name: {
    label: 'name',
    isTranslated: true,
    isResent: false,
    first: (here) => collectionName(here),
    written: ({ name }) => name,
    agree: (here, there) => ({ local: here.name ?? there.name, remote: there.name }),
    presumed: () => null,
  },
  description: {
    label: 'description',
    isTranslated: true,
    isResent: false,
    first: ({ description }) => description ?? '',
    written: ({ description }) => description,
    agree: (here, there) => ({ local: here.description ?? there.description, remote: there.description }),
    // Only one side has one: that one is new, and nothing conflicts with it.
    presumed: (here, there) =>
      (here.description ?? '') === '' || there.description === '' ? { local: '', remote: '' } : null,
  },
  icon: {
    label: 'icon',
    isTranslated: false,
    isResent: true,
    first: ({ icon }) => icon,
    // Every new collection gets this one.
    written: ({ icon }) => (icon === 'book-bookmark' ? null : icon),
    agree: (here, there) => ({ local: here.icon ?? there.icon, remote: there.icon }),
    presumed: (here, { icon }) =>
      here.icon !== null && standardIcons.has(icon) ? { local: icon, remote: icon } : null,
  },
};

/** What `make` gives for each field, as a row of the base holds it. */
export const agreedCollectionFields = (
  make: <Name extends CollectionField>(name: Name) => BaseCollectionFields[Name],
): BaseCollectionFields => each<BaseCollectionFields>(collectionNames, make);

export const collectionNames = namesOf(collectionFields);

export const translatedNames = collectionNames.filter(
  (name): name is keyof CollectionTexts => collectionFields[name].isTranslated,
);

/** Tells whether the remote changed anything of a collection since the base, its parent apart. */
export const isCollectionChangedThere = (base: BaseCollection, there: RemoteCollection): boolean =>
  collectionNames.some((name) => there[name] !== base[name].remote) || hasOtherTexts(there, base);

/** Tells whether the folder says anything of a collection that the base does not know. */
export const isCollectionChangedHere = (base: BaseCollection, here: LocalCollection): boolean =>
  collectionNames.some((name) => here[name] !== null && here[name] !== base[name].local) ||
  hasOtherTexts(here, base);

type Translated = Pick<RemoteCollection, 'translations'>;

const hasOtherTexts = (side: Translated, base: Translated): boolean =>
  [...side.translations].some(
    ([locale, texts]) => !isSameTexts(texts, base.translations.get(locale) ?? null),
  );

export const isSameTexts = (left: CollectionTexts | null, right: CollectionTexts | null): boolean =>
  left === right ||
  (left !== null && right !== null && translatedNames.every((name) => left[name] === right[name]));

/** What a folder without a name of its own is called: `getting-started` is "Getting started". */
export function collectionName(collection: LocalCollection): string {
  if (collection.name !== null) return collection.name;
  const words = baseName(collection.path).replace(/[-_]+/g, ' ').trim();
  return words === '' ? baseName(collection.path) : words.charAt(0).toUpperCase() + words.slice(1);
}
