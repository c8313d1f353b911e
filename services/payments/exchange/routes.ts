import type { exchangeRateOperations } from '@azora/contracts/payments/exchange-rate.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { latestDay } from '../subscriptions/school-day.ts'
import { selectLatestRates } from './exchange-rates.store.ts'
import { importRates, saveRate } from './save-rates.ts'

/** What currencies are worth in each other, for those who keep the school's books. */
export function exchangeRoutes({ db }: OrderTools): Handlers<typeof exchangeRateOperations> {
  return {
    listExchangeRates: async (_input, context) => ({
      items: await selectLatestRates(db.in(actorOf(context).organizationId), latestDay(new Date())),
    }),
    saveExchangeRate: (input, context) => saveRate(db, callerOf(context), input),
    importExchangeRates: (input, context) => importRates(db, callerOf(context), input),
  }
}
