/** How the preview and the simulated help center present themselves; `preview` in the config file says it. */
export interface SiteLook {
  readonly title: string;
  /** What the home page asks its readers, by language; where a language has none, the usual question. */
  readonly greetings: ReadonlyMap<string, string>;
  /** `#rrggbb` or `#rgb`; null for the usual one. */
  readonly color: string | null;
  readonly logo: Logo | null;
}

export interface Logo {
  readonly type: string;
  readonly bytes: Uint8Array;
}
