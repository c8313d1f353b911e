import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { FormNumber } from './form-number.tsx'

/** Asks which variant of a quiz is shown. A form, so that its address brings the same one again. */
export async function VariantChoice({ path, variant }: { path: string; variant: number | null }) {
  const t = await getTranslations('preview')
  return (
    <form action={path} className="flex flex-wrap items-end gap-3">
      <FormNumber label={t('variant')} name="variant" most={limits.variants} value={variant ?? 1} />
      <Button type="submit" variant="secondary">
        {t('showVariant')}
      </Button>
      <p className="w-full text-sm text-muted">{t('variantHelp')}</p>
    </form>
  )
}
