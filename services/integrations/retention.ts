import type { Database } from '@azora/kit/db.ts'
import { allSteps } from '@azora/kit/each-alone.ts'
import { deleteOldDeliveries } from './deliveries/deliveries.store.ts'
import { deleteOldBatches, deleteOldUsage } from './usage/usage.store.ts'

const deliveryDays = 30
// A quarter, of which two months are shown at once.
const usageDays = 92
// No gateway keeps a batch for longer than it runs.
const batchDays = 7

const atATime = 5000

async function all(deleteSome: () => Promise<number>): Promise<void> {
  while ((await deleteSome()) === atATime);
}

/** Forget deliveries and counts whose time is over. */
export async function forgetOld(db: Database): Promise<void> {
  await allSteps([
    () => all(() => deleteOldDeliveries(db.across, deliveryDays, atATime)),
    () => all(() => deleteOldUsage(db.across, usageDays, atATime)),
    () => deleteOldBatches(db.across, batchDays),
  ])
}
