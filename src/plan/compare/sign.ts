import { hash } from 'node:crypto';
import type { BaseFields } from '../../model/base.ts';
import type { LocalArticle, LocalCollection, LocalContent } from '../../model/entry.ts';
import { byText, type LocalPath } from '../../model/identity.ts';
import { quickOfBody } from '../../model/text-facts.ts';

/** A sign of all that the file of one language says, about 48 bits; line ends do not count, nor does its place. */
export function signOfContent(content: LocalContent): string {
  const { title, description, state, author } = content;
  return signOf([title, description, state, author, quickOfBody(content)]);
}

/** The same of what a row says its file said; a row has a state also where the file says none. */
export const signOfAgreed = (
  { title, description, state, author, body }: BaseFields,
  isStateSaid: boolean,
): string =>
  signOf([title.local, description.local, isStateSaid ? state.local : null, author.local, body.localQuick]);

/** The same of a folder and its `collection.yaml`. */
export function signOfCollection({ name, description, icon, translations }: LocalCollection): string {
  const texts = [...translations].toSorted(([left], [right]) => byText(left, right));
  return signOf([name, description, icon, texts.map(([locale, one]) => [locale, one.name, one.description])]);
}

/** A sign of a place in the folder. */
export const signOfPlace = (path: LocalPath): string => signOf(['place', path]);

/** Signs of all that an entry says in the folder, by language; a collection has one, under an empty name. */
export type Signs = Readonly<Record<string, string>>;

export function signsOf(entry: LocalArticle | LocalCollection): Signs {
  if (entry.kind === 'collection') return { '': signOfCollection(entry) };
  return Object.fromEntries(
    [...entry.locales].map(([locale, content]) => [locale, signOfContent(content)] as const),
  );
}

const signOf = (facts: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(facts), 'base64url').slice(0, 8);
