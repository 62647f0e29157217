/* What `deletions: keep` leaves in the help center: it differs for good, so every plan tells it. */
import type { EntryStatus, Plan } from './plan.ts';

export const keptArticle = 'file gone; kept in the help center (deletions: keep)';
export const keptCollection = 'folder gone; kept in the help center (deletions: keep)';

/** Entries whose files are gone and that stay in the help center since the config says so. */
export const keptIn = ({ statuses }: Pick<Plan, 'statuses'>): readonly EntryStatus[] =>
  statuses.filter(({ details }) => details.includes(keptArticle) || details.includes(keptCollection));
