import { formatMoney } from '@azora/contracts/money.ts'
import type { Stripe } from 'stripe'
import { html, type PageAnswer, page } from './page.ts'

/** Where the bank of a card asks its owner, by 3-D Secure. */
export function challengePage(
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  leadsTo: string[],
): PageAnswer {
  const asked =
    intent.object === 'payment_intent'
      ? `Do you agree to pay ${formatMoney({ amountMinor: intent.amount, currency: intent.currency.toUpperCase() }, 'en')}?`
      : 'Do you agree that your card is kept for later payments?'
  return page(
    200,
    'Confirm with your bank',
    html`<h1>Confirm with your bank</h1>
<p>In the sandbox this page stands for the bank of your card (3-D Secure).</p>
<p>${asked}</p>
<form method="post"><div class="choices">
<button type="submit" name="answer" value="agree">Complete</button>
<button class="second" type="submit" name="answer" value="refuse">Fail</button>
</div></form>`,
    leadsTo,
  )
}

/** It was answered, or the payment is over. */
export const challengeOver = (): PageAnswer =>
  page(
    410,
    'Nothing to confirm',
    html`<h1>There is nothing to confirm here</h1><p>This was answered already, or its time is over. Go back to where you came from.</p>`,
  )

/** Answered, where no address to come back to was given. */
export const challengeAnswered = (agreed: boolean): PageAnswer =>
  page(
    200,
    agreed ? 'Confirmed' : 'Not confirmed',
    html`<h1>${agreed ? 'Confirmed' : 'Not confirmed'}</h1><p>You can close this page.</p>`,
  )
