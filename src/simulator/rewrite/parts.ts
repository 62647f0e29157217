import { invalid } from '../state/api-error.ts';
import { attribute, classesOf, element } from '../../look/html.ts';
import type { Html, HtmlElement, SourceElement } from '../../look/html.ts';
import type { Mark } from './inline.ts';

export type Align =
  'intercom-align-left' | 'intercom-align-center' | 'intercom-align-right' | 'intercom-align-justify';

/** The inline surroundings of a node. */
export interface Around {
  readonly marks: readonly Mark[];
  readonly align: Align | null;
}

export function paragraph(children: readonly Html[], align: Align | null): HtmlElement {
  return element('p', [['class', align === null ? 'no-margin' : `${align} no-margin`]], children);
}

export function alignOf(node: SourceElement): Align | null {
  const found = classesOf(node).find((one) => /^intercom-align-(?:left|center|right|justify)$/.test(one));
  return found === undefined ? null : (found as Align);
}

/** The address of a link as stored; null where its scheme is not one for a page. */
export function linkAddress(node: SourceElement): string | null {
  const href = attribute(node, 'href')?.trim() ?? '';
  // Browsers read a scheme through line breaks and tabs.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.replaceAll(/[\u0000-\u0020]/g, ''))?.[1];
  if (href === '' || (scheme !== undefined && !/^(?:https?|mailto|tel)$/i.test(scheme))) return null;
  return href;
}

/** Refuses as Intercom does; it says no code of its own for what is wrong with a body. */
export function refuseBody(message: string): never {
  throw invalid(message, 'body');
}

/** Headings and images are the blocks before which the editor leaves a line feed. */
export function isFed(block: HtmlElement): boolean {
  return block.tag !== 'div' || block.attributes.some(([, value]) => value.startsWith('intercom-container'));
}
