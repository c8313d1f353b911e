import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { Labelled } from '../quiz-editor/types/labelled.tsx'
import { inputStyle } from '../quiz-editor/types/row-style.ts'

/** Asks which variant of a quiz is shown. A form, so that its address brings the same one again. */
export async function VariantChoice({ path, variant }: { path: string; variant: number | null }) {
  const t = await getTranslations('preview')
  return (
    <form action={path} className="flex flex-wrap items-end gap-3">
      <Labelled label={t('variant')} className="w-32">
        <input
          type="number"
          name="variant"
          min={1}
          max={limits.variants}
          required
          defaultValue={variant ?? 1}
          className={`${inputStyle} tabular-nums`}
        />
      </Labelled>
      <Button type="submit" variant="secondary">
        {t('showVariant')}
      </Button>
      <p className="w-full text-sm text-muted">{t('variantHelp')}</p>
    </form>
  )
}
