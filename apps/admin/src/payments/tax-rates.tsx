import { countriesIn } from '@azora/contracts/countries.ts'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'

/** A rate as it is typed. */
export type DraftRate = { key: number; country: string; percent: string; from: string; until: string }

type Rate = { country: string; basisPoints: number; from: string; until: string | null }

let keys = 0
export function draftOf({ country, basisPoints, from, until }: Rate): DraftRate {
  const [whole, rest] = [Math.trunc(basisPoints / 100), basisPoints % 100]
  const percent = rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`
  return { key: ++keys, country, percent, from, until: until ?? '' }
}

/** Hundredths of a per cent, exactly; null for what is none. */
export function basisPointsOf(text: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(rest.padEnd(2, '0'))
}

type Props = { rates: DraftRate[]; onChange: (rates: DraftRate[]) => void; mayEdit: boolean }

export function TaxRates({ rates, onChange, mayEdit }: Props) {
  const t = useTranslations('taxes')
  const locale = useLocale()
  const countries = countriesIn(locale)
  const change = (key: number, changed: Partial<DraftRate>) =>
    onChange(rates.map(rate => (rate.key === key ? { ...rate, ...changed } : rate)))
  return (
    <div className="flex flex-col gap-4">
      <h3 className="font-semibold">{t('rates')}</h3>
      <p className="text-sm text-muted">{t('ratesText')}</p>
      {rates.map(rate => (
        <div key={rate.key} className="grid gap-3 rounded-control border border-line p-4 sm:grid-cols-2">
          <NativeSelect
            label={t('country')}
            value={rate.country}
            onChange={({ target }) => change(rate.key, { country: target.value })}
            options={countries}
          />
          <TextField
            label={t('percent')}
            value={rate.percent}
            onChange={percent => change(rate.key, { percent })}
            inputMode="decimal"
            isRequired
            validate={text => (basisPointsOf(text) === null ? t('notPercent') : null)}
            isReadOnly={!mayEdit}
          />
          <TextField
            label={t('from')}
            type="date"
            value={rate.from}
            onChange={from => change(rate.key, { from })}
            isRequired
            isReadOnly={!mayEdit}
          />
          <TextField
            label={t('until')}
            type="date"
            value={rate.until}
            onChange={until => change(rate.key, { until })}
            isReadOnly={!mayEdit}
          />
          {mayEdit ? (
            <div>
              <Button
                variant="quiet"
                size="small"
                onPress={() => onChange(rates.filter(one => one.key !== rate.key))}
              >
                {t('removeRate')}
              </Button>
            </div>
          ) : null}
        </div>
      ))}
      {mayEdit ? (
        <div>
          <Button
            variant="secondary"
            size="small"
            onPress={() =>
              onChange([...rates, draftOf({ country: 'ZA', basisPoints: 1_500, from: '', until: null })])
            }
          >
            {t('addRate')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
