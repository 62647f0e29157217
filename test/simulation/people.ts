/* What people do: an author with files, a teammate in the web app. Each step is one that a real person could take. */
import { dirname } from 'node:path/posix';
import type { Article, ArticleContent } from '../../src/simulator/state/entities.ts';
import type { Disk } from './disk.ts';
import { wordsIn } from './ledger.ts';
import { contentFolder, lockFile } from './places.ts';
import type { Site } from './site.ts';
import { textOfArticle, type Stage } from './stage.ts';
import type { Stream } from './stream.ts';

/** Who writes in a folder. */
export const authorOf = (stage: Stage, disk: Disk): string =>
  `author ${[...stage.repos.keys()].indexOf(disk)}`;

/** Does something with the files of a folder and says what. */
export function playAuthor(stage: Stage, disk: Disk, chance: Stream): string {
  const { ledger } = stage;
  ledger.author = authorOf(stage, disk);
  const files = disk.paths(contentFolder).filter((path) => path.endsWith('.md') && !path.includes('/.'));
  const folders = ['', ...disk.folders(contentFolder).map((path) => path.slice(contentFolder.length + 1))];
  // Half of the time at what no run has finished with, where one that was cut off is easily confused.
  const known = disk.text(lockFile) ?? '';
  const open = files.filter((one) => !known.includes(`{"path":"${one.slice(contentFolder.length + 1)}"`));
  const isOpen = open.length > 0 && chance.isLucky(0.5);
  const file = chance.pick(isOpen ? open : files);
  const kind = chance.weigh([
    [file === undefined ? 9 : 2, 'write'],
    [5, 'edit'],
    [isOpen ? 4 : 1, 'title'],
    [1, 'state'],
    [1, 'move'],
    [1, 'rename'],
    [0.7, 'delete'],
    [0.5, 'folder'],
    [0.4, 'rename folder'],
    [0.4, 'name'],
    [files.length > 3 ? 0.3 : 0, 'clear'],
    [0.4, 'break'],
  ] as const);
  const put = (path: string, text: string): void => {
    for (const word of stage.takenBack.get(disk)?.get(path) ?? []) stage.blurred.add(word);
    stage.wholes.add(text);
    disk.put(path, text);
  };
  if (kind === 'write' || file === undefined) {
    const folder = chance.pick(folders.filter((one) => one.split('/').length < 4)) ?? '';
    const path = `${contentFolder}/${folder === '' ? '' : `${folder}/`}${ledger.coin('w')}.md`;
    // The name of a file is no word that must be kept.
    ledger.strike(wordsIn(path));
    put(path, newFile(stage, chance));
    return `the author writes ${path}`;
  }
  const text = disk.text(file) ?? '';
  switch (kind) {
    case 'edit': {
      const { head, body } = split(text);
      const edited = editParagraphs(stage, body, chance);
      strikeGone(stage, text, head + edited);
      put(file, head + edited);
      return `the author edits ${file}`;
    }
    case 'title': {
      const title = ledger.coinSome(2);
      const edited = text.replace(/^title: .*$/m, `title: ${title}`);
      if (edited === text) ledger.strike(wordsIn(title));
      strikeGone(stage, text, edited);
      put(file, edited);
      return `the author gives ${file} another title`;
    }
    case 'state': {
      stage.mayTurn(text);
      const edited = text.replace(/^state: (\w+)$/m, (_, state: string) =>
        state === 'draft' ? 'state: published' : 'state: draft',
      );
      put(file, edited);
      return `the author turns the state of ${file}`;
    }
    case 'move': {
      const folder = chance.pick(folders) ?? '';
      const to = `${contentFolder}/${folder === '' ? '' : `${folder}/`}${file.slice(file.lastIndexOf('/') + 1)}`;
      if (disk.text(to) !== null) return 'the author does nothing';
      stage.mayDouble(text);
      disk.carry(file, to);
      return `the author moves ${file} to ${to}`;
    }
    case 'rename': {
      const word = ledger.coin();
      ledger.strike([word]);
      stage.mayDouble(text);
      disk.carry(file, `${dirname(file)}/${word}.md`);
      return `the author renames ${file} to ${word}.md`;
    }
    case 'delete':
      remove(stage, disk, file);
      return `the author deletes ${file}`;
    case 'break': {
      // Half of the time somebody mends it again.
      const isBroken = text.startsWith(broken);
      const edited = isBroken ? text.slice(broken.length) : broken + text;
      put(file, edited);
      return `the author ${isBroken ? 'mends' : 'breaks'} ${file}`;
    }
    case 'clear':
      for (const one of files.slice(1)) remove(stage, disk, one);
      return `the author deletes all files but ${files[0]}`;
    case 'folder': {
      const above = chance.pick(folders.filter((one) => one.split('/').length < 3)) ?? '';
      const name = ledger.coin();
      const path = `${contentFolder}/${above === '' ? '' : `${above}/`}${name}`;
      if (chance.isLucky(0.7)) put(`${path}/collection.yaml`, `name: ${name} ${ledger.coin()}\n`);
      else ledger.strike([name]);
      put(`${path}/${name}a.md`, newFile(stage, chance));
      return `the author makes the folder ${path}`;
    }
    case 'rename folder': {
      const folder = chance.pick(folders.filter((one) => one !== ''));
      if (folder === undefined) return 'the author does nothing';
      const word = ledger.coin();
      ledger.strike([word]);
      const to = `${dirname(`${contentFolder}/${folder}`)}/${word}`;
      for (const path of files)
        if (path.startsWith(`${contentFolder}/${folder}/`)) stage.mayDouble(disk.text(path) ?? '');
      disk.carry(`${contentFolder}/${folder}`, to);
      return `the author renames the folder ${folder} to ${word}`;
    }
    case 'name': {
      const path = chance.pick(disk.paths(contentFolder).filter((one) => one.endsWith('/collection.yaml')));
      if (path === undefined) return 'the author does nothing';
      const before = disk.text(path) ?? '';
      const after = before.replace(/^name: .*$/m, `name: ${ledger.coin()}`);
      strikeGone(stage, before, after);
      put(path, after);
      return `the author gives ${path} another name`;
    }
  }
}

