import assert from 'node:assert/strict'

/** The hosted page of the Stripe sandbox, as a browser without scripts uses it. */

const cards = {
  works: '4242 4242 4242 4242',
  declined: '4000 0000 0000 9995',
  disputed: '4000 0000 0000 0259',
  asked_about: '4000 0000 0000 1976',
  refund_fails: '4000 0000 0000 5126',
  declinedLater: '4000 0000 0000 0341',
  asksOnce: '4000 0025 0000 3155',
  asksAlways: '4000 0027 6000 3184',
} as const
export type CardName = keyof typeof cards

/**
 * Pay an order with a test card.
 * @returns the HTTP status of the form's answer, and where it leads.
 */
export async function payOnPage(
  checkoutUrl: string,
  card: CardName = 'works',
): Promise<{ status: number; location: string }> {
  const { origin } = new URL(checkoutUrl)
  const page = await fetch(checkoutUrl)
  const text = await page.text()
  assert.equal(page.status, 200, text)
  const token = /name="token" value="(\w+)"/.exec(text)?.[1] ?? ''
  const form = {
    token,
    email: 'buyer@school.example',
    number: cards[card],
    expiry: '12 / 34',
    cvc: '123',
    name: 'A Buyer',
  }
  const answer = await fetch(checkoutUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams(form),
  })
  await answer.body?.cancel()
  return { status: answer.status, location: answer.headers.get('location') ?? '' }
}

/**
 * Answer for the owner of a card whom their bank asks (3-D Secure).
 * @param challengeUrl where `payOnPage` led to
 */
export async function answerBank(challengeUrl: string, answer: 'agree' | 'refuse' = 'agree'): Promise<void> {
  const { origin } = new URL(challengeUrl)
  const body = new URLSearchParams({ answer })
  const told = await fetch(challengeUrl, { method: 'POST', redirect: 'manual', headers: { origin }, body })
  await told.body?.cancel()
  assert.ok(told.status < 400, `The bank's page answered ${told.status}.`)
}
