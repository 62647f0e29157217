import type { Operation } from '../model/plan.ts';

/** What a deletion comes to: the article stays as a draft, the entry is gone, or its file goes to the trash. */
export const removalOf = (operation: Operation): 'unpublish' | 'delete' | 'trash' =>
  operation.side === 'local' ? 'trash' : operation.removal === 'unpublish' ? 'unpublish' : 'delete';
