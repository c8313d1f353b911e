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
  const [order, setOrder] = useState(initial)
  const { refundRequest: request } = order
  // Whose wish for single courses was granted may ask for others.
  const isOver = request !== null && (request.status !== 'approved' || request.courseIds === null)
  const mayAsk = until !== null && order.status === 'paid' && !isOver
  return (
    <>
      {request ? <RefundRequestAsked request={request} order={order} onChanged={setOrder} /> : null}
      {mayAsk ? <Asking order={order} until={until} onAsked={setOrder} /> : null}
    </>
  )
}

type AskingProps = { order: Order; until: string; onAsked: (order: Order) => void }

function Asking({ order, until, onAsked }: AskingProps) {
  const t = useTranslations('orders')
  const [isOpen, setOpen] = useState(false)
  const details = useRef<HTMLDetailsElement>(null)
  // Opened before the page's scripts arrived: the browser itself does that.
  useEffect(() => {
    if (details.current?.open) setOpen(true)
  }, [])
  return (
    <details
      ref={details}
      onToggle={() => setOpen(true)}
      className="rounded-card border border-line bg-surface px-5 py-4"
    >
      <summary className="min-h-6 cursor-pointer font-semibold text-accent-ink">{t('ask')}</summary>
      <div className="mt-4">
        {isOpen ? <RefundRequestForm order={order} until={until} onAsked={onAsked} /> : null}
      </div>
    </details>
  )
}
