import type { Video } from '../meaning/canon.ts';

/** Recognises the address of a video by one of the players that Intercom embeds. */
export function videoOf(src: string): Video | null {
  const trimmed = src.trim();
  for (const { player, pattern, embed } of players) {
    const found = pattern.exec(trimmed);
    const id = found?.slice(1).find((part) => part !== undefined);
    if (id === undefined) continue;
    const embedded =
      /\/(?:embed|video|iframe)\/|play\.vidyard|streamio/u.test(trimmed) && /^https:/iu.test(trimmed);
    return { kind: 'video', player, id, src: embedded ? trimmed : embed(id) };
  }
  return null;
}

const players: readonly { player: string; pattern: RegExp; embed: (id: string) => string }[] = [
  {
    player: 'youtube',
    pattern:
      /^(?:https?:)?\/\/(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:(?:embed|shorts|live|v)\/([\w-]+)|watch\?(?:[^#]*&)?v=([\w-]+))|youtu\.be\/([\w-]+))/iu,
    embed: (id) => `https://www.youtube.com/embed/${id}`,
  },
  {
    player: 'vimeo',
    pattern: /^(?:https?:)?\/\/(?:player\.vimeo\.com\/video|(?:www\.)?vimeo\.com)\/(\d+(?:\?h=\w+|\/\w+)?)/iu,
    embed: (id) => `https://player.vimeo.com/video/${id.replace('/', '?h=')}`,
  },
  {
    player: 'wistia',
    pattern:
      /^(?:https?:)?\/\/[\w.-]*(?:wistia\.(?:com|net)|wi\.st)\/(?:embed\/(?:iframe|medias)|medias)\/(\w+)/iu,
    embed: (id) => `https://fast.wistia.net/embed/iframe/${id}`,
  },
  {
    player: 'loom',
    pattern: /^(?:https?:)?\/\/(?:www\.)?loom\.com\/(?:embed|share)\/(\w+)/iu,
    embed: (id) => `https://www.loom.com/embed/${id}`,
  },
  {
    player: 'vidyard',
    pattern: /^(?:https?:)?\/\/(?:play|video|share|embed)\.vidyard\.com\/(?:watch\/)?([\w-]+)/iu,
    embed: (id) => `https://play.vidyard.com/${id}`,
  },
  {
    player: 'streamio',
    pattern: /^(?:https?:)?\/\/(?:www\.)?streamio\.com\/((?:api\/v1\/)?[\w/-]+)/iu,
    embed: (id) => `https://streamio.com/${id}`,
  },
];
