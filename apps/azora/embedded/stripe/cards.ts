import type { ErrorBody } from './failure.ts'

/**
 * Stripe's published test cards: what each number does, and the payment method and token that stand for it.
 * Source: https://docs.stripe.com/testing
 */
export type TestCard = {
  number: string
  /** What follows `pm_card_` and `tok_`. */
  names: string[]
  brand: 'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay'
  funding: 'credit' | 'debit' | 'prepaid'
  /** What it does, for the list on the sandbox's pages; only those that are listed there have it. */
  does?: string
  /** Refused wherever it is used. */
  declines?: Decline
  /** Taken for later, and refused when it is charged. */
  declinesCharges?: Decline
  /**
   * When its owner is asked: always, also without them (where that is a refusal); unless it was set up for payments
   * without them; or only with them.
   */
  authentication?: 'always' | 'unless_set_up' | 'on_session'
  cvcCheck?: 'fail'
  /** What its owner does after a payment. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
  /** What becomes of its refunds. */
  refund?: 'fails_later' | 'succeeds_later'
  /** The money can be used at once. */
  availableAtOnce?: boolean
}

export type Decline = Pick<ErrorBody, 'decline_code'> & {
  code: NonNullable<ErrorBody['code']>
  message: string
  param?: string
}

const declinedFor = (reason: string): Decline => ({
  code: 'card_declined',
  decline_code: reason,
  message: 'Your card was declined.',
})
const insufficientFunds: Decline = {
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
}
export const authenticationRequired: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}
const incorrectNumber: Decline = {
  code: 'incorrect_number',
  message: 'Your card number is incorrect.',
  param: 'number',
}
const expired: Decline = {
  code: 'expired_card',
  decline_code: 'expired_card',
  message: 'Your card has expired.',
  param: 'exp_month',
}
const incorrectCvc: Decline = {
  code: 'incorrect_cvc',
  decline_code: 'incorrect_cvc',
  message: "Your card's security code is incorrect.",
  param: 'cvc',
}
const processingError: Decline = {
  code: 'processing_error',
  decline_code: 'processing_error',
  message: 'An error occurred while processing your card. Try again in a little bit.',
}

type Rest = Omit<TestCard, 'number' | 'names' | 'brand' | 'funding'>
const visa = (number: string, names: string, rest: Rest = {}): TestCard => ({
  number,
  names: names.split(' '),
  brand: 'visa',
  funding: 'credit',
  ...rest,
})

export const testCards: readonly TestCard[] = [
  visa('4242424242424242', 'visa', { does: 'Pays' }),
  { ...visa('4000056655665556', 'visa_debit'), funding: 'debit' },
  { ...visa('5555555555554444', 'mastercard'), brand: 'mastercard' },
  { ...visa('5200828282828210', 'mastercard_debit'), brand: 'mastercard', funding: 'debit' },
  { ...visa('5105105105105100', 'mastercard_prepaid'), brand: 'mastercard', funding: 'prepaid' },
  { ...visa('378282246310005', 'amex'), brand: 'amex' },
  { ...visa('6011111111111117', 'discover'), brand: 'discover' },
  { ...visa('3056930009020004', 'diners'), brand: 'diners' },
  { ...visa('3566002020360505', 'jcb'), brand: 'jcb' },
  { ...visa('6200000000000005', 'unionpay'), brand: 'unionpay' },
  visa('4000000000000077', 'bypassPending', { availableAtOnce: true }),

  visa('4000002500003155', 'authenticationRequiredOnSetup', {
    does: 'Asks for 3-D Secure',
    authentication: 'unless_set_up',
  }),
  visa('4000002760003184', 'authenticationRequired', {
    does: 'Asks for 3-D Secure every time',
    authentication: 'always',
  }),
  visa('4000003800000446', 'authenticationRequiredSetupForOffSession', { authentication: 'on_session' }),
  visa('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', {
    does: 'Asks for 3-D Secure, then has insufficient funds',
    authentication: 'always',
    declinesCharges: insufficientFunds,
  }),
  visa('4000000000003220', 'threeDSecure2Required', { authentication: 'unless_set_up' }),
  visa('4000008400001629', 'threeDSecureRequiredChargeDeclined', {
    authentication: 'always',
    declinesCharges: declinedFor('generic_decline'),
  }),
  visa('4000000000003055', 'threeDSecureOptional'),

  visa('4000000000000002', 'visa_chargeDeclined chargeDeclined', {
    does: 'Is declined',
    declines: declinedFor('generic_decline'),
  }),
  visa('4000000000009995', 'visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds', {
    does: 'Has insufficient funds',
    declines: insufficientFunds,
  }),
  visa('4000000000009987', 'visa_chargeDeclinedLostCard chargeDeclinedLostCard', {
    declines: declinedFor('lost_card'),
  }),
  visa('4000000000009979', 'visa_chargeDeclinedStolenCard chargeDeclinedStolenCard', {
    declines: declinedFor('stolen_card'),
  }),
  visa('4000000000006975', 'visa_chargeDeclinedVelocityLimitExceeded chargeDeclinedVelocityLimitExceeded', {
    declines: declinedFor('card_velocity_exceeded'),
  }),
  visa('4000000000000069', 'chargeDeclinedExpiredCard', { does: 'Has expired', declines: expired }),
  visa('4000000000000127', 'chargeDeclinedIncorrectCvc', {
    does: 'Has another security code',
    declines: incorrectCvc,
  }),
  visa('4000000000000119', 'chargeDeclinedProcessingError', {
    does: 'Meets a processing error',
    declines: processingError,
  }),
  visa('4242424242424241', 'chargeDeclinedIncorrectNumber', { declines: incorrectNumber }),
  visa('4000000000000341', 'chargeCustomerFail', {
    does: 'Can be kept, and is declined when it pays',
    declinesCharges: declinedFor('generic_decline'),
  }),
  visa('4100000000000019', 'radarBlock', { declines: declinedFor('fraudulent') }),
  visa('4000000000000101', 'cvcCheckFail', { cvcCheck: 'fail' }),

  visa('4000000000000259', 'createDispute', {
    does: 'Pays, then disputes it as fraud',
    dispute: 'fraudulent',
  }),
  visa('4000000000002685', 'createDisputeProductNotReceived', { dispute: 'product_not_received' }),
  visa('4000000000001976', 'createDisputeInquiry', { dispute: 'inquiry' }),

  visa('4000000000007726', 'pendingRefund', { refund: 'succeeds_later' }),
  visa('4000000000005126', 'refundFail', { does: 'Pays, and its refunds fail', refund: 'fails_later' }),
]

const byNumber = new Map(testCards.map(card => [card.number, card]))
const byName = new Map(testCards.flatMap(card => card.names.map(name => [name, card] as const)))

export const cardOfNumber = (number: string): TestCard | null => byNumber.get(number) ?? null

/** The card that `pm_card_visa` or `tok_visa` stands for. */
export function cardOfName(name: string): TestCard | null {
  const [, short] = /^(?:pm_card|tok)_(\w+)$/.exec(name) ?? []
  return byName.get(short ?? '') ?? null
}
