'use client'
import { embedNames } from '@azora/contracts/embeds.ts'
import { Notice } from '@azora/ui/notice.tsx'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import type { Refusal } from './foreign-html.ts'

/** Says what of a pasted or loaded text a lesson does not hold, and what stands there instead. */
export function RefusalNotice({ refusal: { hosts, parts } }: { refusal: Refusal }) {
  const t = useTranslations('richText')
  const list = new Intl.ListFormat(useLocale())
  return (
    <>
      {hosts.length ? (
        <Notice tone="warning" live title={t('refusedFrames', { hosts: list.format(hosts) })}>
          <p>{t('refusedFramesText', { names: list.format(embedNames) })}</p>
        </Notice>
      ) : null}
      {parts.length ? (
        <Notice tone="warning" live title={t('refusedParts', { parts: list.format(parts) })}>
          <p>{t('refusedPartsText')}</p>
        </Notice>
      ) : null}
    </>
  )
}
