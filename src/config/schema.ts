import * as z from 'zod';
import { closest } from '../decode/issues.ts';
import { isRemoteId, remoteIdPattern } from '../model/identity.ts';
import { isLocale, locales, type Locale } from '../model/locale.ts';

/*
 * `meta` says what a key means, for editors, in the words of docs/config.md; and what a check of ours has no other form
 * for. `scripts/schemas.mjs` makes the JSON Schema from it.
 */
const localeText = z
  .string()
  .superRefine((text, context) => {
    if (isLocale(text)) return;
    const near = closest(text, locales);
    context.addIssue({
      code: 'custom',
      message: `${named(text)} is not a locale of Intercom${near === null ? '' : `; did you mean "${near}"?`}`,
    });
  })
  .meta({ enum: [...locales] });

/** A value for a message. What is longer than any right one may be a token in the wrong place, and is not repeated. */
const named = (given: string): string => (given.length > 20 ? 'this value' : `"${given}"`);

function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, {
    error: (issue) => {
      const given = typeof issue.input === 'string' ? issue.input : String(issue.input);
      const near = closest(given, values);
      const hint = near === null ? '' : `; did you mean "${near}"?`;
      return `${named(given)} is not one of ${values.join(', ')}${hint}`;
    },
  });
}

const text = z.string({ error: 'must be text' }).min(1, 'must not be empty');
const id = z
  .union(
    [
      z.string().meta({ pattern: remoteIdPattern.source }),
      z.number().int().nonnegative().meta({ minimum: 1 }),
    ],
    {
      error: 'must be an id of Intercom: digits only',
    },
  )
  .transform(String)
  .refine(isRemoteId, 'must be an id of Intercom: digits only');

const remote = z.strictObject(
  {
    provider: choice(['simulator', 'intercom']).meta({ description: 'Whom to sync with' }),
    region: choice(['us', 'eu', 'au'])
      .default('us')
      .meta({ description: 'Where Intercom keeps the workspace' }),
    version: z
      .union([z.string(), z.number()], { error: 'must be a version such as "2.11"' })
      .transform(String)
      .refine((version) => version === '2.11', 'must be "2.11", the one version that Shelfmark speaks')
      .default('2.11')
      .meta({ enum: ['2.11', 2.11], description: 'The version of Intercom’s API' }),
    helpCenter: id.optional().meta({ description: 'Which help center, where the workspace has several' }),
    author: z
      .union([z.string().min(1), z.number().int().positive()], {
        error: 'must be an e-mail address or the id of an admin',
      })
      .transform(String)
      .optional()
      .meta({ description: 'Author of new articles whose file names none' }),
  },
  { error: 'must be a mapping with at least "provider"' },
);

const conflicts = choice(['hold', 'local', 'remote']).meta({
  description: 'Which side wins where both changed the same thing; "hold" asks you',
});
const spacing = choice(['auto', 'always', 'never']).meta({
  description: 'Whether new blocks get an empty paragraph between them',
});
const deletions = choice(['unpublish', 'delete', 'keep']).meta({
  description: 'What becomes of an article when its file is deleted',
});
const maxDeletes = z
  .union(
    [
      z.number().int().nonnegative(),
      z.string().regex(/^(?:\d{1,2}|100)%$/, 'must be a number of entries or a percentage such as 10%'),
    ],
    {
      error: 'must be a number of entries or a percentage such as 10%',
    },
  )
  .transform((value) =>
    typeof value === 'number'
      ? { count: value, percent: null }
      : { count: null, percent: Number.parseInt(value, 10) },
  )
  .meta({ description: 'A run that would delete more than this is refused' });
const assets = z.strictObject(
  {
    baseUrl: text
      .refine((url) => /^https?:\/\//.test(url), 'must begin with https://')
      .refine((url) => url.includes('{path}'), 'must hold {path}, where the path of the file goes')
      .optional()
      .meta({
        pattern: '^https?://.*\\{path\\}',
        description: 'Where Intercom fetches the images of the content folder',
      }),
    download: z
      .boolean({ error: 'must be true or false' })
      .default(true)
      .meta({ description: 'Whether images that were added in the web editor are saved beside the article' }),
  },
  { error: 'must be a mapping' },
);

const greeting = z.union([text, z.record(z.string(), text)], {
  error: 'must be text, or a mapping from locales to texts',
});
const preview = z.strictObject(
  {
    title: text
      .optional()
      .meta({ description: 'The name of the help center in the preview and in the simulator' }),
    greeting: greeting
      .superRefine((given, context) => {
        for (const locale of typeof given === 'string'
          ? []
          : Object.keys(given).filter((one) => !isLocale(one)))
          context.addIssue({ code: 'custom', message: `${named(locale)} is not a locale of Intercom` });
      })
      .optional()
      .meta({ description: 'What its home page asks the readers' }),
    color: text
      .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i, 'must be a colour such as "#334bfa", in quotation marks')
      .optional()
      .meta({ description: 'Its colour' }),
    logo: text
      .regex(
        /^(?:\.\/)?(?!.*(?:^|\/)\.)[^\\:/][^\\:]*\.(?:svg|png|jpe?g|gif|webp)$/i,
        'must be a picture beside or below the config file, such as logo.svg',
      )
      .optional()
      .meta({ description: 'The picture beside its name' }),
  },
  { error: 'must be a mapping' },
);

