/** What comes of a transfer that is asked for. Both accepted codes mean that it is in the journal. */
export const acceptedCodes = ['created', 'exists'] as const

/**
 * Why a transfer is refused, which leaves everything as it was: one closed list, with a sentence for developers. What
 * the pages show is found under the same names in `apps/web/messages/en.failures.json`.
 */
export const refusalCodes = {
  transfer_exists_with_different_phase: 'This id belongs to a transfer of another phase.',
  transfer_exists_with_different_accounts: 'This id belongs to a transfer between other accounts.',
  transfer_exists_with_different_amount: 'This id belongs to a transfer of another amount.',
  transfer_exists_with_different_kind: 'This id belongs to a transfer of another kind.',
  transfer_exists_with_different_pending: 'This id belongs to a transfer that resolves another one.',
  transfer_exists_with_different_timeout: 'This id belongs to a transfer with another time-out.',
  transfer_exists_with_different_booking: 'This id belongs to a transfer of another booking, or of none.',
  transfer_exists_with_different_correction: 'This id belongs to a transfer that corrects another one.',
  transfer_exists_with_different_reference: 'This id belongs to a transfer with another reference.',
  transfer_exists_with_different_description: 'This id belongs to a transfer with another description.',
  booking_exists_with_different_details: 'This id belongs to a booking with other details.',
  booking_closed: 'The booking is complete; no transfer can be added to it.',
  booking_unknown: 'The booking that this transfer names is not part of the request.',
  accounts_same: 'A transfer goes from one account to another one.',
  debit_account_unknown: 'There is no such account to debit.',
  credit_account_unknown: 'There is no such account to credit.',
  currencies_differ: 'The two accounts are in different currencies.',
  debit_account_overdrawn: 'The account to debit does not have this much available.',
  credit_account_overdrawn: 'The account to credit does not have this much available.',
  debit_account_over_limit: 'The account to debit would exceed its limit.',
  credit_account_over_limit: 'The account to credit would exceed its limit.',
  total_too_large: 'The totals of an account would become too large.',
  pending_unknown: 'There is no such pending transfer.',
  pending_not_pending: 'The transfer that this one resolves is not a pending one.',
  pending_posted: 'The pending transfer was already posted.',
  pending_voided: 'The pending transfer was already voided.',
  pending_expired: 'The pending transfer has expired.',
  pending_amount_exceeded: 'More cannot be posted than is pending.',
  corrected_unknown: 'There is no such transfer to correct.',
  linked_refused: 'Another transfer of the same booking was refused, so none was made.',
} as const

export type RefusalCode = keyof typeof refusalCodes
export type TransferCode = (typeof acceptedCodes)[number] | RefusalCode

export const transferCodes = [...acceptedCodes, ...Object.keys(refusalCodes)] as [
  TransferCode,
  ...TransferCode[],
]

export const isAccepted = (code: TransferCode): code is (typeof acceptedCodes)[number] =>
  (acceptedCodes as readonly string[]).includes(code)
