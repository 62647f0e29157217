/* The one script of the pages: of the preview, of the simulated help center, and of a preview that was exported. */
import { followContents } from './contents.ts';
import { enlargeable, openDialog } from './enlarge.ts';
import { pageData } from './page-data.ts';
import { keepFresh } from './refresh.ts';
import { openSearchBox, showResults } from './search-box.ts';

function prepare(): void {
  enlargeable();
  followContents();
  void showResults();
}

if (pageData !== null) {
  const refreshed = keepFresh(prepare);
  openSearchBox(refreshed);
  openDialog();
  prepare();
}
