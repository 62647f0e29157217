import { marked } from 'marked';

/**
 * A comment as GitHub shows it, near enough to look at: the dialect, notes and warnings, and the shapes and colours of
 * its comments.
 */
export function commentPage(markdown: string): string {
  const body = marked
    .parse(markdown, { async: false, gfm: true })
    .replace(
      /<blockquote>\s*<p>\[!(NOTE|WARNING|IMPORTANT)\]\s*(?:<br>)?/g,
      (_, kind: string) =>
        `<blockquote class="alert ${kind.toLowerCase()}"><p class="kind">${kind[0] ?? ''}${kind.slice(1).toLowerCase()}</p><p>`,
    );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${style}</style>
<div class="comment"><div class="by"><b>github-actions</b> <span class="bot">bot</span> commented</div>
<div class="body">${body}</div></div></html>`;
}

const style = `
* { box-sizing: border-box }
body { margin: 16px; background: #fff; color: #1f2328;
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif }
.comment { max-width: 880px; margin: 0 auto; border: 1px solid #d1d9e0; border-radius: 6px }
.by { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e }
.by b { color: #1f2328 } .bot { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 6px; font-size: 12px }
.body { padding: 16px; word-wrap: break-word; overflow-wrap: anywhere }
.body > :first-child { margin-top: 0 } .body > :last-child { margin-bottom: 0 }
h2 { font-size: 1.5em; padding-bottom: .3em; border-bottom: 1px solid #d1d9e0b3; margin: 24px 0 16px; line-height: 1.25 }
h3 { font-size: 1.25em; margin: 24px 0 16px; line-height: 1.25 }
p, ul, blockquote, pre, details { margin: 0 0 16px } ul { padding-left: 2em } li + li { margin-top: .25em }
li > p { margin-top: 16px }
code { font: 85%/1.5 ui-monospace, "Liberation Mono", monospace; background: #818b981f; border-radius: 6px; padding: .2em .4em }
pre { background: #f6f8fa; border-radius: 6px; padding: 16px; overflow: auto } pre code { background: none; padding: 0 }
blockquote { padding: 0 1em; color: #59636e; border-left: .25em solid #d1d9e0 }
blockquote > :last-child, details > :last-child { margin-bottom: 0 }
.alert { color: inherit; padding: 8px 16px } .alert.note { border-color: #0969da } .alert.warning { border-color: #9a6700 }
.kind { font-weight: 600; margin-bottom: 4px } .note .kind { color: #0969da } .warning .kind { color: #9a6700 }
a { color: #0969da; text-decoration: underline } summary { cursor: pointer } summary > * { vertical-align: baseline }
`;
