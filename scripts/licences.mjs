// The licences of the packages that a bundle holds code of: they ask that their texts go along with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of all packages that these builds took files from, by name; throws where one says nothing at all. */
export function licencesOf(metafiles) {
  const found = new Map();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const folder = folderOf(input);
    if (folder === null) continue;
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    found.set(`${name} ${version}`, { folder, license, author });
  }
  const sections = [...found]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([title, one]) => `${title} (${one.license})\n\n${textOf(title, one)}\n`);
  return `The files beside this one hold code of the packages named here, under these licences.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The folder of the package that a file belongs to; null for a file of our own. */
function folderOf(input) {
  return /^(.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? null;
}

function textOf(title, { folder, license, author }) {
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
  if (files.length > 0) {
    const texts = files.toSorted().map((name) => readFileSync(join(folder, name), 'utf8'));
    return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  }
  const readme = readdirSync(folder).find((name) => /^readme/i.test(name));
  const told =
    readme === undefined ? null : /^#+ *licen[cs]e\b[^]*/im.exec(readFileSync(join(folder, readme), 'utf8'));
  if (told !== null) return told[0].trim();
  if (license === undefined)
    throw new Error(`${title} says nothing of its licence, so it cannot be bundled.`);
  return `Licensed under ${license}${author === undefined ? '' : ` by ${author.name ?? author}`}.`;
}
