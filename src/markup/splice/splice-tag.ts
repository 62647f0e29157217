import type { Alignment, Picture } from '../meaning/canon.ts';
import type { DomElement } from '../html/dom.ts';
import { escapeAttribute, writeLink } from '../print/print-html.ts';
import { printImage } from '../print/print-inline.ts';
import type { Edit, Splicing } from './edit.ts';
import { inlineStyle } from './edit.ts';
import { imageOf } from './place.ts';

/** The edits that give an image another description or address; null where it has to be reprinted. */
export function spliceImage(held: Picture, wanted: Picture, splicing: Splicing): readonly Edit[] | null {
  const found = imageOf(held, splicing);
  if (found === null || found.image.start < 0 || held.align !== wanted.align) return null;
  const [before, after] = [held.image, wanted.image];
  if (before.width !== after.width) return null;
  const { image, link } = found;
  const moved: Edit[] = [];
  if (before.link?.ref !== after.link?.ref) {
    const isTag = link !== null && /^<a\s/iu.test(splicing.source.slice(link.start, link.start + 3));
    if (after.link === null || !isTag) return null;
    moved.push(attributeEdit(link, splicing.source, 'href', writeLink(after.link.ref, splicing.html)));
  }
  const source = splicing.source.slice(image.start, image.end);
  const src = splicing.refs.write(after.ref, 'image');
  if (/^<img/iu.test(source)) {
    const edits = moved;
    if (before.alt !== after.alt) edits.push(attributeEdit(image, splicing.source, 'alt', after.alt));
    if (before.ref !== after.ref) {
      edits.push(attributeEdit(image, splicing.source, 'src', src));
      // The size was that of the other picture.
      for (const name of ['width', 'height'])
        if (image.attributes.has(name)) edits.push(attributeEdit(image, splicing.source, name, null));
    }
    return edits;
  }
  const printed = printImage({ ...after, title: before.title }, inlineStyle(splicing, false), false);
  const [own, fresh] = [partsOf(source), partsOf(printed)];
  if (own === null || fresh === null) return null;
  const at = image.start;
  return [
    ...moved,
    ...(before.alt === after.alt ? [] : [{ start: at + 2, end: at + 2 + own.alt.length, text: fresh.alt }]),
    ...(before.ref === after.ref
      ? []
      : [{ start: at + own.from, end: at + own.from + own.address.length, text: fresh.address }]),
  ];
}

/** The description and the address of an image as Markdown has them; null for a reference. */
function partsOf(
  source: string,
): { readonly alt: string; readonly from: number; readonly address: string } | null {
  const found =
    /^!\[((?:[^\\\]]|\\[^])*)\]\(\s*(<(?:[^<>\\\n]|\\.)*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)(?:\s|\))/u.exec(
      source,
    );
  if (found === null) return null;
  const [, alt = '', address = ''] = found;
  const from = source.indexOf(address, 2 + alt.length + 2);
  return { alt, from, address };
}

/** Gives a tag of a source another value of one attribute; null takes the attribute away. */
export function attributeEdit(element: DomElement, source: string, name: string, value: string | null): Edit {
  const end = tagEnd(source, element.start);
  const tag = source.slice(element.start, end);
  const pattern = new RegExp(`\\s${name}\\s*(?:=\\s*("[^"]*"|'[^']*'|[^\\s"'>]+))?(?=[\\s/>])`, 'iu');
  const found = pattern.exec(tag);
  const text = value === null ? '' : ` ${name}="${escapeAttribute(value)}"`;
  if (found !== null) {
    const start = element.start + found.index;
    return { start, end: start + found[0].length, text };
  }
  const close = element.start + tag.length - (/\s*\/?>$/u.exec(tag)?.[0].length ?? 1);
  return { start: close, end: close, text };
}

/** Gives a tag another alignment by its class. */
export function alignmentEdit(element: DomElement, source: string, align: Alignment | null): Edit {
  const names = (element.attributes.get('class') ?? '')
    .split(/\s+/u)
    .filter((one) => one !== '' && !one.startsWith('intercom-align-'));
  const all = align === null ? names : [`intercom-align-${align}`, ...names];
  return attributeEdit(element, source, 'class', all.length === 0 ? null : all.join(' '));
}

/** The place behind a tag that begins at a place. */
export function tagEnd(source: string, start: number): number {
  const tag = /^<(?:[^"'>]|"[^"]*"|'[^']*')*>/u.exec(source.slice(start));
  return start + (tag?.[0].length ?? 0);
}
