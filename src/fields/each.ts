/** An object that holds, for each name, what is made for it. */
export function each<Made>(
  names: readonly (keyof Made & string)[],
  make: <Name extends keyof Made & string>(name: Name) => Made[Name],
): Made {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Made;
}

/** The names in a table, in its order. */
export const namesOf = <Table extends object>(table: Table): readonly (keyof Table & string)[] =>
  Object.keys(table) as (keyof Table & string)[];
