/** How files look from where somebody stands. */
export interface Sight {
  /** A file that is named from the folder of the config file, as a path that can be clicked. */
  readonly name: (file: string) => string;
  /** The same for the path of an entry, which is named from the content folder. */
  readonly entry: (path: string) => string;
  /** What stands in the files that are talked about, by the name that a problem gives them. */
  readonly sources: ReadonlyMap<string, string>;
  /** How many characters fit on a line; infinite where nobody looks. */
  readonly width: number;
}

/** Nobody stands anywhere: files as the engine names them, and no lines of them. */
export const plainSight: Sight = {
  name: (file) => file,
  entry: (path) => path,
  sources: new Map(),
  width: Number.POSITIVE_INFINITY,
};

/** From the folder of the config file. */
export const sightOf = (contentName: string): Sight => ({
  ...plainSight,
  entry: (path) => (contentName === '.' ? path : `${contentName}/${path}`),
});
