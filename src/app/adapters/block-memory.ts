import { dirname } from 'node:path';
import type { BlockMemory } from '../../engine/ports.ts';
import type { Files } from '../../ports/files.ts';

/** A cache that grew beyond this is begun anew, in bytes; it only ever saves a conflict. */
const largest = 32 * 1024 * 1024;

/** Blocks that were agreed on, by fingerprint, in a file that is private to this machine and may be lost at any time. */
export function openBlockMemory(files: Files, file: string): BlockMemory {
  return {
    async recall() {
      const known = new Map<string, string>();
      let text: string;
      try {
        text = new TextDecoder().decode(await files.read(file));
      } catch {
        return known;
      }
      for (const line of text.split('\n')) {
        const entry = parseLine(line);
        if (entry !== null) known.set(entry[0], entry[1]);
      }
      return known;
    },
    async remember(blocks) {
      if (blocks.size === 0) return;
      const lines = [...blocks].map((entry) => `${JSON.stringify(entry)}\n`).join('');
      try {
        await files.makeFolder(dirname(file));
        if (((await files.stat(file))?.size ?? 0) > largest) await files.remove(file);
        await files.append(file, new TextEncoder().encode(lines));
      } catch {
        // Without it, two edits to the same paragraph are a conflict where they might have been merged.
      }
    },
  };
}

function parseLine(line: string): readonly [string, string] | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (!Array.isArray(entry)) return null;
    const [fingerprint, text] = entry as readonly unknown[];
    return typeof fingerprint === 'string' && typeof text === 'string' ? [fingerprint, text] : null;
  } catch {
    return null;
  }
}
