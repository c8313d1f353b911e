import { countriesIn } from '@azora/contracts/countries.ts'
import { Card } from '@azora/ui/card.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { basisPointsOf, type DraftRate, draftOf, TaxRates } from './tax-rates.tsx'

export type TaxSettings = OutputOf<'payments.getTaxSettings'>

const locales = ['en-ZA', 'en-GB', 'en-US', 'en-KE', 'en-NG', 'ar-EG', 'he-IL']
const businesses = ['standard', 'zero_rated', 'reverse_charge'] as const
const privates = ['standard', 'zero_rated'] as const

type Props = { settings: TaxSettings; mayEdit: boolean; onSaved: (saved: TaxSettings) => void }

export function TaxForm({ settings, mayEdit, onSaved }: Props) {
  const t = useTranslations('taxes')
  const common = useTranslations('common')
  const locale = useLocale()
  const say = useToast()
  const [rates, setRates] = useState<DraftRate[]>(() => settings.rates.map(draftOf))
  const { entity, abroad } = settings
  const save = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const lines = (name: string) =>
      text(name)
        .split(/\r?\n/)
        .map(line => line.trim())
        .filter(Boolean)
    const saved = await call('payments.saveTaxSettings', {
      version: settings.version,
      registered: data.has('registered'),
      entity: {
        name: text('entity.name'),
        address: lines('entity.address'),
        country: text('entity.country'),
        taxNumber: text('entity.taxNumber') || null,
        registrationNumber: text('entity.registrationNumber') || null,
      },
      taxName: text('taxName'),
      pricesIncludeTax: text('pricesIncludeTax') === 'yes',
      rates: rates.map(({ country, percent, from, until }) => ({
        country,
        basisPoints: basisPointsOf(percent) ?? -1,
        from,
        until: until || null,
      })),
      abroad: {
        business: businesses.find(one => one === text('business')) ?? 'standard',
        private: privates.find(one => one === text('private')) ?? 'standard',
      },
      numberPrefix: text('numberPrefix'),
      locale: text('locale'),
      paper: text('paper') === 'Letter' ? 'Letter' : 'A4',
      timeZone: text('timeZone'),
      notes: lines('notes'),
    }).catch(asFields)
    onSaved(saved)
    say(t('saved'))
  }
  return (
    <Form onSubmit={save} failure={common('connectionLost')} className="flex max-w-3xl flex-col gap-6">
      <fieldset disabled={!mayEdit} className="contents">
        <Card as="section" className="flex flex-col gap-4">
          <h2 className="text-lg font-bold">{t('entity')}</h2>
          <p className="text-muted">{t('entityText')}</p>
          <TextField
            label={t('name')}
            name="entity.name"
            defaultValue={entity.name}
            isRequired
            maxLength={150}
            isReadOnly={!mayEdit}
          />
          <TextArea
            label={t('address')}
            name="entity.address"
            defaultValue={entity.address.join('\n')}
            maxLength={600}
            isReadOnly={!mayEdit}
          />
          <NativeSelect
            label={t('country')}
            name="entity.country"
            defaultValue={entity.country}
            options={countriesIn(locale)}
          />
          <TextField
            label={t('registrationNumber')}
            name="entity.registrationNumber"
            defaultValue={entity.registrationNumber ?? ''}
            maxLength={40}
            isReadOnly={!mayEdit}
          />
        </Card>
        <Card as="section" className="flex flex-col gap-4">
          <h2 className="text-lg font-bold">{t('taxes')}</h2>
          <Checkbox name="registered" defaultSelected={settings.registered} isDisabled={!mayEdit}>
            {t('registered')}
            <span className="block text-sm text-muted">{t('registeredHelp')}</span>
          </Checkbox>
          <TextField
            label={t('taxNumber')}
            name="entity.taxNumber"
            defaultValue={entity.taxNumber ?? ''}
            maxLength={40}
            isReadOnly={!mayEdit}
          />
          <TextField
            label={t('taxName')}
            name="taxName"
            description={t('taxNameHelp')}
            defaultValue={settings.taxName}
            isRequired
            maxLength={20}
            isReadOnly={!mayEdit}
          />
          <NativeSelect
            label={t('prices')}
            name="pricesIncludeTax"
            defaultValue={settings.pricesIncludeTax ? 'yes' : 'no'}
            options={[
              { id: 'yes', label: t('pricesInclusive') },
              { id: 'no', label: t('pricesExclusive') },
            ]}
          />
          <TaxRates rates={rates} onChange={setRates} mayEdit={mayEdit} />
          <NativeSelect
            label={t('business')}
            name="business"
            defaultValue={abroad.business}
            options={businesses.map(id => ({ id, label: t(`abroad_${id}`) }))}
          />
          <NativeSelect
            label={t('private')}
            name="private"
            defaultValue={abroad.private}
            options={privates.map(id => ({ id, label: t(`abroad_${id}`) }))}
          />
        </Card>
        <Card as="section" className="flex flex-col gap-4">
          <h2 className="text-lg font-bold">{t('documents')}</h2>
          <TextField
            label={t('numberPrefix')}
            name="numberPrefix"
            description={t('numberPrefixHelp')}
            defaultValue={settings.numberPrefix}
            maxLength={20}
            isReadOnly={!mayEdit}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <NativeSelect
              label={t('locale')}
              name="locale"
              defaultValue={settings.locale}
              options={[...new Set([...locales, settings.locale])].map(id => ({
                id,
                label: new Intl.DisplayNames(locale, { type: 'language' }).of(id) ?? id,
              }))}
            />
            <NativeSelect
              label={t('paper')}
              name="paper"
              defaultValue={settings.paper}
              options={['A4', 'Letter'].map(id => ({ id, label: id }))}
            />
          </div>
          <NativeSelect
            label={t('timeZone')}
            name="timeZone"
            defaultValue={settings.timeZone}
            options={[...new Set([...Intl.supportedValuesOf('timeZone'), settings.timeZone])].map(id => ({
              id,
              label: id,
            }))}
          />
          <TextArea
            label={t('notes')}
            name="notes"
            description={t('notesHelp')}
            defaultValue={settings.notes.join('\n')}
            maxLength={2_500}
            isReadOnly={!mayEdit}
          />
        </Card>
      </fieldset>
      {mayEdit ? (
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      ) : null}
    </Form>
  )
}

type Refused = { data?: { fields?: { path: string }[] } }

/** A line of a text, or a part of a rate, is refused at the field that holds it. */
function asFields(failure: Refused): never {
  for (const field of failure.data?.fields ?? [])
    field.path = field.path.replace(/^(entity\.address|notes)\.\d+$/, '$1').replace(/^rates\..*$/, 'rates')
  throw failure
}
