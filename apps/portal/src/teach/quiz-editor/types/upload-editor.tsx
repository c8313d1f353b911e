'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import type { UploadDraft } from '../body-draft.ts'
import { RubricEditor } from './rubric-editor.tsx'

type Props = { body: UploadDraft; survey: boolean; onChange: (body: UploadDraft) => void }

const kinds = ['document', 'photo', 'audio'] as const
const megabyte = 1_000_000

/** Which files are asked for, how many and how large, and what a person marks them by. */
export function UploadEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  if (survey) return <p className="text-sm text-muted">{t('noUploadsInSurvey')}</p>
  return (
    <div className="flex flex-col gap-5">
      <CheckboxGroup
        label={t('uploadKinds')}
        value={body.kinds}
        onChange={chosen => onChange({ ...body, kinds: kinds.filter(kind => chosen.includes(kind)) })}
      >
        {kinds.map(kind => (
          <Checkbox key={kind} value={kind}>
            {t(`kind_${kind}`)}
            <span className="block text-sm text-muted">{t(`kind_${kind}_help`)}</span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      <div className="flex flex-wrap gap-4">
        <NumberField
          label={t('mostFiles')}
          minValue={1}
          maxValue={limits.filesOfAnswer}
          value={body.mostFiles}
          onChange={mostFiles => onChange({ ...body, mostFiles: Number.isNaN(mostFiles) ? 1 : mostFiles })}
        />
        <NumberField
          label={t('mostMegabytes')}
          minValue={1}
          maxValue={limits.uploadBytes / megabyte}
          value={body.mostBytes / megabyte}
          onChange={most =>
            onChange({ ...body, mostBytes: Math.round((Number.isNaN(most) ? 20 : most) * megabyte) })
          }
        />
      </div>
      <RubricEditor body={body} onChange={part => onChange({ ...body, ...part })} />
    </div>
  )
}
