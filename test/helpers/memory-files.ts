import type { FileKind, Files, FileStat } from '../../src/ports/files.ts';

type Node =
  | { readonly kind: 'file'; content: Uint8Array; modifiedAt: number; readonly mode: number }
  | { readonly kind: 'folder'; readonly names: Map<string, Node>; modifiedAt: number }
  | { readonly kind: 'link'; readonly target: string; modifiedAt: number }
  | { readonly kind: 'other'; modifiedAt: number };
type Folder = Extract<Node, { kind: 'folder' }>;

/** One call of the port, as a test may watch it or let it fail. */
export interface FileStep {
  readonly name: keyof Files;
  readonly path: string;
  /** Counts the calls, from 1. */
  readonly number: number;
}

export interface MemoryFilesOptions {
  /** Names differ only by more than case and composition, as on Windows and macOS. */
  readonly caseBlind?: boolean;
  /** Called before each step; what it throws is what the step throws. A write that fails leaves half its bytes. */
  readonly onStep?: (step: FileStep) => void;
}

/** Makes an error as Node makes it. */
export function diskError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}

/** A disk in memory with Node's errors, symbolic links and, on request, a blind eye for case. Paths use `/`. */
export class MemoryFiles implements Files {
  readonly #root: Folder = { kind: 'folder', names: new Map(), modifiedAt: 0 };
  readonly #caseBlind: boolean;
  onStep: ((step: FileStep) => void) | undefined;
  steps = 0;
  #now = 1_700_000_000_000;

  constructor(content: Readonly<Record<string, string | Uint8Array>> = {}, options: MemoryFilesOptions = {}) {
    this.#caseBlind = options.caseBlind ?? false;
    for (const [path, text] of Object.entries(content)) this.put(path, text);
    this.onStep = options.onStep;
  }

  /** Puts a file in place, with the folders above it. */
  put(path: string, text: string | Uint8Array): void {
    const content = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.#place(path, { kind: 'file', content, modifiedAt: this.#tick(), mode: 0o644 });
  }

  putFolder(path: string): void {
    this.#folderFor(`${path}/-`);
  }

  /** Puts a symbolic link in place; the target is an absolute path. */
  putLink(path: string, target: string): void {
    this.#place(path, { kind: 'link', target, modifiedAt: this.#tick() });
  }

  /** Puts something that is neither a file nor a folder nor a link in place, such as a named pipe. */
  putOther(path: string): void {
    this.#place(path, { kind: 'other', modifiedAt: this.#tick() });
  }

