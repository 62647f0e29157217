const players =
  /(?:^|\.)(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|wistia\.com|wistia\.net|loom\.com|vidyard\.com|streamio\.com)$/;

/** The address under which a known player embeds the video; null for any other host, which Intercom refuses. */
export function embedAddress(source: string): string | null {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !players.test(url.hostname)) return null;
  const host = url.hostname.replace(/^www\./, '');
  const watched = host === 'youtube.com' && url.pathname === '/watch' ? url.searchParams.get('v') : null;
  if (watched !== null) return `https://www.youtube.com/embed/${encodeURIComponent(watched)}`;
  if (host === 'youtu.be') return `https://www.youtube.com/embed${url.pathname}`;
  if (host === 'loom.com' && url.pathname.startsWith('/share/')) {
    return `https://www.loom.com/embed/${url.pathname.slice('/share/'.length)}`;
  }
  if (host === 'vimeo.com' && /^\/\d+$/.test(url.pathname)) {
    return `https://player.vimeo.com/video${url.pathname}`;
  }
  return source;
}