/** In front of a file, it makes what follows unreadable. */
const broken = '---\n: [\n';

/** Makes a file unreadable. */
export function breakFile(stage: Stage, disk: Disk, path: string): void {
  const text = broken + (disk.text(path) ?? '');
  stage.wholes.add(text);
  disk.put(path, text);
}

/** Mends every file of a folder. */
export function mend(stage: Stage, disk: Disk): void {
  for (const path of disk.paths(contentFolder)) {
    const text = disk.text(path) ?? '';
    if (!text.startsWith(broken)) continue;
    const mended = text.slice(broken.length);
    stage.wholes.add(mended);
    disk.put(path, mended);
  }
}

function remove(stage: Stage, disk: Disk, file: string): void {
  const text = disk.text(file) ?? '';
  stage.ledger.strike(wordsIn(text));
  stage.mayTurn(text);
  disk.take(file);
}

/** Around a body, it makes more levels than are converted. */
const deep = '<div>'.repeat(201);
const deepEnd = '</div>'.repeat(201);

/** Does something in the web app and says what. */
export function playTeammate(stage: Stage, chance: Stream, { operator }: Site = stage.sites[0]): string {
  const { ledger } = stage;
  ledger.author = 'teammate';
  const articles = operator.articles();
  const collections = operator.collections();
  const article = chance.pick(articles);
  const collection = chance.pick(collections);
  const kind = chance.weigh([
    [article === undefined ? 9 : 2, 'write'],
    [5, 'edit'],
    [1, 'title'],
    [1, 'state'],
    [1, 'move'],
    [0.7, 'delete'],
    [0.5, 'collection'],
    [0.5, 'name'],
    [0.3, 'nest'],
    [0.15, 'delete collection'],
    [0.3, 'draft'],
    [0.2, 'bury'],
  ] as const);
  if (kind === 'write' || article === undefined) {
    const body = paragraphs(stage, chance).map(asHtml).join('');
    const state = chance.isLucky(0.6) ? 'published' : 'draft';
    stage.intend(body, state);
    const made = operator.createArticle({
      title: ledger.coinSome(2),
      body,
      state,
      parentId: collection !== undefined && chance.isLucky(0.6) ? collection.id : null,
    });
    return `the teammate writes article ${made.id}`;
  }
  switch (kind) {
    case 'edit':
    case 'draft': {
      const content = mainOf(article);
      const before = kind === 'draft' ? (content.draft?.body ?? content.body) : content.body;
      const words = wordsIn(before);
      const body = editHtml(stage, before, chance);
      const after = new Set(wordsIn(body));
      // What is public stays so under a draft.
      const shown = new Set(kind === 'draft' ? wordsIn(content.body) : []);
      ledger.strike(words.filter((word) => !after.has(word) && !shown.has(word)));
      operator.editArticle(article.id, kind === 'draft' ? { body, draft: true } : { body });
      return kind === 'draft'
        ? `the teammate leaves a draft of article ${article.id}`
        : `the teammate edits article ${article.id}`;
    }
    case 'bury': {
      const { body } = mainOf(article);
      const isDeep = body.startsWith(deep);
      const storedBody = isDeep ? body.slice(deep.length, -deepEnd.length) : deep + body + deepEnd;
      operator.editArticle(article.id, { storedBody });
      return `the teammate makes article ${article.id} ${isDeep ? 'plain again' : 'too deep to be converted'}`;
    }
    case 'title':
      ledger.strike(wordsIn(mainOf(article).title));
      operator.editArticle(article.id, { title: ledger.coinSome(2) });
      return `the teammate gives article ${article.id} another title`;
    case 'state':
      stage.mayTurn(textOfArticle(article, true));
      operator.editArticle(article.id, {
        state: mainOf(article).state === 'draft' ? 'published' : 'draft',
      });
      return `the teammate turns the state of article ${article.id}`;
    case 'move': {
      const parentId = chance.isLucky(0.3) || collection === undefined ? null : collection.id;
      operator.editArticle(article.id, { parentId });
      return `the teammate moves article ${article.id} into ${parentId}`;
    }
    case 'delete':
      ledger.strike(wordsIn(textOfArticle(article, true)));
      // A pull takes its file away, and then the help center of another target takes it offline.
      if (stage.sites.length > 1) stage.mayTurn(textOfArticle(article, true));
      operator.deleteArticle(article.id);
      return `the teammate deletes article ${article.id}`;
    case 'collection': {
      const parentId = chance.isLucky(0.5) || collection === undefined ? null : collection.id;
      const name = ledger.coinSome(2);
      const made = tried(() => operator.createCollection({ name, parentId }));
      if (made === null) ledger.strike(wordsIn(name));
      return made === null ? 'the teammate does nothing' : `the teammate makes collection ${made.id}`;
    }
    case 'name':
      if (collection === undefined) return 'the teammate does nothing';
      ledger.strike(wordsIn(JSON.stringify(collection.texts)));
      operator.editCollection(collection.id, { name: ledger.coinSome(2) });
      return `the teammate gives collection ${collection.id} another name`;
    case 'nest': {
      const parent = chance.pick(collections);
      if (collection === undefined || parent === undefined) return 'the teammate does nothing';
      const parentId = parent.id === collection.id ? null : parent.id;
      const done = tried(() => operator.editCollection(collection.id, { parentId }));
      return done === null
        ? 'the teammate does nothing'
        : `the teammate puts collection ${collection.id} into ${parentId}`;
    }
    case 'delete collection': {
      if (collection === undefined) return 'the teammate does nothing';
      for (const one of collections)
        if (isWithin(collections, one.id, collection.id)) ledger.strike(wordsIn(JSON.stringify(one.texts)));
      operator.deleteCollection(collection.id);
      return `the teammate deletes collection ${collection.id}`;
    }
  }
}

