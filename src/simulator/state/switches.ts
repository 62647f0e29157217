import * as z from 'zod';

/**
 * What nobody could find out about Intercom, one switch for each open question.
 *
 * The default is the likelier answer. A test turns a switch to see that a client survives the other one.
 */
export const SwitchesSchema = z.strictObject({
  multilingual: z.boolean().default(true).describe('answers carry default_locale and translated_content'),
  localeKeys: z
    .enum(['all', 'enabled'])
    .default('all')
    .describe('translated_content names all 37 locales (null where empty) or only those switched on'),
  unknownLocale: z
    .enum(['ignore', 'refuse'])
    .default('ignore')
    .describe('a locale that Intercom does not know is passed over, or answered with 400'),
  clash: z
    .enum(['top', 'locale'])
    .default('top')
    .describe('which text wins when the default locale is sent at the top and under its own key'),
  omittedLocaleFields: z
    .enum(['keep', 'empty'])
    .default('keep')
    .describe('fields left out of a locale object that exists already stay, or are emptied'),
  nullLocale: z
    .enum(['remove', 'ignore'])
    .default('remove')
    .describe('null sent for a locale removes that translation, or does nothing'),
  localeTouchesTop: z
    .boolean()
    .default(false)
    .describe('an edit of one translation moves updated_at of the whole article'),
  idleUpdate: z
    .enum(['touch', 'leave'])
    .default('touch')
    .describe('a PUT that changes nothing moves updated_at, or not'),
  authorOnUpdate: z
    .enum(['keep', 'tokenAdmin'])
    .default('keep')
    .describe('a PUT without author_id keeps the author, or takes the admin of the token'),
  unknownAdmin: z
    .literal([400, 401])
    .default(400)
    .describe('status for an author_id that is no admin of the workspace'),
  missingTitle: z
    .enum(['parameter_not_found', 'parameter_invalid'])
    .default('parameter_not_found')
    .describe('code of the 400 for an article without a title'),
  blankTitle: z
    .enum(['refuse', 'accept'])
    .default('refuse')
    .describe('an empty title or name is answered with 400, or stored'),
  longestTitle: z
    .int()
    .min(0)
    .default(0)
    .describe('titles and names of more characters are answered with 400; 0 for no such limit'),
  unknownParent: z.literal([404, 400]).default(404).describe('status for a parent_id that does not exist'),
  badMove: z
    .literal([400, 422])
    .default(400)
    .describe('status for a fourth level and for a collection moved below itself'),
  severalParents: z
    .enum(['replaceAll', 'sameHelpCenter'])
    .default('replaceAll')
    .describe(
      'a parent_id written to an article in several help centers replaces all its collections, or one',
    ),
  nullParent: z
    .enum(['takeOut', 'ignore'])
    .default('takeOut')
    .describe('parent_id null takes an article out of its collections, or does nothing'),
  parentlessUrl: z
    .enum(['given', 'null'])
    .default('given')
    .describe('whether a published article outside every collection has a url'),
  deleteCollection: z
    .enum(['cascade', 'refuse', 'lift'])
    .default('cascade')
    .describe('what becomes of collections inside a deleted one: deleted too, 400, or moved up'),
  nestedHelpCenterId: z
    .enum(['null', 'given'])
    .default('null')
    .describe('help_center_id of a collection inside another one'),
  collectionIcon: z
    .enum(['taken', 'ignored'])
    .default('taken')
    .describe('whether an icon in a collection request is read'),
  collectionOrder: z
    .enum(['updated', 'created'])
    .default('updated')
    .describe('lists of collections: newest updated_at first, or oldest id first'),
  ties: z
    .enum(['idDescending', 'idAscending'])
    .default('idDescending')
    .describe('order of rows of the same second'),
  helpCenterFilter: z
    .enum(['ignored', 'applied'])
    .default('ignored')
    .describe('whether help_center_id filters the list of collections'),
  largePage: z
    .enum(['clamp', 'refuse'])
    .default('clamp')
    .describe('per_page above 250 counts as 250, or is answered with 400'),
  negativePage: z
    .enum(['first', 'refuse'])
    .default('first')
    .describe('a negative page counts as the first, or is answered with 400'),
  nextHost: z
    .enum(['own', 'intercom'])
    .default('own')
    .describe('pages.next names this server, or https://api.intercom.io'),
  listLag: z.number().min(0).default(0).describe('seconds until a write shows in lists'),
  searchLag: z.number().min(0).default(0).describe('seconds until a write shows in the search'),
  webDraftPending: z
    .boolean()
    .default(false)
    .describe('every published article counts as having an unpublished draft, which swallows text changes'),
  headingIds: z
    .enum(['keep', 'renew'])
    .default('keep')
    .describe('heading ids of Intercom’s own form are kept when sent, or made anew at each write'),
  nestedLists: z.enum(['keep', 'refuse']).default('keep').describe('a list inside a list is stored, or 400'),
  otherInline: z
    .enum(['unwrap', 'keep'])
    .default('unwrap')
    .describe('u, s, del, sup and sub lose their tag, or keep it'),
  blockquote: z.enum(['unwrap', 'keep']).default('unwrap').describe('blockquote loses its tag, or keeps it'),
  codeBreaks: z
    .enum(['newline', 'br'])
    .default('newline')
    .describe('line breaks in code blocks come back as line feeds, or as br'),
  collapsibleSections: z
    .enum(['keep', 'unwrap'])
    .default('keep')
    .describe('details that is sent is stored as a collapsible section, or as its contents'),
  dataImages: z
    .enum(['refuse', 'drop'])
    .default('refuse')
    .describe('an image as a data: URI is answered with 400, or left out'),
  brokenImages: z
    .enum(['refuse', 'accept'])
    .default('refuse')
    .describe('an image that cannot be fetched is answered with 400, or stored and broken'),
  imageAddresses: z
    .enum(['intercom', 'own'])
    .default('intercom')
    .describe('stored images are addressed on downloads.intercomcdn.com, or on this server'),
  signingPeriod: z
    .enum(['day', 'quarter'])
    .default('day')
    .describe('image signatures last until noon UTC of the next day, or to the next quarter of an hour'),
  emptyBody: z.enum(['empty', 'null']).default('empty').describe('an empty body is answered as "" or null'),
  retryAfter: z.boolean().default(false).describe('a 429 carries Retry-After'),
  readOnlyCode: z
    .enum(['forbidden', 'action_forbidden'])
    .default('forbidden')
    .describe('code of the 403 for a write with a token that may only read'),
  strictAccept: z.boolean().default(false).describe('a call without an Accept header is answered with 406'),
  unstableVersion: z.boolean().default(false).describe('Unstable still works as a name of Preview'),
});

export type Switches = Readonly<z.infer<typeof SwitchesSchema>>;

export const defaultSwitches: Switches = SwitchesSchema.parse({});
