import { areaText, type Point, pointText, readPoint } from '@azora/contracts/assessment/places-on-picture.ts'
import type { hotspotBody } from '@azora/contracts/assessment/question-types/hotspot.ts'
import type { z } from 'zod'
import { faultOfPicture } from '../picture-fault.ts'
import type { PartMark, QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'
import { typedAnswer } from '../typed-answer.ts'
import { holds, leastExtent, middleOf } from './area.ts'

type Hotspot = z.infer<typeof hotspotBody>
type Area = Hotspot['areas'][number]

/** Of the picture's width: on a small phone some ten pixels, which arrow keys reach in the smallest steps. */
const leastArea = 0.03
/** Nothing is marked on a question without a picture. */
const noPicture = { width: 1, height: 1 }

const pointsIn = (given: string[]): Point[] => given.flatMap(text => readPoint(text) ?? [])

/**
 * Which point marks each area, by their places in the lists: as many areas as can be, one point each. Where areas
 * overlap, the first that holds a point is not always the one to give it to.
 */
function hitsOf(
  areas: Area[],
  points: Point[],
  size: { width: number; height: number },
): Map<number, number> {
  const areaOf = new Map<number, number>()
  const place = (area: number, tried: Set<number>): boolean => {
    for (const [at, point] of points.entries()) {
      if (tried.has(at) || !holds(areas[area] as Area, point, size)) continue
      tried.add(at)
      const holder = areaOf.get(at)
      if (holder !== undefined && !place(holder, tried)) continue
      areaOf.set(at, area)
      return true
    }
    return false
  }
  for (const area of areas.keys()) place(area, new Set())
  return new Map([...areaOf].map(([at, area]) => [area, at]))
}

/**
 * Each area is a part. A point that marks none is the wrong answer for an area that is not marked; more of them than
 * there are such areas each take back what one earns, as otherwise who marks everything knew everything.
 */
function marksOf({ areas, picture }: Hotspot, given: string[]): PartMark[] {
  const points = pointsIn(given)
  const hits = hitsOf(areas, points, picture ?? noPicture)
  const taken = new Set(hits.values())
  const misses = points.filter((_, at) => !taken.has(at)).map(pointText)
  const marks = areas.map((area, at): PartMark => {
    const hit = points[hits.get(at) ?? -1]
    const miss = hit ? null : (misses.shift() ?? null)
    return {
      part: area.id,
      given: hit ? pointText(hit) : miss,
      expected: areaText(area),
      worth: 1,
      earned: hit ? 1 : 0,
      reason: hit ? 'right' : miss ? 'wrong' : 'unanswered',
    }
  })
  const more = misses.map(
    // No area has such an id.
    (miss, at): PartMark => ({
      part: `.${at + 1}`,
      given: miss,
      expected: null,
      worth: 0,
      earned: -1,
      reason: 'wrong',
    }),
  )
  return [...marks, ...more]
}

const areaAt = ({ areas, picture }: Hotspot, point: Point): Area | undefined =>
  areas.find(area => holds(area, point, picture ?? noPicture))

export const hotspot: QuestionRules<Hotspot, Pick<Hotspot, 'picture' | 'points'>> = {
  open: ({ picture, points }) => ({ picture, points }),
  responseIds: questionId => [questionId],
  admissible: ({ points }, _responseId, given) =>
    [...new Set(pointsIn(given).map(pointText))].slice(0, points),
  marks: (questionId, body, responses) => marksOf(body, responses[questionId] ?? []),
  correct: ({ areas, picture }) => areas.map(area => pointText(middleOf(area, picture ?? noPicture))),
  // Each point is looked for in each area.
  comparisons: ({ areas, points }) => Math.ceil((areas.length * points) / 20),
  tell(body, _responseId, [given = '']) {
    const point = readPoint(given)
    const area = point ? areaAt(body, point) : undefined
    const place = point ? `${Math.round(point.x * 100)} % × ${Math.round(point.y * 100)} %` : given
    return { part: null, answer: typedAnswer(area?.name || place), right: area !== undefined }
  },
  prepared: body => body,
  fault({ areas, picture, points }, _content, survey) {
    const fault = faultOfPicture(picture)
    if (fault) return fault
    if (hasRepeatedId(areas)) return 'duplicate_part'
    if (areas.some(area => leastExtent(area, picture ?? noPicture) < leastArea)) return 'area_too_small'
    if (survey) return null
    if (areas.length === 0) return 'area_missing'
    return points < areas.length ? 'too_few_points' : null
  },
  htmlPlaces: () => [],
}
