/* Texts that are kept for long and seldom read, kept small: those of ten thousand articles fit where a thousand did. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

interface WithBody {
  readonly body: string;
}

/** Something whose body is unpacked each time that somebody reads it; in all else the same. */
export function packed<Holder extends WithBody>(holder: Holder): Holder {
  const { body, ...rest } = holder;
  if (body.length < leastPacked) return holder;
  const small = deflateRawSync(Buffer.from(body, 'utf16le'), { level: 3, memLevel: 6 });
  // As a string of bytes: thousands of small buffers would lie between all else that is allocated outside of the heap,
  // and what is let go of there could not be given back.
  return withBodyFrom<Holder>(rest, small.toString('latin1'));
}

/** Something with the body of another, which is read from there. */
export function withBodyOf<Holder extends WithBody>(rest: Omit<Holder, 'body'>, other: WithBody): Holder {
  return withBodyFrom<Holder>(rest, other);
}

/** Takes the body into memory where it is read from another, which may not have it for long. */
export function keepBody(holder: WithBody): void {
  const { [source]: from } = holder as { readonly [source]?: WithBody | string };
  const isKept = Object.getOwnPropertyDescriptor(holder, 'body')?.get === undefined;
  if (typeof from === 'object' && !isKept)
    Object.defineProperty(holder, 'body', { value: from.body, enumerable: true });
}

/** Characters; shorter ones do not grow smaller by it. */
const leastPacked = 300;

const source = Symbol('source');

function withBodyFrom<Holder extends WithBody>(rest: Omit<Holder, 'body'>, from: WithBody | string): Holder {
  const made = { ...rest };
  Object.defineProperty(made, source, { value: from });
  // One function for all: objects with functions of their own would be several times as large.
  return Object.defineProperty(made, 'body', {
    get: readBody,
    enumerable: true,
    configurable: true,
  }) as unknown as Holder;
}

function readBody(this: { readonly [source]: WithBody | string }): string {
  const from = this[source];
  return typeof from === 'string'
    ? inflateRawSync(Buffer.from(from, 'latin1')).toString('utf16le')
    : from.body;
}

/** The same text as one of its own: a piece cut out of a longer text keeps all of that in memory. */
export function ownText(text: string): string {
  return text.length < shortText ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Pieces shorter than this are copied anyway. */
const shortText = 13;
