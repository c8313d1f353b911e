import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { AmountFields, amountsIn } from '@azora/web/amounts/amount-fields.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { CoursePicker } from '../offers/course-picker.tsx'
import type { PickedCourse } from '../offers/found-courses.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { SchoolBundle } from './school-bundle.ts'

type BundleDialogProps = { bundle: SchoolBundle | null; onClose: () => void; onSaved: () => void }

/** Makes a bundle, or another version of one: who has bought it keeps what they bought. */
export function BundleDialog({ bundle, onClose, onSaved }: BundleDialogProps) {
  const t = useTranslations('bundles')
  const offers = useTranslations('offers')
  const common = useTranslations('common')
  const currencies = useCurrencies(bundle?.prices ?? [])
  const [chosen, setChosen] = useState<PickedCourse[]>(bundle?.courses ?? [])
  const submit = async (data: FormData) => {
    const prices = amountsIn(data, currencies, {
      notAnAmount: () => offers('notAnAmount'),
      none: offers('noPrice'),
    })
    if (chosen.length < 2 || chosen.length > 50) throw faultAt('courseIds', t('howMany'))
    const terms = {
      title: String(data.get('title') ?? ''),
      description: String(data.get('description') ?? ''),
      prices,
      courseIds: chosen.map(({ courseId }) => courseId),
    }
    if (bundle) await call('payments.saveBundle', { bundleId: bundle.id, version: bundle.version, ...terms })
    else await call('payments.createBundle', terms)
    onSaved()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={bundle ? offers('editOne', { name: bundle.title }) : t('new')}
      closeLabel={common('close')}
    >
      {bundle && bundle.sold > 0 ? <p className="text-muted">{t('versionText')}</p> : null}
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="title"
          label={offers('name')}
          defaultValue={bundle?.title ?? ''}
          isRequired
          maxLength={160}
        />
        <TextArea
          name="description"
          label={offers('description')}
          defaultValue={bundle?.description ?? ''}
          maxLength={2000}
          rows={3}
        />
        <AmountFields
          currencies={currencies}
          amounts={bundle?.prices ?? []}
          label={currency => offers('priceIn', { currency })}
        />
        <CoursePicker label={t('opens')} chosen={chosen} onChange={setChosen} />
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('save')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
