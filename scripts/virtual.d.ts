/** The script of the pages; `scripts/page-script.mjs` makes it. */
declare module 'shelfmark:page-script' {
  const text: string;
  export default text;
}
