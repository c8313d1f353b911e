import type { bundleOperations } from '@azora/contracts/payments/bundle.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { shownOrder } from '../orders/shown-order.ts'
import { bundleFor } from './bundle-for.ts'
import { type Bundle, countSold, selectBundles, selectOfferedBundles } from './bundles.store.ts'
import { buyBundle, quoteBundle } from './buy-bundle.ts'
import { createBundle, saveBundle, setBundleStatus } from './save-bundle.ts'

type Tools = OrderTools & Pick<ServiceKit, 'others'>

/** A bundle as people see it who may buy it. */
const shown = <T extends Bundle>({ status: _status, courseIds: _courseIds, ...bundle }: T) => bundle

/** The same for those who keep the school's books. */
const kept = (bundle: Bundle, sold: number) => ({ ...shown(bundle), status: bundle.status, sold })

/** Bundles, each operation handed to its use case. */
export function bundleRoutes(tools: Tools): Handlers<typeof bundleOperations> {
  const { db } = tools
  async function withSold(organizationId: string, bundle: Bundle) {
    return kept(bundle, (await countSold(db.in(organizationId))).get(bundle.id) ?? 0)
  }
  return {
    async listBundles({ courseId }, context) {
      const bundles = await selectOfferedBundles(db.in(actorOf(context).organizationId), courseId)
      return { items: bundles.map(shown) }
    },
    getBundle: async ({ bundleId }, context) =>
      shown(await bundleFor(db, askingCallerOf(tools, context), bundleId)),
    async listSchoolBundles(_input, context) {
      const school = db.in(actorOf(context).organizationId)
      const [bundles, sold] = [await selectBundles(school), await countSold(school)]
      return { items: bundles.map(bundle => kept(bundle, sold.get(bundle.id) ?? 0)) }
    },
    createBundle: async (input, context) => kept(await createBundle(db, callerOf(context), input), 0),
    saveBundle: async (input, context) =>
      withSold(actorOf(context).organizationId, await saveBundle(db, callerOf(context), input)),
    setBundleStatus: async (input, context) =>
      withSold(actorOf(context).organizationId, await setBundleStatus(db, callerOf(context), input)),
    getBundleQuote: (input, context) => quoteBundle(db, askingCallerOf(tools, context), input),
    startBundleCheckout: async (input, context) =>
      shownOrder(await buyBundle(tools, askingCallerOf(tools, context), input)),
  }
}
