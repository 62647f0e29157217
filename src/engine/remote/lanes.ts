/**
 * Does a job for every item, started in order, as many at once as `lanes` says whenever one is to start (at least one).
 * When a job throws, no other is started; the error is thrown once those under way have ended.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: () => number,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const errors: unknown[] = [];
  for (const item of items) {
    while (running.size >= Math.max(1, lanes())) await Promise.race(running);
    if (errors.length > 0) break;
    const one: Promise<void> = job(item)
      .catch((error: unknown) => {
        errors.push(error);
      })
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  if (errors.length > 0) throw errors[0];
}