function isWithin(
  collections: readonly { readonly id: number; readonly parentId: number | null }[],
  id: number,
  above: number,
): boolean {
  for (let at: number | null = id; at !== null;) {
    if (at === above) return true;
    const current: number = at;
    at = collections.find((one) => one.id === current)?.parentId ?? null;
  }
  return false;
}

function tried<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}

function mainOf(article: Article): ArticleContent {
  const content = article.contents[article.defaultLocale];
  if (content === undefined) throw new RangeError(`article ${article.id} has no text`);
  return content;
}

function newFile(stage: Stage, chance: Stream): string {
  const state = chance.weigh([
    [3, 'state: published\n'],
    [2, 'state: draft\n'],
    [1, ''],
  ] as const);
  const title = stage.ledger.coinSome(2);
  const text = `---\ntitle: ${title}\n${state}---\n\n${paragraphs(stage, chance).join('\n\n')}\n`;
  stage.intend(text, state.includes('published') ? 'published' : 'draft');
  return text;
}

/** Texts begin with a word that marks the article for life. */
function paragraphs(stage: Stage, chance: Stream): string[] {
  const { ledger } = stage;
  const count = chance.between(1, 3);
  return [ledger.coin('id'), ...Array.from({ length: count }, () => paragraph(stage, chance))];
}

