import type { ImageSource } from '../engine/ports.ts';
import { isIntercomImageHost } from '../markup/refs.ts';

/** Intercom takes images up to this size, in bytes. */
const largest = 20 * 1024 * 1024;
const patience = 30_000;

/**
 * Fetches images from Intercom's own hosts and from nowhere else: without the token, without following redirects, and
 * never more than Intercom would have taken. A simulator on this machine serves them itself, under the same paths.
 *
 * @param api where the API is reached
 */
export function openImageSource(api: string): ImageSource {
  const isLoopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(api).hostname);
  return {
    async fetch(url, signal) {
      const wanted = new URL(url);
      if (wanted.protocol !== 'https:' || wanted.port !== '' || !isIntercomImageHost(wanted.hostname))
        return null;
      const place = isLoopback ? onLoopback(wanted, api) : wanted;
      try {
        const timed = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
        const answer = await fetch(place, { redirect: 'error', signal: timed, credentials: 'omit' });
        return answer.ok && answer.body !== null ? await readCapped(answer.body) : null;
      } catch (error) {
        // What cannot be fetched stays an address; only a person's own wish to stop is passed on.
        if (signal.aborted) throw error;
        return null;
      }
    },
  };
}

/** Put together by its parts: a path such as `//elsewhere/x` would otherwise name another host. */
function onLoopback(wanted: URL, api: string): URL {
  const place = new URL(api);
  place.pathname = wanted.pathname;
  place.search = wanted.search;
  return place;
}

async function readCapped(body: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > largest) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
