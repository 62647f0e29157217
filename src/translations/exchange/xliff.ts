/* XLIFF 2.0, the format that tools of translators read: docs/decisions/0027-xliff.md. */
import * as z from 'zod';
import js2xliff from 'xliff/js2xliff';
import xliff2js from 'xliff/xliff2js';
import { locales } from '../../model/locale.ts';
import type { ExchangeEntry, ExchangeFile } from './file.ts';
import { saidIn, taggedOf, type Said } from './tagged.ts';

type Inline =
  | string
  | { readonly Standalone: { readonly id: string } }
  | { readonly Span: { readonly id: string; readonly contents: Content } };
type Content = string | readonly Inline[];

export async function printXliff({ source, locale, entries }: ExchangeFile): Promise<string> {
  const resources = Object.fromEntries(
    entries.map(({ path, units }) => [
      idOfPath(path),
      Object.fromEntries(
        units.map((unit) => [
          unit.id,
          {
            source: contentOf(unit.source),
            ...(unit.target === '' ? {} : { target: contentOf(unit.target) }),
            note: [...unit.notes],
          },
        ]),
      ),
    ]),
  );
  // Blanks count between words and placeholders, so the library must add none of its own.
  const text = await js2xliff({ sourceLanguage: source, targetLanguage: locale, resources }, { indent: '' });
  const lines = text.replaceAll(
    /(?=<(?:\/?(?:file|unit|notes|segment)|note|source|target|\/xliff)[ >])/g,
    '\n',
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines}\n`;
}

/** Null for what is no such document. */
export async function readXliff(text: string): Promise<ExchangeFile | null> {
  let document: unknown;
  try {
    document = await xliff2js(text);
  } catch {
    return null;
  }
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  const { sourceLanguage, targetLanguage, resources } = parsed.data;
  const entries = Object.entries(resources).flatMap(([id, units]): readonly ExchangeEntry[] => {
    const path = pathOfId(id);
    if (path === null) return [];
    return [
      {
        path,
        units: Object.entries(units).map(([unit, { source, target }]) => ({
          id: unit,
          source: textOf(source),
          target: target === undefined ? '' : textOf(target),
          notes: [],
        })),
      },
    ];
  });
  return { source: sourceLanguage, locale: targetLanguage, entries };
}

const contentOf = (tagged: string): Content => inlinesOf(saidIn(tagged) ?? []);

const inlinesOf = (parts: readonly Said[]): Content => {
  const inlines = parts.map((part): Inline => {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'single':
        return { Standalone: { id: part.id } };
      case 'pair':
        return { Span: { id: part.id, contents: inlinesOf(part.parts) } };
    }
  });
  return inlines.every((one) => typeof one === 'string') ? inlines.join('') : inlines;
};

const textOf = (content: z.infer<typeof contentSchema>): string => taggedOf(saidOf(content));

function saidOf(content: z.infer<typeof contentSchema>): readonly Said[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return content.map((one): Said => {
    if (typeof one === 'string') return { kind: 'text', text: one };
    if ('Standalone' in one) return { kind: 'single', id: one.Standalone.id };
    return { kind: 'pair', id: one.Span.id, parts: saidOf(one.Span.contents) };
  });
}

const contentSchema: z.ZodType<string | readonly Exclude<Inline, never>[]> = z.lazy(() =>
  z.union([
    z.string(),
    z.array(
      z.union([
        z.string(),
        z.object({ Standalone: z.object({ id: z.string() }) }),
        z.object({ Span: z.object({ id: z.string(), contents: contentSchema.default('') }) }),
      ]),
    ),
  ]),
);

const documentSchema = z.object({
  sourceLanguage: z.enum(locales),
  targetLanguage: z.enum(locales),
  resources: z.record(
    z.string(),
    z.record(z.string(), z.object({ source: contentSchema.default(''), target: contentSchema.optional() })),
  ),
});

/** Ids of XLIFF take no slashes and blanks: a colon stands for a slash, and `_20_` for a blank. */
const idOfPath = (path: string): string =>
  path
    .replaceAll(/[^\p{L}\p{N}.\-/]/gu, (sign) => `_${(sign.codePointAt(0) ?? 0).toString(16)}_`)
    .replaceAll('/', ':');

function pathOfId(id: string): string | null {
  const path = id
    .replaceAll(':', '/')
    .replaceAll(/_([0-9a-f]{1,6})_/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  return path === '' ? null : path;
}
