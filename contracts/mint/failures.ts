import type { Failures } from '../failures.ts'
import { type RefusalCode, refusalCodes } from './transfer-codes.ts'

type Refused = { [C in RefusalCode]: { code: 'transfer_refused'; message: (typeof refusalCodes)[C] } }

/** What mint refuses. Each refusal of a transfer narrows `transfer_refused`. */
export const mintFailures = {
  codes: {
    transfer_refused: { status: 409, message: 'The transfer was refused. Nothing was booked.' },
    ledger_busy: {
      status: 503,
      message: 'More transfers are waiting than can be booked at once. Nothing was booked. Try again soon.',
    },
  },
  reasons: {
    ...(Object.fromEntries(
      Object.entries(refusalCodes).map(([name, message]) => [name, { code: 'transfer_refused', message }]),
    ) as Refused),
    version_not_later: {
      code: 'conflict',
      message: 'A version of these rules begins at this time or later. Choose a later time.',
    },
  },
  fields: {
    shares_not_whole: 'The shares must add up to 10,000 hundredths of a per cent.',
    transfer_id_repeated: 'Each transfer of a request has an id of its own.',
    valid_from_past:
      'Rules begin in the future, so that what was booked keeps the rules that it was booked by.',
    owner_id_missing: 'Say whose account it is.',
  },
} as const satisfies Failures
