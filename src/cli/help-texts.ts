/* What comes below the flags in the help of some commands. */
export const completionHelp = `
Examples, each for the file that your shell reads at its start:
  eval "$(shelfmark completion bash)"                                        ~/.bashrc
  source <(shelfmark completion zsh)                                         ~/.zshrc
  shelfmark completion fish | source                                         ~/.config/fish/config.fish
  shelfmark completion powershell | Out-String | Invoke-Expression           $PROFILE`;

export const doctorHelp = `
Nothing is changed: an update of an article that cannot exist tells whether the token may write.

Examples:
  shelfmark doctor
  shelfmark doctor --target staging
  shelfmark doctor --json
  shelfmark doctor --probe     on the embedded simulator, asks a copy and leaves its state alone`;

export const simulateHelp = `
Faults: status=CODE, html=CODE, delay=MS, drop=before, drop=after, late=MS, truncate, nonjson, empty, huge=BYTES,
redirect=URL, slow=BYTES a second, edit. Conditions: chance=20%, nth=3, every=3, times=2, method=PUT (or write),
path=/articles, applied=yes. All are explained in docs/simulator.md of Shelfmark.

Examples:
  shelfmark simulate
  shelfmark simulate --json --port 4010 --state help-center.json
  shelfmark simulate --fault status=503,chance=20% --fault drop=after,nth=3,method=write
  INTERCOM_URL=http://127.0.0.1:4010 INTERCOM_TOKEN=… shelfmark push`;

export const auditHelp = `
It reports all that "validate" does, and beyond that what no single file shows: articles that say the same, or that
nobody finds, empty collections, missing descriptions and texts of pictures. "audit" in sync.config.yaml turns kinds of
findings off, or makes errors of them.

Examples:
  shelfmark audit
  shelfmark audit content/guides --stale 180d
  shelfmark audit --since origin/main            articles that a change should have touched
  shelfmark audit --format markdown >> "$GITHUB_STEP_SUMMARY"`;

export const exportHelp = `
Code, addresses and pictures are placeholders that a translator cannot break; notes say where the words stand, and what
the translation says so far. Put the file back with "shelfmark translations import".

Examples:
  shelfmark translations export --locale fr --out fr.xlf
  shelfmark translations export content/guides --locale de --behind --format json > de.json`;

export const translationsHelp = `
A translation is behind when the text of its source changed since the translation was last edited, on either side.
Addresses, pictures, code and numbers do not count: they are the same in every language.

Examples:
  shelfmark translations
  shelfmark translations --locale fr,de
  shelfmark translations content/guides/install.md --locale fr     what changed, beside the French text
  shelfmark translations --mark-fresh content/guides/install.fr.md
  shelfmark translations export --locale fr --out fr.xlf           for a translator
  shelfmark translations import fr.xlf
  shelfmark translations --format markdown`;

export const validateHelp = `
--fix writes new addresses into links whose target was moved, makes Markdown links of [[links]] whose page is clear, and
renames files whose ending is not read, such as A.MD. It prints what it changed. All else is left to you.

Examples:
  shelfmark validate
  shelfmark validate content/guides
  shelfmark validate --fix
  shelfmark validate --require-locale fr,de    fails while a translation is missing or behind
  shelfmark validate --format github            messages at the lines of a pull request
  shelfmark validate --format sarif > shelfmark.sarif`;

export const watchHelp = `
Files are pushed once they rest, and edits of the help center are merged into them. Conflicts are held and shown, and
everything else goes on. Before a switch of branches changes the help center, the watch asks. Where nobody can answer,
it waits, unless you said --yes.

Examples:
  shelfmark watch
  shelfmark watch --draft                    write in peace: readers see nothing of it
  shelfmark watch --direction pull --interval 60
  shelfmark watch --preview                  with the folder as a help center in the browser
  shelfmark watch --json                     one JSON document a line`;
