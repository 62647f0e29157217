/* What a tool has to say among the words of a help center. It speaks English, whatever the readers do. */
import { safe, type Safe } from './safe-html.ts';

export const noteOf = (text: string): Safe => safe`<p class="note" lang="en" dir="ltr">${text}</p>`;

/** Articles that the help center does not list; readers have to know the address. */
export function outsideNote(rows: Safe): Safe {
  return safe`<section class="shelf"><h2 lang="en" dir="ltr">Outside every collection</h2>
    ${noteOf('Not listed on the public help center: readers reach these by their address, and by links.')}
    ${rows}</section>`;
}
