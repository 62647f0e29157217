import * as z from 'zod';
import { locales } from '../model/locale.ts';

/** What a key may hold, as text: the reader of files checks it, and editors learn it from the schemas below. */
export const articleText = {
  title: z.string().max(255).regex(/\S/),
  state: z.enum(['published', 'draft']),
};
export const collectionName = z.string().regex(/\S/);

/** In YAML a number or a word such as `true` is a text as well: `title: 2026`. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const title = z.union([articleText.title, z.number(), z.boolean()]);
const name = z.union([collectionName, z.number(), z.boolean()]);
const id = scalar.meta({ description: 'The id in Intercom, a number; you hardly ever need this key' });
const description = scalar.meta({ description: 'The line below the title and in search results' });

/** The front matter of an article. Other keys are the user's own. */
export const frontMatterSchema = z.looseObject({
  title: title
    .optional()
    .meta({ description: 'The title of the article; else its first heading of level 1' }),
  description: description.optional(),
  state: articleText.state.optional().meta({ description: 'Whether readers see the article' }),
  author: scalar.optional().meta({ description: 'An admin of your workspace: an e-mail address or an id' }),
  id: id.optional(),
  reviewed: scalar
    .optional()
    .meta({ description: 'The day on which somebody last read it through, such as 2026-11-26' }),
  owner: scalar.optional().meta({ description: 'Who answers for the article; never sent' }),
  covers: z
    .union([scalar, z.array(scalar)])
    .optional()
    .meta({ description: 'Files of the repository that the article speaks of, such as src/billing/**' }),
});

const texts = {
  name: name.meta({ description: 'What readers see; else the name of the folder' }),
  description: scalar.optional().meta({ description: 'The line below the name' }),
};

/** A `collection.yaml`. Other keys are the user's own. */
export const collectionSchema = z.looseObject({
  name: texts.name.optional(),
  description: texts.description,
  icon: scalar.optional().meta({ description: 'The name of one of Intercom’s icons' }),
  translations: z
    .partialRecord(z.enum(locales), z.looseObject(texts))
    .nullable()
    .optional()
    .meta({ description: 'Name and description in other languages' }),
  id: id.optional(),
  order: z
    .array(scalar)
    .optional()
    .meta({ description: 'The folders in it as readers should see them; an audit tells where they do not' }),
});
