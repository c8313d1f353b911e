import { z } from 'zod'
import { positivePrice, price } from '../wire-money.ts'

/** What a course or a bundle comes to for its buyer, before they pay. */
export const quote = z.object({
  price: positivePrice,
  /** What comes off the price. */
  discount: price,
  net: price,
  tax: price,
  total: price,
  /** What the tax is called; null where the school takes none. */
  taxName: z.string().nullable(),
  pricesIncludeTax: z.boolean(),
})