const audit = z.strictObject(
  {
    rules: z
      .record(
        z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be a code such as ARTICLE_SHORT'),
        choice(['off', 'warning', 'error']),
      )
      .default({})
      .meta({ description: 'How findings are reported, by their codes' }),
    stale: text
      .regex(/^\d{1,5}d$/, 'must be a number of days such as 180d')
      .optional()
      .meta({ description: 'After how many days an article that nobody looked at counts as old' }),
    ignore: z
      .array(text)
      .default([])
      .meta({ description: 'Addresses on the web that are not checked; * stands for anything' }),
  },
  { error: 'must be a mapping' },
);

/** Variables of the system, of programs and of other services: a config file comes with a repository, and sends none of them anywhere. */
const isOthers =
  /^(?:(?:GITHUB|GH|ACTIONS|RUNNER|INPUT|GIT|CI|GITLAB|NPM|NODE|YARN|PNPM|SSH|GPG|AWS|AZURE|GOOGLE|GCP|GCLOUD|DOCKER|VAULT|SLACK|STRIPE|OPENAI|LD|DYLD|XDG|LC|HTTPS?|ALL|NO)_.*|PATH|HOME|USER(?:NAME|PROFILE)?|LOGNAME|SHELL|PWD|OLDPWD|TMPDIR|TEMP|TMP|APPDATA|LANG|TERM|HOSTNAME|EDITOR|PAGER|DATABASE_URL)$/i;

/** A pattern for where there are no flags. */
const anyCase = ({ source }: RegExp): string =>
  source.replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);

const lock = text.optional().meta({ description: 'Where the lock file is kept' });

const targetSchema = z.strictObject(
  {
    remote: remote.optional(),
    lock,
    tokenVariable: text
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
      .refine(
        (name) => !isOthers.test(name),
        'must be a variable that is there for this token, such as STAGING_TOKEN: others would be sent to the help center',
      )
      .optional()
      .meta({
        not: { pattern: anyCase(isOthers) },
        description: 'The environment variable that holds the token',
      }),
    conflicts: conflicts.optional(),
    deletions: deletions.optional(),
    maxDeletes: maxDeletes.optional(),
    spacing: spacing.optional(),
    assets: assets.optional(),
  },
  { error: 'must be a mapping' },
);

/** The shape of `sync.config.yaml`; unknown keys are errors at every depth. */
export const configSchema = z.strictObject(
  {
    content: text.default('content').meta({ description: 'The folder with the articles' }),
    defaultLocale: localeText
      .transform((value) => value as Locale)
      .default('en')
      .meta({ description: 'The language of files that have none in their names' }),
    remote,
    lock,
    conflicts: conflicts.default('hold'),
    deletions: deletions.default('unpublish'),
    maxDeletes: maxDeletes.default({ count: null, percent: 10 }).meta({ default: '10%' }),
    spacing: spacing.default('auto'),
    assets: assets.default({ download: true }).meta({ description: 'Images' }),
    titles: choice(['frontMatter', 'fileName'])
      .default('frontMatter')
      .meta({ description: 'Where the title comes from when neither front matter nor a heading says it' }),
    gitIgnored: choice(['skip', 'sync'])
      .default('skip')
      .meta({ description: 'Whether files that git ignores are content' }),
    siteRoot: text
      .regex(/^\/(?!\/)/, 'must be a path that begins with a slash, such as /docs/')
      .default('/')
      .meta({ description: 'What a link such as /guide/install is relative to' }),
    preview: preview.default({}).meta({ description: 'How the preview and the simulated help center look' }),
    audit: audit.default({ rules: {}, ignore: [] }).meta({ description: 'What "shelfmark audit" looks for' }),
    targets: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
        targetSchema,
      )
      .default({})
      .meta({ description: 'Other help centers for the same folder' }),
  },
  { error: 'must be a mapping of keys to values' },
);

export type RawConfig = z.infer<typeof configSchema>;
export type RemoteConfig = z.infer<typeof remote>;
export type MaxDeletes = z.infer<typeof maxDeletes>;

const remoteKeys = Object.keys(remote.shape);
const targetKeys = Object.keys(targetSchema.shape);

/** The keys that may be below a path of the file, for a "did you mean". */
export function keysAt(path: readonly (string | number)[]): readonly string[] {
  const [first, second, third] = path;
  if (first === undefined) return Object.keys(configSchema.shape);
  if (first === 'remote') return remoteKeys;
  if (first === 'assets') return Object.keys(assets.shape);
  if (first === 'audit') return second === undefined ? Object.keys(audit.shape) : [];
  if (first === 'preview') return Object.keys(preview.shape);
  if (first !== 'targets' || second === undefined) return [];
  if (third === undefined) return targetKeys;
  return third === 'remote' ? remoteKeys : third === 'assets' ? Object.keys(assets.shape) : [];
}
