import type { FetchedImage, ImageSource } from '../../engine/ports.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { isIntercomImageHost } from '../../markup/meaning/intercom-images.ts';
import type { ProxyOf } from '../../intercom/http/proxy.ts';
import { gotTransport, TransportFailure } from '../../intercom/http/transport.ts';
import { isLoopback } from './proxy.ts';

/** Intercom takes images up to this size, in bytes. */
const largest = 20 * 1024 * 1024;
const patience = 30_000;

/**
 * Fetches images from Intercom's own hosts and from nowhere else: without the token, without following redirects, and
 * never more than Intercom would have taken. A simulator on this machine serves them itself, under the same paths.
 *
 * @param api where the API is reached
 */
export function openImageSource(api: string, proxyOf?: ProxyOf): ImageSource {
  const isSimulated = isLoopback(new URL(api).hostname);
  const limits = { connect: 10_000, response: patience, body: patience, bytes: largest };
  const transport = gotTransport(limits, proxyOf);
  return {
    async fetch(url, signal) {
      const wanted = new URL(url);
      if (wanted.protocol !== 'https:' || wanted.port !== '' || !isIntercomImageHost(wanted.hostname))
        return failed('its address is not one of the hosts where Intercom keeps images');
      const place = isSimulated ? onLoopback(wanted, api) : wanted;
      try {
        const timed = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
        const asked = { method: 'GET', url: place.href, headers: {}, body: null } as const;
        const { status, body } = await transport(asked, timed);
        return status === 200 ? { ok: true, bytes: body } : failed(`the answer was ${status}`);
      } catch (error) {
        // What cannot be fetched stays an address; only a person's own wish to stop, and a wrong setting, are passed on.
        if (signal.aborted || error instanceof ShelfmarkError) throw error;
        return failed(
          error instanceof TransportFailure
            ? error.message
            : `it was not there within ${patience / 1000} seconds`,
        );
      }
    },
  };
}

const failed = (reason: string): FetchedImage => ({ ok: false, reason });

/** Put together by its parts: a path such as `//elsewhere/x` would otherwise name another host. */
function onLoopback(wanted: URL, api: string): URL {
  const place = new URL(api);
  place.pathname = wanted.pathname;
  place.search = wanted.search;
  return place;
}
