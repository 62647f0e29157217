/**
 * Whether a path fits a pattern: `*` stands for anything within a folder, `**` for anything at all, `?` for one
 * character. A pattern without any of them names a file, or a folder with all that is below it.
 */
export function fits(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  if (!/[*?]/.test(plain)) return (path) => path === plain || path.startsWith(`${plain}/`);
  const source = plain
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => known[part] ?? part.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&'))
    .join('');
  const expression = new RegExp(`^${source}$`, 'u');
  return (path) => expression.test(path);
}

const known: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
