import type { PageData } from '../look/search-document.ts';

/** Null on a page that tells nothing, such as that of a help center that is not there. */
export const pageData: PageData | null =
  document.body.dataset['page'] === undefined
    ? null
    : (JSON.parse(document.body.dataset['page']) as PageData);

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
