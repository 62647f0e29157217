/* Texts that stay in their files until somebody looks at them. */
import { join } from 'node:path';
import type { LocalContent } from '../../model/entry.ts';
import { withBodyOf } from '../../model/packed.ts';
import { TextChanged } from '../../model/text-changed.ts';
import { decodeText, digestOf } from '../../local/text-file.ts';
import type { Files } from '../../ports/files.ts';

export interface FileTexts {
  /** Whether the disk can be read in the middle of a decision. */
  readonly canRead: boolean;
  /** A content with the last so many characters of its file as its body, as long as the file has its fingerprint. */
  withText(content: Omit<LocalContent, 'body'>, length: number, path: string): LocalContent;
}

/** @param changed told of files that are not what they were */
export function openFileTexts(files: Files, root: string, changed: (path: string) => void): FileTexts {
  let last: { readonly digest: string; readonly text: string } | null = null;
  const read = (path: string, digest: string): string => {
    if (last?.digest === digest) return last.text;
    const text = textOf(files, join(root, ...path.split('/')), digest);
    if (text === null) {
      changed(path);
      throw new TextChanged(path);
    }
    last = { digest, text };
    return text;
  };
  return {
    canRead: files.readNow !== undefined,
    withText: (content, length, path) =>
      withBodyOf<LocalContent>(content, new TextInFile(read, path, content.digest, length)),
  };
}

class TextInFile {
  readonly #read: (path: string, digest: string) => string;
  readonly #path: string;
  readonly #digest: string;
  readonly #length: number;

  constructor(read: (path: string, digest: string) => string, path: string, digest: string, length: number) {
    this.#read = read;
    this.#path = path;
    this.#digest = digest;
    this.#length = length;
  }

  get body(): string {
    const text = this.#read(this.#path, this.#digest);
    return text.slice(text.length - this.#length);
  }
}

/** Null where the file is gone or says something else by now. */
function textOf(files: Files, path: string, digest: string): string | null {
  try {
    const bytes = files.readNow?.(path);
    return bytes !== undefined && digestOf(bytes) === digest ? decodeText(bytes) : null;
  } catch {
    return null;
  }
}
