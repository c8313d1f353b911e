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
    wallet_too_little: { code: 'conflict', message: 'There is not enough money in the wallet.' },
    wallet_payment_ended: {
      code: 'conflict',
      message: 'This payment from the wallet took too long and was stopped. Nothing was taken. Try again.',
    },
    wallet_transfers_off: { code: 'forbidden', message: 'The school does not let you send money to others.' },
    wallet_limit_reached: {
      code: 'conflict',
      message: 'This is more than you may send within 24 hours. Nothing was sent.',
    },
    recipient_unknown: { code: 'conflict', message: 'No member of the school has this email address.' },
    recipient_is_sender: { code: 'conflict', message: 'This is your own email address.' },
    statement_too_long: { code: 'conflict', message: 'The period has too many lines. Choose a shorter one.' },
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
    time_zone_unknown: 'This is no time zone.',
    period_backwards: 'The last day is not before the first one.',
    limit_twice: 'There is one limit for each currency.',
    owner_id_missing: 'Say whose account it is.',
  },
} as const satisfies Failures
