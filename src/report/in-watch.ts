/** A hint as it is true in a watch, which tries by itself again whatever a command would have to be run again for. */
export function inWatch(hint: string): string {
  return hint.replace(/(?:[,;] then |^|(?<=[.;] ))run (?:the command )?again(?: later)?/i, (found: string) =>
    /^[,;]/.test(found) ? '; it is then tried again by itself' : 'It is tried again by itself',
  );
}
