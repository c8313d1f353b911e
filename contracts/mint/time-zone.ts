import { z } from 'zod'
import { mintFailures } from './failures.ts'

/** The name of a time zone, such as `Africa/Johannesburg`. */
export const timeZone = z.string().refine(
  name => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
    } catch {
      return false
    }
  },
  { error: mintFailures.fields.time_zone_unknown },
)
