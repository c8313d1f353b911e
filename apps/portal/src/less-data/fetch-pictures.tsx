'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'

type FetchPicturesProps = { quizId: string; chosen: boolean; onChoose: (chosen: boolean) => void }

/** Offers to load all pictures of a quiz as it starts, with what that costs: a picture may be needed to answer. */
export function FetchPictures({ quizId, chosen, onChoose }: FetchPicturesProps) {
  const t = useTranslations('quiz')
  const locale = useLocale()
  const [pictures, setPictures] = useState({ count: 0, bytes: 0 })
  useEffect(() => {
    let here = true
    call('assessment.getQuizPictures', { quizId }).then(
      counted => {
        if (here) setPictures(counted)
      },
      (failure: unknown) => console.warn('The pictures of the quiz could not be counted.', failure),
    )
    return () => {
      here = false
    }
  }, [quizId])
  const { count, bytes } = pictures
  if (count === 0) return null
  return (
    <div className="flex flex-col gap-1">
      <Checkbox isSelected={chosen} onChange={onChoose}>
        {t('fetchPictures', { count, size: sizeText(locale, bytes) })}
      </Checkbox>
      <p className="text-sm text-muted">{t('fetchPicturesHelp')}</p>
    </div>
  )
}