function paragraph({ ledger }: Stage, chance: Stream): string {
  const words = ledger.coinSome(chance.between(2, 4));
  const kind = chance.weigh([
    [5, 'plain'],
    [1, 'heading'],
    [1, 'list'],
  ] as const);
  if (kind === 'heading') return `## ${words}`;
  return kind === 'list' ? `- ${words}\n- ${ledger.coin()}` : words;
}

function split(text: string): { readonly head: string; readonly body: string } {
  const end = text.indexOf('\n---\n');
  return { head: text.slice(0, end + 5), body: text.slice(end + 5) };
}

function editParagraphs(stage: Stage, body: string, chance: Stream): string {
  const parts = body
    .split('\n\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return `\n${editList(stage, parts, chance, (one) => one).join('\n\n')}\n`;
}

function editHtml(stage: Stage, html: string, chance: Stream): string {
  const parts = html.split(/(?<=<\/(?:p|h\d|ul|ol|pre|div)>)/).filter((one) => one !== '');
  return editList(stage, parts, chance, asHtml).join('');
}

function editList(
  stage: Stage,
  parts: readonly string[],
  chance: Stream,
  shape: (markdown: string) => string,
): string[] {
  const edited = [...parts];
  const at = chance.between(1, Math.max(1, edited.length - 1));
  const kind = chance.weigh([
    [3, 'word'],
    [2, 'replace'],
    [3, 'add'],
    [1, 'remove'],
  ] as const);
  const old = edited[at];
  if (kind === 'add' || old === undefined) edited.splice(at, 0, shape(paragraph(stage, chance)));
  else if (kind === 'remove') edited.splice(at, 1);
  else if (kind === 'replace') edited[at] = shape(paragraph(stage, chance));
  else {
    const words = wordsIn(old).filter((word) => word.startsWith('w'));
    const word = chance.pick(words);
    if (word !== undefined) edited[at] = old.replace(new RegExp(`\\b${word}\\b`), stage.ledger.coin());
  }
  return edited;
}

function asHtml(markdown: string): string {
  if (markdown.startsWith('## ')) return `<h2 id="h_0123456789">${markdown.slice(3)}</h2>`;
  if (markdown.startsWith('- ')) {
    const items = markdown.split('\n').map((line) => `<li><p class="no-margin">${line.slice(2)}</p></li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  return `<p class="no-margin">${markdown}</p>`;
}

function strikeGone({ ledger }: Stage, before: string, after: string): void {
  const left = new Set(wordsIn(after));
  ledger.strike(wordsIn(before).filter((word) => !left.has(word)));
}
