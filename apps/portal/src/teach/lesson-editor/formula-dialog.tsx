'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { formulaHtml } from './formula.ts'

type FormulaDialogProps = {
  tex: string
  block: boolean
  /** Whether a formula on its own line may become one within a line, and the other way round. */
  canMove: boolean
  onFormula: (html: string, block: boolean) => void
  onClose: () => void
}

/** A formula is typed in LaTeX and shown while it is typed. */
export function FormulaDialog({ tex, block, canMove, onFormula, onClose }: FormulaDialogProps) {
  const t = useTranslations('richText')
  const common = useTranslations('common')
  const [typed, setTyped] = useState(tex)
  const [alone, setAlone] = useState(block)
  const [shown, setShown] = useState<Awaited<ReturnType<typeof formulaHtml>> | null>(null)
  useEffect(() => {
    let current = true
    if (typed.trim()) void formulaHtml(typed.trim(), alone).then(result => current && setShown(result))
    else setShown(null)
    return () => {
      current = false
    }
  }, [typed, alone])
  const set = async (event: FormEvent) => {
    event.preventDefault()
    // The form is drawn in a portal; React would hand the event on to the form around the editor.
    event.stopPropagation()
    const result = await formulaHtml(typed.trim(), alone)
    if ('fault' in result) return setShown(result)
    onFormula(result.html, alone)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('formula')} closeLabel={common('close')}>
      <form onSubmit={set} className="flex flex-col gap-5">
        <div className="font-mono">
          <TextArea
            label={t('formulaTex')}
            description={t('formulaHelp')}
            value={typed}
            onChange={setTyped}
            rows={3}
            maxLength={4000}
            spellCheck="false"
            isRequired
            autoFocus
          />
        </div>
        {canMove ? (
          <Checkbox isSelected={alone} onChange={setAlone}>
            {t('formulaAlone')}
          </Checkbox>
        ) : null}
        <section
          aria-label={t('formulaPreview')}
          aria-live="polite"
          className="prose min-h-20 max-w-none! overflow-x-auto rounded-control border border-line bg-sunken p-4"
        >
          {shown === null ? (
            <p className="text-muted">{t('formulaEmpty')}</p>
          ) : 'html' in shown ? (
            <div dangerouslySetInnerHTML={{ __html: shown.html }} />
          ) : (
            <p className="text-bad-ink">{t('formulaFault', { fault: shown.fault })}</p>
          )}
        </section>
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onPress={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" isDisabled={!shown || 'fault' in shown}>
            {t(tex ? 'keptSave' : 'formulaInsert')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
