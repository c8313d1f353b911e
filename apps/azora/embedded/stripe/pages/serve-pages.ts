import { createHash, timingSafeEqual } from 'node:crypto'
import type { Stripe } from 'stripe'
import { answerAtCheckout, type Outcome, payAtCheckout, successUrlOf } from '../checkout-pay.ts'
import { StripeFailure } from '../failure.ts'
import { readForm } from '../form.ts'
import { authenticated } from '../pay.ts'
import { setupAuthenticated } from '../setup-intents.ts'
import type { Store } from '../store.ts'
import type { Work } from '../work.ts'
import { type Problems, parseCardForm, readCardForm } from './card-form.ts'
import { challengeAnswered, challengeOver, challengePage } from './challenge-page.ts'
import { type PageAnswer, seeOther } from './page.ts'
import { endedPage, faultyPage, payPage } from './pay-page.ts'

/** The sandbox's pages for people: checkout, and 3-D Secure. A request is a transaction, as over the API. */

type Options = { store: Store; pagesUrl: string; pagesPath: string; nowS: () => number }
type Asked = { method: string; path: string; body: string }

export function createPages({ store, pagesUrl, pagesPath, nowS }: Options) {
  return ({ method, path, body }: Asked): PageAnswer => {
    const [kind, name = '', ...more] = path.slice(pagesPath.length + 1).split('/')
    const work: Work = { store, now: nowS(), pagesUrl, request: { id: null, idempotencyKey: null } }
    const posts = method === 'POST'
    if (more.length > 0 || !/^\w+$/.test(name) || !['GET', 'HEAD', 'POST'].includes(method))
      return endedPage(null)
    try {
      return store.transaction(() => {
        if (kind === 'pay') return pay(work, name, posts ? body : null)
        if (kind === '3ds') return challenge(work, name, posts ? body : null)
        return endedPage(null)
      })
    } catch (failure) {
      // What the card refuses is shown on the page; this is a form or a payment that cannot be.
      if (failure instanceof StripeFailure) return faultyPage(failure.message)
      throw failure
    }
  }
}

function pay(work: Work, name: string, body: string | null): PageAnswer {
  const session = work.store.find('checkout.session', name)
  // The job that ends it may be about to.
  if (session?.status !== 'open' || session.expires_at <= work.now) return endedPage(session)
  const { lineItems: items = [], formToken = '' } = work.store.hidden(name)
  const show = (typed: { name: string; email: string }, problems: Problems, refused: string | null) =>
    payPage({ session, items, formToken, typed, problems, refused, status: body === null ? 200 : 422 })
  if (body === null)
    return show({ name: '', email: emailOf(work, session) }, new Map(), lastRefusal(work, session))
  const fields = readForm(body)
  const form = readCardForm(fields)
  // A page elsewhere cannot know it, so it cannot send this form for somebody.
  if (!same(fields.token, formToken)) return show(form, new Map(), 'This form was not sent from this page.')
  const parsed = parseCardForm(form, work.now)
  if ('problems' in parsed) return show(form, parsed.problems, null)
  const outcome = payAtCheckout(work, session, parsed.typed)
  return 'refused' in outcome ? show(form, new Map(), outcome.refused) : goOn(outcome)
}

const goOn = (outcome: Exclude<Outcome, { refused: string }>): PageAnswer =>
  seeOther('asks' in outcome ? outcome.asks : successUrlOf(outcome.done))

function same(given: unknown, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(expected))
}

function emailOf(work: Work, session: Stripe.Checkout.Session): string {
  const customer = typeof session.customer === 'string' ? work.store.find('customer', session.customer) : null
  return session.customer_details?.email ?? session.customer_email ?? customer?.email ?? ''
}

/** What the last attempt met, where its owner comes back from 3-D Secure. */
function lastRefusal(work: Work, session: Stripe.Checkout.Session): string | null {
  const payment =
    typeof session.payment_intent === 'string'
      ? work.store.find('payment_intent', session.payment_intent)
      : null
  const setup =
    typeof session.setup_intent === 'string' ? work.store.find('setup_intent', session.setup_intent) : null
  return (payment?.last_payment_error ?? setup?.last_setup_error)?.message ?? null
}

function challenge(work: Work, name: string, body: string | null): PageAnswer {
  const intent = work.store.findChallenge(name)
  if (intent?.status !== 'requires_action') return challengeOver()
  const { session: sessionId, returnUrl } = work.store.hidden(intent.id)
  const session = sessionId ? work.store.find('checkout.session', sessionId) : null
  const back = session ? successUrlOf(session) : (returnUrl ?? null)
  if (body === null) return challengePage(intent, back ? [back] : [])
  const agreed = readForm(body).answer === 'agree'
  if (session) {
    const outcome = answerAtCheckout(work, session, intent, agreed)
    return 'refused' in outcome ? seeOther(`${work.pagesUrl}/pay/${session.id}`) : goOn(outcome)
  }
  const succeeded = answer(work, intent, agreed)
  if (!returnUrl) return challengeAnswered(succeeded)
  const address = new URL(returnUrl)
  address.searchParams.set(intent.object, intent.id)
  address.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '')
  address.searchParams.set('redirect_status', succeeded ? 'succeeded' : 'failed')
  return seeOther(address.href)
}

function answer(work: Work, intent: Stripe.PaymentIntent | Stripe.SetupIntent, agreed: boolean): boolean {
  try {
    if (intent.object === 'setup_intent') setupAuthenticated(work, intent, agreed)
    else authenticated(work, intent, agreed)
    return true
  } catch (failure) {
    if (failure instanceof StripeFailure && failure.keeps) return false
    throw failure
  }
}
