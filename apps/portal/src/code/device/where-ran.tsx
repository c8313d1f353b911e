'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { useOnline } from '../../shell/use-online.ts'
import type { Ran } from '../runs/use-run.ts'
import { choosePlace, forgetPlace, isKept, placeChosen } from './choice.ts'

type WhereRanProps = { language: string; ran: Ran; canRun: boolean; onRunAgain: () => void }

/** Where a program ran, and the other place, which is remembered for the next programs of its language. */
export function WhereRan({ language, ran: { place, needs }, canRun, onRunAgain }: WhereRanProps) {
  const t = useTranslations('code')
  const online = useOnline()
  const change = () => {
    if (place === 'device') choosePlace(language, 'server')
    else if (isKept(language) || language === 'javascript') choosePlace(language, 'device')
    // It is asked for again, with what it costs.
    else forgetPlace(language)
    onRunAgain()
  }
  const canChange = canRun && online && (place === 'device' || placeChosen(language) === 'server') && !needs
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      <p className="flex items-center gap-2">
        <Icon name={place === 'device' ? 'check' : 'info'} />
        {place === 'device' ? t('ranOnDevice') : needs ? t('ranOnServerFor', { needs }) : t('ranOnServer')}
      </p>
      {canChange ? (
        <Button variant="quiet" size="small" onPress={change}>
          {t(place === 'device' ? 'runOnServer' : 'runOnDevice')}
        </Button>
      ) : null}
    </div>
  )
}
