import text from 'shelfmark:page-script';

/** What `src/browser` does in the pages, as one script; made when the program is built. */
export const pageScript: string = text;
