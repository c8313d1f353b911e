/**
 * What a declined card asks for. The codes are those that Stripe passes on from the bank.
 *
 * - `hard`: the same card will not work again; networks fine merchants who try. Wait for another card.
 * - `soft`: it may work on another day.
 * - `action`: the bank asks its customer to confirm (SCA, EU directive 2015/2366, article 97). Trying again without
 *   them gives the same answer.
 */
export type DeclineKind = 'hard' | 'soft' | 'action'

const hard = new Set([
  // Ours: there is no card to try, and no card is charged so little.
  'no_card',
  'amount_not_taken',
  'card_not_supported',
  'currency_not_supported',
  'expired_card',
  'fraudulent',
  'highest_risk_level',
  'incorrect_cvc',
  'incorrect_number',
  'invalid_account',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
  'lost_card',
  'merchant_blacklist',
  'new_account_information_available',
  'no_action_taken',
  'pickup_card',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'security_violation',
  'service_not_allowed',
  'stolen_card',
  'stop_payment_order',
  'transaction_not_allowed',
])

const action = new Set(['authentication_required', 'offline_pin_required', 'online_or_offline_pin_required'])

/** A code that is not known counts as soft: a few more tries do little harm, and giving up at once loses a customer. */
export function kindOf(declineCode: string): DeclineKind {
  if (hard.has(declineCode)) return 'hard'
  return action.has(declineCode) ? 'action' : 'soft'
}
