'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Fragment, useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { AreaShape } from '../../../quiz/types/area-shape.tsx'
import { heightOf, PictureFrame } from '../../../quiz/types/picture-frame.tsx'
import { centreOf, handlesOf, movedArea, resizedArea, withCorner } from '../area-change.ts'
import { type Area, type HotspotDraft, newArea } from '../picture-draft.ts'
import { Labelled, LabelledText } from './labelled.tsx'
import { PictureChoice } from './picture-choice.tsx'
import { PictureHandle, PictureNumber } from './picture-handle.tsx'
import { RemoveRow } from './row-buttons.tsx'
import { inputStyle, rowStyle } from './row-style.ts'

type Props = { body: HotspotDraft; survey: boolean; onChange: (body: HotspotDraft) => void }

/** A picture and the areas of it that are right, drawn by mouse, finger or keyboard. */
export function HotspotEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { picture, areas, points } = body
  const [chosen, setChosen] = useState<string | null>(areas[0]?.id ?? null)
  const change = (at: number, area: Area) => onChange({ ...body, areas: areas.with(at, area) })
  const add = (shape: Area['shape']) => {
    const area = newArea(shape)
    setChosen(area.id)
    onChange({ ...body, areas: [...areas, area] })
  }
  const height = picture ? heightOf(picture) : 0
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-2 text-sm font-semibold">{t('picture')}</legend>
      <PictureChoice picture={picture} onChange={changed => onChange({ ...body, picture: changed })} />
      {picture ? (
        <>
          {survey ? null : <p className="text-sm text-muted">{t('areasHelp')}</p>}
          <PictureFrame
            picture={picture}
            shapes={areas.map(area => (
              <AreaShape
                key={area.id}
                area={area}
                height={height}
                className={`stroke-[3px] ${area.id === chosen ? 'fill-accent/30 stroke-accent' : 'fill-black/15 stroke-white'}`}
              />
            ))}
          >
            {areas.map((area, at) => (
              <Fragment key={area.id}>
                <PictureHandle
                  at={centreOf(area)}
                  label={t('moveArea', { number: at + 1 })}
                  onFocus={() => setChosen(area.id)}
                  onMove={by => change(at, movedArea(area, by))}
                >
                  <PictureNumber chosen={area.id === chosen}>{at + 1}</PictureNumber>
                </PictureHandle>
                {area.id === chosen
                  ? handlesOf(area).map((handle, corner) => (
                      <PictureHandle
                        key={corner}
                        at={handle}
                        label={t(area.shape === 'polygon' ? 'moveCorner' : 'resizeArea', {
                          number: at + 1,
                          corner: corner + 1,
                        })}
                        onMove={by => change(at, resizedArea(area, corner, by))}
                        {...(area.shape === 'polygon' && area.corners.length > 3
                          ? {
                              onDelete: () =>
                                change(at, { ...area, corners: area.corners.toSpliced(corner, 1) }),
                            }
                          : {})}
                      />
                    ))
                  : null}
              </Fragment>
            ))}
          </PictureFrame>
        </>
      ) : null}
      {picture && !survey ? (
        <>
          <div className="flex flex-wrap gap-2">
            {(['rectangle', 'circle', 'polygon'] as const).map(shape => (
              <Button
                key={shape}
                variant="secondary"
                size="small"
                isDisabled={areas.length >= limits.pointsOfPicture}
                onPress={() => add(shape)}
              >
                <Icon name="plus" />
                {t(`area_${shape}`)}
              </Button>
            ))}
          </div>
          {areas.map((area, at) => (
            <div key={area.id} className={rowStyle}>
              <LabelledText
                label={t('areaName', { number: at + 1 })}
                value={area.name}
                onText={name => change(at, { ...area, name })}
                onFocus={() => setChosen(area.id)}
                maxLength={limits.shortTextLength}
                className="min-w-44 flex-1"
              />
              {area.shape === 'polygon' ? (
                <Button
                  variant="quiet"
                  size="small"
                  isDisabled={area.corners.length >= limits.cornersOfArea}
                  onPress={() => {
                    setChosen(area.id)
                    change(at, withCorner(area))
                  }}
                >
                  <Icon name="plus" />
                  {t('addCorner')}
                </Button>
              ) : null}
              <RemoveRow
                label={t('removeArea', { number: at + 1 })}
                onPress={() => onChange({ ...body, areas: areas.toSpliced(at, 1) })}
              />
            </div>
          ))}
        </>
      ) : null}
      {picture ? (
        <Labelled label={t('pointsToMark')} className="max-w-64">
          <input
            type="number"
            min={Math.max(areas.length, 1)}
            max={limits.pointsOfPicture}
            step={1}
            value={Math.max(points, areas.length)}
            onChange={event => {
              const count = Math.round(event.target.valueAsNumber)
              const most = Number.isNaN(count) ? 1 : Math.min(Math.max(count, 1), limits.pointsOfPicture)
              onChange({ ...body, points: most })
            }}
            className={`${inputStyle} tabular-nums`}
          />
        </Labelled>
      ) : null}
    </fieldset>
  )
}
