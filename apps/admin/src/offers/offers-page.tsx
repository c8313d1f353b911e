import type { Price } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { usePage } from '@azora/web/calls/use-page.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { type ReactNode, useState } from 'react'
import { EmptyList } from '../lists/empty-list.tsx'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

type Status = 'draft' | 'offered' | 'retired'

/** What the school sells in versions: a plan, a bundle. */
type Offer = { id: string; status: Status; prices: Price[]; courses: unknown[] }

type OffersPageProps<One extends Offer> = {
  /** Tells this list from others. */
  name: string
  texts: Record<
    'title' | 'text' | 'new' | 'saved' | 'done_offered' | 'done_retired' | 'taken' | 'none' | 'noneText',
    string
  >
  read: (signal: AbortSignal) => Promise<{ items: One[] }>
  setStatus: (offer: One, status: 'offered' | 'retired') => Promise<One>
  nameOf: (offer: One) => string
  priceText: (price: Price, offer: One) => string
  /** How many have bought it. */
  takenBy: (offer: One) => number
  dialog: (props: { offer: One | null; onClose: () => void; onSaved: () => void }) => ReactNode
}

const tones: Record<Status, Tone> = { draft: 'neutral', offered: 'good', retired: 'amber' }

/** What the school offers of a kind; who holds the office of finance makes and offers it here. */
export function OffersPage<One extends Offer>(props: OffersPageProps<One>) {
  const { name, texts, read, setStatus, nameOf, priceText, takenBy } = props
  const t = useTranslations('offers')
  const locale = useLocale()
  const say = useToast()
  const mayEdit = may(useAccount(), 'office:finance')
  const [edited, setEdited] = useState<One | 'new' | null>(null)
  const [saves, setSaves] = useState(0)
  const list = usePage(`${name} ${saves}`, async (_cursor, signal) => ({
    items: (await read(signal)).items,
    nextCursor: null,
  }))
  const turn = async (offer: One) => {
    const status = offer.status === 'offered' ? 'retired' : 'offered'
    const changed = await setStatus(offer, status)
    list.replace(one => one.id === offer.id, changed)
    say(texts[`done_${status}`])
  }
  return (
    <>
      <PageHeader
        title={texts.title}
        description={texts.text}
        actions={mayEdit ? <Button onPress={() => setEdited('new')}>{texts.new}</Button> : null}
      />
      <List
        list={list}
        caption={texts.title}
        rowKey={offer => offer.id}
        columns={[
          { id: 'name', header: t('name'), rowHeader: true, cell: nameOf },
          {
            id: 'status',
            header: t('status'),
            cell: ({ status }) => <Badge tone={tones[status]}>{t(`status_${status}`)}</Badge>,
          },
          {
            id: 'price',
            header: t('price'),
            align: 'end',
            cell: offer =>
              offer.prices.map(price => (
                <span key={price.currency} className="block">
                  {priceText(price, offer)}
                </span>
              )),
          },
          {
            id: 'courses',
            header: t('courses'),
            align: 'end',
            cell: ({ courses }) => courses.length.toLocaleString(locale),
          },
          {
            id: 'taken',
            header: texts.taken,
            align: 'end',
            cell: offer => takenBy(offer).toLocaleString(locale),
          },
          {
            id: 'actions',
            header: t('actions'),
            headerHidden: true,
            align: 'end',
            cell: offer =>
              mayEdit ? (
                <span className="flex flex-wrap justify-end gap-2">
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t('editOne', { name: nameOf(offer) })}
                    onPress={() => setEdited(offer)}
                  >
                    {t('edit')}
                  </Button>
                  <Button
                    variant="secondary"
                    size="small"
                    aria-label={t(offer.status === 'offered' ? 'retireOne' : 'offerOne', {
                      name: nameOf(offer),
                    })}
                    onPress={() => turn(offer)}
                  >
                    {t(offer.status === 'offered' ? 'retire' : 'offer')}
                  </Button>
                </span>
              ) : null,
          },
        ]}
        empty={
          <EmptyList filtered={false} clear={() => {}} icon="receipt" title={texts.none}>
            {texts.noneText}
          </EmptyList>
        }
      />
      {edited
        ? props.dialog({
            offer: edited === 'new' ? null : edited,
            onClose: () => setEdited(null),
            onSaved: () => {
              setEdited(null)
              setSaves(count => count + 1)
              say(texts.saved)
            },
          })
        : null}
    </>
  )
}
