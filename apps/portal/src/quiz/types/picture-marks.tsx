import { readArea, readPoint } from '@azora/contracts/assessment/places-on-picture.ts'
import type { Submission } from '../../offline/answers.ts'
import type { QuestionOf } from './answer-field.ts'
import { AreaShape } from './area-shape.tsx'
import { heightOf, PictureFrame, placeOf } from './picture-frame.tsx'

type Mark = NonNullable<Submission['result']>['questions'][number]['marks'][number]

const pin =
  'pointer-events-none absolute grid size-7 -translate-1/2 place-items-center rounded-full border-2 border-white text-sm font-bold text-on-accent shadow-card'

/** The picture of a question that is marked: the areas that are right, and the points or places with their numbers. */
export function PictureMarks({
  question,
  marks,
}: {
  question: QuestionOf<'hotspot' | 'labelling'>
  marks: Mark[]
}) {
  const { picture } = question.body
  if (!picture) return null
  if (question.type === 'labelling')
    return (
      <PictureFrame picture={picture}>
        {question.body.targets.map((target, at) => {
          const right = marks.some(({ part, reason }) => part === target.id && reason === 'right')
          return (
            <span
              key={target.id}
              aria-hidden="true"
              style={placeOf(target)}
              className={`${pin} ${right ? 'bg-good' : 'bg-bad'}`}
            >
              {at + 1}
            </span>
          )
        })}
      </PictureFrame>
    )
  const height = heightOf(picture)
  return (
    <PictureFrame
      picture={picture}
      shapes={marks.map(({ part, expected }) => {
        const area = expected === null ? null : readArea(expected)
        return area ? (
          <AreaShape
            key={part}
            area={area}
            height={height}
            className="fill-good/25 stroke-good stroke-[3px]"
          />
        ) : null
      })}
    >
      {marks.map(({ part, given, reason }, at) => {
        const point = given === null ? null : readPoint(given)
        return point ? (
          <span
            key={part}
            aria-hidden="true"
            style={placeOf(point)}
            className={`${pin} ${reason === 'right' ? 'bg-good' : 'bg-bad'}`}
          >
            {at + 1}
          </span>
        ) : null
      })}
    </PictureFrame>
  )
}
