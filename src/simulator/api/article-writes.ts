import { ApiError, invalid } from '../state/api-error.ts';
import type { Call } from './call.ts';
import { drawText, hexDigits } from '../state/chance.ts';
import type { Article, ArticleContent, ArticleTexts, PublishState } from '../state/entities.ts';
import { isStored, storedAddress } from '../state/images.ts';
import { checkTitle, idField, stateField, textField } from './input.ts';
import { rewriteBody } from '../rewrite/rewriter.ts';
import type { World } from '../state/world.ts';

/** What a request changes of one language; the body is rewritten already. A missing property stays as it is. */
export interface ContentEdit {
  readonly title?: string;
  readonly description?: string;
  readonly body?: string;
  readonly authorId?: number;
  readonly state?: PublishState;
}

/** Reads the fields of one language, at the top or under a locale. Throws an ApiError for what is refused. */
export function readContent(call: Call, fields: Readonly<Record<string, unknown>>): ContentEdit {
  const { switches } = call.world.settings;
  const title = textField(fields, 'title');
  if (title !== undefined) checkTitle(title ?? '', 'title', switches);
  const description = textField(fields, 'description');
  const body = readBody(call, fields);
  const authorId = idField(fields, 'author_id') ?? undefined;
  if (authorId !== undefined) checkAuthor(call.world, authorId);
  const state = stateField(fields);
  return {
    ...(title === undefined ? {} : { title: title ?? '' }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(body === undefined ? {} : { body: rewriteFor(call.world, body, 'api', call.images) }),
    ...(authorId === undefined ? {} : { authorId }),
    ...(state === undefined ? {} : { state }),
  };
}

/** A body as stored; images that are new are copied. */
export function rewriteFor(
  world: World,
  html: string,
  origin: 'api' | 'editor',
  images: ReadonlyMap<string, Uint8Array | null>,
): string {
  const { switches } = world.settings;
  return rewriteBody(html, {
    switches,
    origin,
    newHeadingDigits: () => drawText(world.chance, hexDigits, 10),
    storeImage: (source) => {
      const bytes = images.get(source) ?? null;
      const broken = images.has(source) && bytes === null && !isStored(world, source);
      return broken && switches.brokenImages === 'refuse' ? null : storedAddress(world, source, bytes);
    },
  });
}

/** A language that is new: a draft in the name of the author given, unless the edit says otherwise. */
export function newContent(world: World, edit: ContentEdit, authorId: number): ArticleContent {
  const now = world.seconds();
  return {
    id: world.nextId('content'),
    title: edit.title ?? '',
    description: edit.description ?? '',
    body: edit.body ?? '',
    authorId: edit.authorId ?? authorId,
    state: edit.state ?? 'draft',
    createdAt: now,
    updatedAt: now,
    draft: null,
  };
}

/**
 * A language after an edit. While somebody has an unpublished draft of a published text in the web editor, texts
 * go into that draft and the public keeps what it had.
 */
export function editedContent(world: World, content: ArticleContent, edit: ContentEdit): ArticleContent {
  const { idleUpdate, webDraftPending } = world.settings.switches;
  const now = world.seconds();
  const texts: ArticleTexts = {
    title: edit.title ?? content.title,
    description: edit.description ?? content.description,
    body: edit.body ?? content.body,
  };
  const kept = { authorId: edit.authorId ?? content.authorId, state: edit.state ?? content.state };
  const staged = content.state === 'published' && (content.draft !== null || webDraftPending);
  if (staged && !sameTexts(texts, content)) {
    const draft = { ...(content.draft ?? textsOf(content)), ...pickTexts(edit), updatedAt: now };
    return { ...content, ...kept, draft };
  }
  const next = { ...content, ...texts, ...kept };
  const idle = sameTexts(texts, content) && sameOwner(kept, content);
  return idle && idleUpdate === 'leave' ? content : { ...next, updatedAt: now };
}

/** Puts a content in the place of the one before; null takes the language out. */
export function withContent(article: Article, locale: string, content: ArticleContent | null): Article {
  const { [locale]: before, ...others } = article.contents;
  if (content === null) return before === undefined ? article : { ...article, contents: others };
  return { ...article, contents: { ...article.contents, [locale]: content } };
}

export function textsOf(content: ArticleTexts): ArticleTexts {
  return { title: content.title, description: content.description, body: content.body };
}

function readBody(call: Call, fields: Readonly<Record<string, unknown>>): string | undefined {
  const html = textField(fields, 'body');
  const markdown = call.markdown === null ? undefined : textField(fields, 'body_markdown');
  if (html !== undefined && markdown !== undefined) {
    throw invalid('Only one of body and body_markdown can be given', 'body_markdown');
  }
  if (markdown !== undefined) return call.markdown?.toHtml(markdown ?? '');
  return html === undefined ? undefined : (html ?? '');
}

function checkAuthor(world: World, authorId: number): void {
  const admin = world.settings.admins.find((one) => one.id === authorId);
  if (admin === undefined || admin.bot) {
    const status = world.settings.switches.unknownAdmin;
    if (status === 401) throw new ApiError(401, 'unauthorized', 'Author is not an admin of this workspace');
    throw invalid('author_id must be the id of an admin of this workspace', 'author_id');
  }
  if (!admin.mayWrite) throw new ApiError(401, 'unauthorized', 'Author is not allowed to write articles');
}

function pickTexts(edit: ContentEdit): Partial<ArticleTexts> {
  return {
    ...(edit.title === undefined ? {} : { title: edit.title }),
    ...(edit.description === undefined ? {} : { description: edit.description }),
    ...(edit.body === undefined ? {} : { body: edit.body }),
  };
}

function sameTexts(one: ArticleTexts, other: ArticleTexts): boolean {
  return one.title === other.title && one.description === other.description && one.body === other.body;
}

function sameOwner(
  one: { authorId: number; state: PublishState },
  other: { authorId: number; state: PublishState },
): boolean {
  return one.authorId === other.authorId && one.state === other.state;
}
