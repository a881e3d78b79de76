import { MAX_BUNDLE_FILES } from '@instashare/contracts/rules';
import { type BundleBudget, costInBundle } from './bundle-budget.ts';
import type { Ticket } from './gate.ts';
import { processBundle } from './process-bundle.ts';
import { processLarge } from './process-large.ts';
import type { ProcessContext } from './settle-items.ts';
import type { Lane, WorkItem } from './work-item.ts';
import type { WorkList } from './work-list.ts';

/** Work under way. */
export interface Started {
  readonly items: readonly WorkItem[];
  /** All of the items are settled. Never rejects. */
  readonly done: Promise<void>;
}

/** Begins to work on what is next in a lane; null when nothing is ready, or nothing may start now. */
export type StartWork = (lane: Lane) => Started | null;

export function createStartWork(
  context: ProcessContext,
  budget: BundleBudget,
  aborts: Readonly<Record<Lane, AbortController>>,
): StartWork {
  const { gate, list } = context;
  const starters: Readonly<Record<Lane, (ticket: Ticket) => Started | null>> = {
    small(ticket) {
      const items = takeBundle(list, budget);
      if (items.length === 0) return null;
      return {
        items,
        done: processBundle(context, { items, ticket, budget }, aborts.small.signal),
      };
    },
    large(ticket) {
      const item = list.take('large');
      if (item === undefined) return null;
      return { items: [item], done: processLarge(context, { item, ticket }, aborts.large.signal) };
    },
  };
  return (lane) => {
    const ticket = gate.enter();
    if (ticket === null) return null;
    const started = starters[lane](ticket);
    if (started === null) gate.unused(ticket);
    return started;
  };
}

/** As many as fit of those that are ready now; one that is too large for any bundle comes alone. */
function takeBundle(list: WorkList, budget: BundleBudget): WorkItem[] {
  const items: WorkItem[] = [];
  let cost = 0;
  const costOf = (item: WorkItem) => costInBundle(item.rest.stat.sizeBytes);
  const fits = (item: WorkItem) =>
    items.length === 0 || (items.length < MAX_BUNDLE_FILES && cost + costOf(item) <= budget.bytes);
  for (let item = list.take('small', fits); item !== undefined; item = list.take('small', fits)) {
    items.push(item);
    cost += costOf(item);
  }
  return items;
}
