/* The fields of an article, of which each language has a value of its own. */
import { baseOf, isBodyChanged, pulledBase, type BodyBase } from '../markup/merge/body-base.ts';
import { quickHash } from '../markup/meaning/quick-hash.ts';
import type { BaseContent, BaseFields, Halves } from '../model/base.ts';
import type { ArticleField, LocalContent, PublishState, RemoteContent } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { each, namesOf } from './each.ts';
import type { Authors, Bodies, Reading } from './reading.ts';

type IsChanged<Side, By = Reading> = (base: BaseContent, side: Side, locale: Locale, by: By) => boolean;
type Agree<Here, Agreed> = (
  before: BaseContent | null,
  here: Here,
  there: RemoteContent,
  locale: Locale,
  reading: Reading,
) => Agreed;

/** What every field of an article says about itself; `Agreed` is what the base keeps of it. */
interface Field<Agreed> {
  /** How plans name it. */
  readonly label: string;
  /** Whether it is text for readers, which a draft in Intercom's editor may take in the article's place. */
  readonly isText: boolean;
  /** Tells cheaply that neither side changed it; where that is not sure, it says no. */
  readonly isInStep: (base: BaseContent, here: LocalContent, there: RemoteContent, bodies: Bodies) => boolean;
  readonly isChangedHere: IsChanged<LocalContent>;
  readonly isChangedThere: IsChanged<RemoteContent, Bodies>;
  /** What the base keeps once both sides were seen to agree. */
  readonly agree: Agree<LocalContent, Agreed>;
  /**
   * What the base keeps once the folder took in what the remote holds; what the file has of its own stays a change. A
   * file that is null is taken to hold just that.
   */
  readonly pull: Agree<LocalContent | null, Agreed>;
  /** What the base keeps of a language that was sent to a help center which does not show it. */
  readonly hide: (here: LocalContent, locale: Locale, reading: Reading) => Agreed;
  /** Its part in the fingerprint of a remote entry. */
  readonly sign: (there: RemoteContent) => string | null;
}

export type ValueField = Exclude<ArticleField, 'body'>;

/** The values of one language as the folder holds them while both sides agree. */
export type LocalValues = { readonly [Name in ValueField]: BaseFields[Name]['local'] };

/** A field with a value that is compared as a whole; `Local` is how the folder has it, `Remote` how the remote does. */
interface Value<Local, Remote> {
  readonly label: string;
  readonly isText: boolean;
  readonly here: (content: LocalContent) => Local | null;
  readonly there: (content: RemoteContent) => Remote;
  readonly halves: (base: BaseContent) => Halves<Local, Remote>;
  /** What the file asks for, as the remote would hold it; null where it does not say. */
  readonly said: (here: LocalContent, base: BaseContent | null, authors: Authors) => Remote | null;
  /** The half of the base with which that is compared. */
  readonly half: (base: BaseContent) => Remote;
  /** What a new language gets on the remote where the file does not say. */
  readonly first: Remote;
  /** The folder's half where both agree on what the remote holds. */
  readonly kept: (here: LocalContent, there: Remote, before: BaseContent | null) => Local;
  /** What a file says for what the remote holds. */
  readonly written: (there: RemoteContent, authors: Authors) => Local;
  /** What counts as agreed where the base says nothing; null: nothing does. */
  readonly presumed: (here: LocalContent, there: RemoteContent) => Halves<Remote> | null;
}

function valueField<Local, Remote extends string | null>(
  value: Value<Local, Remote>,
): Value<Local, Remote> & Field<Halves<Local, Remote>> {
  const { here: valueHere, there: valueThere, halves, half, said, kept, written, first } = value;
  return {
    ...value,
    isInStep: (base, here, there) =>
      (valueHere(here) === null || valueHere(here) === halves(base).local) &&
      valueThere(there) === halves(base).remote,
    isChangedHere(base, here, _locale, { authors }) {
      const now = said(here, base, authors);
      return now !== null && now !== half(base);
    },
    isChangedThere: (base, there) => valueThere(there) !== halves(base).remote,
    agree: (before, here, there) => ({
      local: kept(here, valueThere(there), before),
      remote: valueThere(there),
    }),
    pull(before, here, there, _locale, { authors }) {
      const agreed = before === null ? null : halves(before);
      const remote = valueThere(there);
      if (agreed?.remote === remote) return agreed;
      // A file may have a spelling of its own for the same value.
      const isSaid = here !== null && remote !== null && said(here, before, authors) === remote;
      return { local: isSaid ? kept(here, remote, before) : written(there, authors), remote };
    },
    hide(here, _locale, { authors }) {
      const remote = said(here, null, authors) ?? first;
      return { local: kept(here, remote, null), remote };
    },
    sign: valueThere,
  };
}

const text = (name: 'title' | 'description') => ({
  label: name,
  isText: true,
  here: (content: LocalContent) => content[name],
  there: (content: RemoteContent) => content[name],
  halves: (base: BaseContent) => base[name],
  said: (here: LocalContent) => here[name],
  half: (base: BaseContent) => base[name].local,
  first: '',
  kept: (here: LocalContent) => here[name],
  written: (there: RemoteContent) => there[name],
  presumed: () => null,
});

