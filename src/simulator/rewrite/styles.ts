/** Background and border of the editor's grey callout, for a callout that is sent without colours. */
const greyCallout = 'background-color: #e8e8e880; border-color: #73737633;';

/** What stays of a callout's style: its two colours. */
export function calloutStyle(style: string): string {
  const kept = keep(style, /^(?:background|border)-color$/);
  return kept === '' ? greyCallout : kept;
}

/** What stays of a cell's or a table's style. */
export function tableStyle(style: string): string {
  return keep(style, /^(?:background-color|width|padding|text-align|vertical-align|border(?:-[a-z-]+)?)$/);
}

function keep(style: string, names: RegExp): string {
  const kept: string[] = [];
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (names.test(name) && /^[\w#%.,()+ -]+$/.test(value) && !/url\s*\(/i.test(value)) {
      kept.push(`${name}: ${value};`);
    }
  }
  return kept.join(' ');
}
