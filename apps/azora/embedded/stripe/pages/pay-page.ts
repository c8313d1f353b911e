import { formatMoney } from '@azora/contracts/money.ts'
import type { Stripe } from 'stripe'
import { testCards } from '../cards.ts'
import type { CardForm, FieldName, Problems } from './card-form.ts'
import { Html, html, type PageAnswer, page } from './page.ts'

/** The hosted checkout page. */
export type PayPage = {
  session: Stripe.Checkout.Session
  items: Stripe.LineItem[]
  formToken: string
  /** What was typed before and may be shown again; nothing of a card. */
  typed: Pick<CardForm, 'name' | 'email'>
  problems: Problems
  /** What the bank said. */
  refused: string | null
  status: number
}

const money = (amountMinor: number, currency: string) =>
  formatMoney({ amountMinor, currency: currency.toUpperCase() }, 'en')

export function payPage(shown: PayPage): PageAnswer {
  const { session } = shown
  const pays = session.mode === 'payment'
  const title = pays ? 'Pay' : 'Save a card'
  const total = pays ? money(session.amount_total ?? 0, session.currency ?? '') : ''
  const content = html`
<h1>${title}${pays ? ` ${total}` : ''}</h1>
${pays ? summary(shown.items, total) : html`<p>The card is kept for later payments. Nothing is charged now.</p>`}
${shown.refused === null ? null : html`<div class="alert" role="alert"><strong>${shown.refused}</strong><br>Nothing was charged. You can try again, or use another card.</div>`}
<form method="post" novalidate>
<input type="hidden" name="token" value="${shown.formToken}">
${field(shown, 'email', 'Email', 'type="email" autocomplete="email"', shown.typed.email)}
${field(shown, 'number', 'Card number', 'inputmode="numeric" autocomplete="off" placeholder="4242 4242 4242 4242"')}
<div class="pair">
${field(shown, 'expiry', 'Expiry (MM / YY)', 'inputmode="numeric" autocomplete="off" placeholder="12 / 34"')}
${field(shown, 'cvc', 'Security code', 'inputmode="numeric" autocomplete="off" placeholder="123"')}
</div>
${field(shown, 'name', 'Name on the card', 'autocomplete="name"', shown.typed.name)}
<button class="wide" type="submit">${pays ? `Pay ${total}` : 'Save the card'}</button>
</form>
${session.cancel_url ? html`<p><a href="${session.cancel_url}">Go back without ${pays ? 'paying' : 'saving'}</a></p>` : null}
${cardList}`
  const leadsTo = session.success_url ? [session.success_url] : []
  return page(shown.status, `${title} ${total}`.trim(), content, leadsTo)
}

function summary(items: Stripe.LineItem[], total: string): Html {
  const lines = items.map(
    item =>
      html`<li><span>${item.description}${item.quantity === 1 ? '' : ` × ${item.quantity}`}</span><span>${money(item.amount_total, item.currency)}</span></li>`,
  )
  return html`<ul class="items">${lines}</ul><p class="total"><span>Total</span><span>${total}</span></p>`
}

/** @param attributes ours, never from outside */
function field(shown: PayPage, name: FieldName, label: string, attributes: string, value = ''): Html {
  const problem = shown.problems.get(name)
  const first = [...shown.problems.keys()][0] ?? (shown.refused === null ? null : 'number')
  const state = [
    problem ? `aria-invalid="true" aria-describedby="${name}-error"` : '',
    first === name ? 'autofocus' : '',
  ].join(' ')
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" required value="${value}" ${new Html(`${attributes} ${state}`)}>
${problem ? html`<p class="error" id="${`${name}-error`}">${problem}</p>` : null}</div>`
}

const spaced = (number: string) => number.replace(/(.{4})(?=.)/g, '$1 ')

const cardList = html`<details><summary>Test cards</summary>
<p class="soft">With any date to come and any security code.</p>
<dl>${testCards.flatMap(card => (card.does ? [html`<dt>${spaced(card.number)}</dt><dd>${card.does}</dd>`] : []))}</dl></details>`

/** Nobody can pay here, or not any more. */
export function endedPage(session: Stripe.Checkout.Session | null): PageAnswer {
  if (!session)
    return page(
      404,
      'Not found',
      html`<h1>There is no such page</h1><p>Check the address, or begin again where you came from.</p>`,
    )
  const done = session.status === 'complete'
  const back = done
    ? session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
    : session.cancel_url
  return page(
    done ? 200 : 410,
    done ? 'Done' : 'Expired',
    html`<h1>${done ? 'This is done' : 'This page has expired'}</h1>
<p>${done ? 'It was completed, and is not done again.' : 'Nothing was charged. Begin again where you came from.'}</p>
${back ? html`<p><a class="button" href="${back}">Go back</a></p>` : null}`,
  )
}

/** What was asked for cannot be, such as a payment for a customer who was deleted meanwhile. */
export const faultyPage = (message: string): PageAnswer =>
  page(
    400,
    'Not possible',
    html`<h1>This is not possible</h1><p>${message}</p><p>Nothing was charged. Begin again where you came from.</p>`,
  )
