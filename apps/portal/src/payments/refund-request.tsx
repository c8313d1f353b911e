'use client'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { OutputOf } from '../lib/api.browser.ts'

// Few ask for it, and most of its script is in these.
const RefundRequestForm = dynamic(() =>
  import('./refund-request-form.tsx').then(module => module.RefundRequestForm),
)
const RefundRequestAsked = dynamic(() =>
  import('./refund-request-asked.tsx').then(module => module.RefundRequestAsked),
)

type Order = OutputOf<'payments.getOrder'>

/** Where a buyer asks for their money back, and what the school says to it. `until` is the last day, as text. */
export function RefundRequest({ initial, until }: { initial: Order; until: string | null }) {
  const t = useTranslations('orders')
  const [order, setOrder] = useState(initial)
  const [isOpen, setOpen] = useState(false)
  const details = useRef<HTMLDetailsElement>(null)
  // Opened before the page's scripts arrived: the browser itself does that.
  useEffect(() => {
    if (details.current?.open) setOpen(true)
  }, [])
  const { refundRequest: request, id: orderId } = order
  if (request) return <RefundRequestAsked request={request} orderId={orderId} onChanged={setOrder} />
  if (until === null || order.status !== 'paid') return null
  return (
    <details
      ref={details}
      onToggle={() => setOpen(true)}
      className="rounded-card border border-line bg-surface px-5 py-4"
    >
      <summary className="min-h-6 cursor-pointer font-semibold text-accent-ink">{t('ask')}</summary>
      <div className="mt-4">
        {isOpen ? <RefundRequestForm orderId={orderId} until={until} onAsked={setOrder} /> : null}
      </div>
    </details>
  )
}
