/** Intercom's help center has collections on three levels, no more. */
export const maxDepth = 3;
