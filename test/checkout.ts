import assert from 'node:assert/strict'

/** The hosted page of the Stripe sandbox, as a browser without scripts uses it. */

const cards = {
  works: '4242 4242 4242 4242',
  declined: '4000 0000 0000 9995',
  disputed: '4000 0000 0000 0259',
  asked_about: '4000 0000 0000 1976',
  refund_fails: '4000 0000 0000 5126',
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
