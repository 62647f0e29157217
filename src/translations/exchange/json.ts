import * as z from 'zod';
import { locales } from '../../model/locale.ts';
import type { ExchangeFile } from './file.ts';

const fileSchema = z.object({
  version: z.literal(1),
  source: z.enum(locales),
  locale: z.enum(locales),
  entries: z.array(
    z.object({
      path: z.string(),
      units: z.array(
        z.object({
          id: z.string(),
          source: z.string(),
          target: z.string().default(''),
          notes: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

export const printJson = (file: ExchangeFile): string =>
  `${JSON.stringify({ version: 1, ...file }, null, 2)}\n`;

/** Null for what is no such file. */
export function readJson(text: string): ExchangeFile | null {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
