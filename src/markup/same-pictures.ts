import type { Block, Fingerprint } from './body.ts';
import type { Canon } from './canon.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isIntercomImageHost } from './refs.ts';

/**
 * Tells whether two bodies are the same but for the addresses of pictures that the remote has copied from elsewhere in
 * the web: such a copy keeps the file's name. Without a base nothing else tells what a copy was made from. Pictures of
 * the content folder do not count, since they may have changed under their name.
 */
export function isSameButForCopies(local: readonly Block[], remote: readonly Block[]): boolean {
  return (
    local.length === remote.length &&
    local.every((block, at) => {
      const other = remote[at];
      return other !== undefined && (block.fingerprint === other.fingerprint || isCopied(block, other));
    })
  );
}

function isCopied(local: Block, remote: Block): boolean {
  const [here, there] = [withoutAddresses(local.content), withoutAddresses(remote.content)];
  return (
    here.fingerprint === there.fingerprint &&
    here.refs.every((ref, at) => ref === there.refs[at] || isCopyOf(there.refs[at] ?? '', ref))
  );
}

function isCopyOf(copy: string, original: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]+)/iu.exec(copy) ?? [];
  const name = nameOf(original);
  const isElsewhere = /^https?:\/\//iu.test(original);
  return isElsewhere && isIntercomImageHost(host) && name !== '' && nameOf(copy) === name;
}

/** The last part of an address, free of signs that are spelled differently in names of files. */
function nameOf(address: string): string {
  const path = address.replace(/[?#].*$/su, '').replace(/^https?:\/\/[^/]*/iu, '');
  return (path.split('/').at(-1) ?? '').replace(/[^\p{L}\p{N}.]/gu, '').toLowerCase();
}

function withoutAddresses(content: readonly Canon[]): {
  readonly fingerprint: Fingerprint;
  readonly refs: readonly string[];
} {
  const refs: string[] = [];
  const text = JSON.stringify(content, (key, value: unknown) => {
    if (key !== 'image' || typeof value !== 'object' || value === null || !('ref' in value)) return value;
    refs.push(String(value.ref));
    return { ...value, ref: '' };
  });
  return { fingerprint: fingerprintOf(JSON.parse(text) as readonly Canon[]), refs };
}
