import { Dialog } from '@azora/ui/dialog.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { School, Tier } from './school.ts'
import { slugOf } from './slug.ts'

type OpenSchoolProps = { onClose: () => void; onOpened: (school: School, adminEmail: string) => void }

/** Opens a school and invites the person who is to manage it. */
export function OpenSchoolDialog({ onClose, onOpened }: OpenSchoolProps) {
  const t = useTranslations('schools')
  const common = useTranslations('common')
  const [name, setName] = useState('')
  // The short name follows the name until someone writes one.
  const [slug, setSlug] = useState<string | null>(null)
  const open = async (data: FormData) => {
    const adminEmail = String(data.get('adminEmail'))
    onOpened(
      await call('auth.createOrganization', { name, slug: slug ?? slugOf(name), adminEmail }),
      adminEmail,
    )
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('openTitle')} closeLabel={common('close')}>
      <p className="text-muted">{t('openText')}</p>
      <DraftForm thing="new-school" onSubmit={open} failure={common('connectionLost')}>
        <TextField
          label={t('name')}
          name="name"
          value={name}
          onChange={setName}
          isRequired
          maxLength={120}
          autoFocus
        />
        <TextField
          label={t('slug')}
          name="slug"
          description={t('slugHelp')}
          value={slug ?? slugOf(name)}
          onChange={setSlug}
          isRequired
          maxLength={61}
        />
        <TextField
          label={t('admin')}
          name="adminEmail"
          type="email"
          description={t('adminHelp')}
          isRequired
          maxLength={254}
        />
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('open')}</SubmitButton>
        </DialogButtons>
      </DraftForm>
    </Dialog>
  )
}

type EditSchoolProps = {
  school: School
  onClose: () => void
  onSaved: (school: School) => void
}

const tiers = ['free', 'pro', 'enterprise'] as const satisfies Tier[]

/** Changes what only those who run the installation may change of a school. */
export function EditSchoolDialog({ school, onClose, onSaved }: EditSchoolProps) {
  const t = useTranslations('schools')
  const common = useTranslations('common')
  const [tier, setTier] = useState<Tier>(school.tier)
  const save = async (data: FormData) =>
    onSaved(
      await call('auth.saveOrganization', {
        organizationId: school.id,
        name: String(data.get('name')),
        tier,
      }),
    )
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('editTitle', { name: school.name })}
      closeLabel={common('close')}
    >
      <DraftForm thing={`school:${school.id}`} onSubmit={save} failure={common('connectionLost')}>
        <TextField label={t('name')} name="name" defaultValue={school.name} isRequired maxLength={120} />
        <RadioGroup
          label={t('tier')}
          value={tier}
          onChange={chosen => setTier(tiers.find(one => one === chosen) ?? tier)}
        >
          {tiers.map(one => (
            <Radio key={one} value={one} card>
              <span className="font-semibold">{t(`tier_${one}`)}</span>
              <span className="block text-sm text-muted">{t(`tierHelp_${one}`)}</span>
            </Radio>
          ))}
        </RadioGroup>
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{common('save')}</SubmitButton>
        </DialogButtons>
      </DraftForm>
    </Dialog>
  )
}
