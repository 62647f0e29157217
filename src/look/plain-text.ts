import type { Safe } from './safe-html.ts';

/** The words of HTML that was printed here, for finding some of them. */
export function plainText({ html }: Safe): string {
  return html
    .replaceAll(/<span class="missing"[^>]*>[^<]*<\/span>/g, ' ')
    .replaceAll(/<\/?(?:strong|em|code|a|u|s|del|sup|sub)\b[^>]*>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