  /** Makes a symbolic link as a step that may fail; the target is an absolute path. */
  async link(path: string, target: string): Promise<void> {
    const { folder, name } = this.#slot(path);
    if (this.#nameIn(folder, name) !== undefined) throw diskError('EEXIST', path);
    folder.names.set(name, { kind: 'link', target, modifiedAt: this.#tick() });
  }

  /** Takes away whatever stands at a path. */
  drop(path: string): void {
    const { folder, name } = this.#slot(path);
    const found = this.#nameIn(folder, name);
    if (found !== undefined) folder.names.delete(found);
  }

  /** Every file below a folder as text, by absolute path, sorted; links as `-> target`, empty folders as `(empty)`. */
  texts(under = '/'): Record<string, string> {
    const all: Record<string, string> = {};
    const visit = (node: Node, path: string): void => {
      if (node.kind === 'file')
        all[path] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(node.content);
      else if (node.kind === 'link') all[path] = `-> ${node.target}`;
      else if (node.kind === 'other') all[path] = '(other)';
      else {
        if (node.names.size === 0 && path !== '') all[path] = '(empty)';
        for (const name of [...node.names.keys()].sort())
          visit(node.names.get(name) ?? node, `${path}/${name}`);
      }
    };
    const start = under === '/' ? this.#root : this.#find(under, false);
    if (start !== null) visit(start, under === '/' ? '' : under);
    return all;
  }

  async list(folder: string): Promise<readonly { readonly name: string; readonly kind: FileKind }[]> {
    this.#step('list', folder);
    const node = this.#find(folder, true) ?? fail('ENOENT', folder);
    if (node.kind !== 'folder') throw diskError('ENOTDIR', folder);
    return [...node.names]
      .map(([name, child]) => ({ name, kind: child.kind }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async stat(path: string): Promise<FileStat | null> {
    this.#step('stat', path);
    const node = this.#standsAt(path);
    if (node === null) return null;
    return {
      kind: node.kind,
      size: node.kind === 'file' ? node.content.length : 0,
      modifiedAt: node.modifiedAt,
    };
  }

  async read(path: string): Promise<Uint8Array> {
    this.#step('read', path);
    const node = this.#find(path, false) ?? fail('ENOENT', path);
    if (node.kind === 'link') throw diskError('ELOOP', path);
    if (node.kind === 'folder') throw diskError('EISDIR', path);
    if (node.kind === 'other') throw diskError('ENXIO', path);
    return node.content.slice();
  }

  async writeNew(path: string, content: Uint8Array, mode = 0o666): Promise<void> {
    const { folder, name } = this.#slot(path);
    const write = (bytes: Uint8Array): void => {
      if (this.#nameIn(folder, name) !== undefined) throw diskError('EEXIST', path);
      folder.names.set(name, { kind: 'file', content: bytes.slice(), modifiedAt: this.#tick(), mode });
    };
    try {
      this.#step('writeNew', path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
        write(content.subarray(0, content.length >> 1));
      }
      throw error;
    }
    write(content);
  }

  async append(path: string, content: Uint8Array): Promise<void> {
    this.#step('append', path);
    const { folder, name } = this.#slot(path);
    const found = this.#nameIn(folder, name);
    const node = found === undefined ? undefined : folder.names.get(found);
    if (node?.kind === 'link') throw diskError('ELOOP', path);
    if (node !== undefined && node.kind !== 'file') throw diskError('EISDIR', path);
    const before = node === undefined ? new Uint8Array() : node.content;
    const whole = new Uint8Array(before.length + content.length);
    whole.set(before);
    whole.set(content, before.length);
    const mode = node === undefined ? 0o666 : node.mode;
    folder.names.set(found ?? name, { kind: 'file', content: whole, modifiedAt: this.#tick(), mode });
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename', from);
    const source = this.#slot(from);
    const target = this.#slot(to);
    const sourceName = this.#nameIn(source.folder, source.name) ?? fail('ENOENT', from);
    const node = source.folder.names.get(sourceName) ?? fail('ENOENT', from);
    if (node.kind === 'folder' && `${to}/`.startsWith(`${from}/`) && to !== from) {
      throw diskError('EINVAL', from);
    }
    const targetName = this.#nameIn(target.folder, target.name);
    const there = targetName === undefined ? undefined : target.folder.names.get(targetName);
    if (there !== undefined && there !== node) {
      if (holds(there, source.folder)) throw diskError('ENOTEMPTY', to);
      if (node.kind === 'folder' && there.kind !== 'folder') throw diskError('ENOTDIR', to);
      if (node.kind !== 'folder' && there.kind === 'folder') throw diskError('EISDIR', to);
      if (there.kind === 'folder' && there.names.size > 0) throw diskError('ENOTEMPTY', to);
    }
    if (targetName !== undefined) target.folder.names.delete(targetName);
    source.folder.names.delete(sourceName);
    target.folder.names.set(target.name, node);
  }

  async replace(
    from: string,
    to: string,
    isExpected: (bytes: Uint8Array | null) => boolean,
  ): Promise<'done' | 'stale'> {
    this.#step('replace', to);
    const there = this.#standsAt(to);
    if (there !== null && there.kind !== 'file') return 'stale';
    if (!isExpected(there?.content ?? null)) return 'stale';
    await this.rename(from, to);
    return 'done';
  }

  async remove(path: string): Promise<void> {
    this.#step('remove', path);
    if (this.#standsAt(path) === null) return;
    const { folder, name } = this.#slot(path);
    const found = this.#nameIn(folder, name);
    if (found === undefined) return;
    if (folder.names.get(found)?.kind === 'folder') throw diskError('EISDIR', path);
    folder.names.delete(found);
  }

  async removeFolder(path: string): Promise<void> {
    this.#step('removeFolder', path);
    const { folder, name } = this.#slot(path);
    const found = this.#nameIn(folder, name) ?? fail('ENOENT', path);
    const node = folder.names.get(found);
    if (node?.kind !== 'folder') throw diskError('ENOTDIR', path);
    if (node.names.size > 0) throw diskError('ENOTEMPTY', path);
    folder.names.delete(found);
  }

  async makeFolder(path: string): Promise<void> {
    this.#step('makeFolder', path);
    const there = this.#standsAt(path);
    const kind = there?.kind === 'link' ? this.#find(path, true)?.kind : there?.kind;
    if (kind !== undefined && kind !== 'folder') throw diskError('EEXIST', path);
    this.#folderFor(`${path}/-`);
  }

  async syncFolder(path: string): Promise<void> {
    this.#step('syncFolder', path);
    if (this.#find(path, true) === null) throw diskError('ENOENT', path);
  }

  async realPath(path: string): Promise<string> {
    this.#step('realPath', path);
    return this.#real(path) ?? fail('ENOENT', path);
  }

  /** As `#find`; a file in the way means that nothing stands there. */
  #standsAt(path: string): Node | null {
    try {
      return this.#find(path, false);
    } catch {
      return null;
    }
  }

  #step(name: keyof Files, path: string): void {
    this.steps += 1;
    this.onStep?.({ name, path, number: this.steps });
  }

  #tick(): number {
    this.#now += 1;
    return this.#now;
  }

  #place(path: string, node: Node): void {
    const { folder, name } = this.#folderFor(path);
    folder.names.set(this.#nameIn(folder, name) ?? name, node);
  }

  /** The folder that a path stands in, made where missing. */
  #folderFor(path: string): { folder: Folder; name: string } {
    const parts = partsOf(path);
    const name = parts.pop() ?? fail('EINVAL', path);
    let folder = this.#root;
    for (const part of parts) {
      const found = this.#nameIn(folder, part);
      let next = found === undefined ? undefined : folder.names.get(found);
      if (next?.kind === 'link') next = this.#find(next.target, true) ?? fail('ENOENT', path);
      if (next === undefined) {
        next = { kind: 'folder', names: new Map(), modifiedAt: this.#tick() };
        folder.names.set(part, next);
      }
      if (next.kind !== 'folder') throw diskError('ENOTDIR', path);
      folder = next;
    }
    return { folder, name };
  }

  /** The folder that a path stands in; throws as Node does where there is none. */
  #slot(path: string): { folder: Folder; name: string } {
    const parts = partsOf(path);
    const name = parts.pop() ?? fail('EINVAL', path);
    const folder = this.#find(`/${parts.join('/')}`, true) ?? fail('ENOENT', path);
    if (folder.kind !== 'folder') throw diskError('ENOTDIR', path);
    return { folder, name };
  }

  #find(path: string, followLast: boolean): Node | null {
    let node: Node = this.#root;
    const parts = partsOf(path);
    for (const [index, part] of parts.entries()) {
      if (node.kind !== 'folder') {
        if (node.kind === 'file' || node.kind === 'other') throw diskError('ENOTDIR', path);
        return null;
      }
      const found = this.#nameIn(node, part);
      const next: Node | undefined = found === undefined ? undefined : node.names.get(found);
      if (next === undefined) return null;
      node = next;
      if (node.kind === 'link' && (followLast || index < parts.length - 1)) {
        const target = this.#find(node.target, true);
        if (target === null) return null;
        node = target;
      }
    }
    return node;
  }

  #real(path: string): string | null {
    let real = '';
    let node: Node = this.#root;
    for (const part of partsOf(path)) {
      if (node.kind !== 'folder') throw diskError('ENOTDIR', path);
      const found = this.#nameIn(node, part);
      const next: Node | undefined = found === undefined ? undefined : node.names.get(found);
      if (next === undefined) return null;
      node = next;
      real = `${real}/${found ?? part}`;
      if (node.kind === 'link') {
        const target = this.#real(node.target);
        const followed = target === null ? null : this.#find(target, true);
        if (target === null || followed === null) return null;
        real = target;
        node = followed;
      }
    }
    return real === '' ? '/' : real;
  }

  #nameIn(folder: Folder, name: string): string | undefined {
    if (folder.names.has(name)) return name;
    if (!this.#caseBlind) return undefined;
    const folded = fold(name);
    return [...folder.names.keys()].find((other) => fold(other) === folded);
  }
}

function holds(node: Node, folder: Folder): boolean {
  if (node.kind !== 'folder') return false;
  return node === folder || [...node.names.values()].some((child) => holds(child, folder));
}

function partsOf(path: string): string[] {
  if (!path.startsWith('/')) throw diskError('EINVAL', path);
  return path.split('/').filter((part) => part !== '');
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function fail(code: string, path: string): never {
  throw diskError(code, path);
}