/** While a file is away its state counts as what the remote was set to, so that its return is a change. */
const agreedState = ({ state, gone }: BaseContent): Halves<PublishState> =>
  gone ? { local: state.remote, remote: state.remote } : state;

/** The state that the file asks for; when it was away and does not say, the one that it had before. */
const saidState = ({ state }: LocalContent, base: BaseContent | null): PublishState | null =>
  state ?? (base?.gone === true ? base.state.local : null);

/** Those that are compared as a whole. */
export const articleValues: {
  readonly [Name in ValueField]: Value<LocalValues[Name], RemoteContent[Name]> & Field<BaseFields[Name]>;
} = {
  title: valueField<string, string>(text('title')),
  description: valueField<string, string>({
    ...text('description'),
    // Never agreed, and only one side has one: that one is new, and nothing conflicts with it.
    presumed: (here, there) =>
      here.description === '' || there.description === '' ? { local: '', remote: '' } : null,
  }),
  state: valueField<PublishState, PublishState>({
    label: 'state',
    isText: false,
    here: ({ state }) => state,
    there: ({ state }) => state,
    halves: agreedState,
    said: saidState,
    half: (base) => agreedState(base).local,
    first: 'draft',
    kept: (here, there, before) => saidState(here, before) ?? there,
    written: ({ state }) => state,
    presumed: () => null,
  }),
  author: valueField<string | null, RemoteId | null>({
    label: 'author',
    isText: false,
    here: ({ author }) => author,
    there: ({ author }) => author,
    halves: ({ author }) => author,
    // The agreed spelling means the agreed admin.
    said: ({ author }, base, authors) =>
      author === null ? null : base?.author.local === author ? base.author.remote : authors.idOf(author),
    half: ({ author }) => author.remote,
    first: null,
    kept: ({ author }) => author,
    written: ({ author }, authors) => (author === null ? null : authors.textOf(author)),
    presumed: () => null,
  }),
};

const body: Field<BodyBase> = {
  label: 'text',
  isText: true,
  isInStep: (base, here, there, bodies) =>
    bodies.isLocalQuick(here, base.body.localQuick) && bodies.remoteQuick(there) === base.body.remoteQuick,
  isChangedHere: (base, here, locale, { bodies }) =>
    !bodies.isLocalQuick(here, base.body.localQuick) && isBodyChanged(base.body, bodies.local(here, locale)),
  isChangedThere: (base, there, locale, bodies) =>
    bodies.remoteQuick(there) !== base.body.remoteQuick &&
    isBodyChanged(base.body, bodies.remote(there, locale)),
  agree: (_before, here, there, locale, { bodies }) => ({
    ...baseOf(bodies.local(here, locale), bodies.remote(there, locale)),
    localQuick: bodies.localQuick(here),
    remoteQuick: bodies.remoteQuick(there),
  }),
  pull(before, here, there, locale, { bodies }) {
    const remoteQuick = bodies.remoteQuick(there);
    if (before === null || here === null) {
      const stored = bodies.remote(there, locale);
      return { ...baseOf(stored, stored), localQuick: '', remoteQuick };
    }
    const pulled =
      remoteQuick === before.body.remoteQuick || !isBodyChanged(before.body, bodies.remote(there, locale))
        ? before.body
        : pulledBase(before.body, bodies.remote(there, locale), bodies.local(here, locale));
    const isLocalSame =
      bodies.isLocalQuick(here, pulled.localQuick) || !isBodyChanged(pulled, bodies.local(here, locale));
    return { ...pulled, localQuick: isLocalSame ? bodies.localQuick(here) : pulled.localQuick, remoteQuick };
  },
  hide(here, locale, { bodies }) {
    const sent = bodies.local(here, locale);
    return { ...baseOf(sent, sent), localQuick: bodies.localQuick(here), remoteQuick: '' };
  },
  sign: (there) => quickHash(there.body, 'html'),
};

export const articleFields: { readonly [Name in ArticleField]: Field<BaseFields[Name]> } = {
  ...articleValues,
  body,
};

export const valueNames = namesOf(articleValues);
export const articleNames = namesOf(articleFields);

/** Tells whether the folder holds anything of this language that the base does not know. */
export const isContentChangedHere: IsChanged<LocalContent> = (...asked) =>
  articleNames.some((name) => articleFields[name].isChangedHere(...asked));

/** Tells whether the remote holds anything of this language that the base does not know. */
export const isContentChangedThere: IsChanged<RemoteContent, Bodies> = (...asked) =>
  articleNames.some((name) => articleFields[name].isChangedThere(...asked));

/** One language as a row of the base: what `make` gives for each of its fields. */
export const agreedFields = (make: <Name extends ArticleField>(name: Name) => BaseFields[Name]): BaseFields =>
  each<BaseFields>(articleNames, make);
