import type { uploadBody } from '@azora/contracts/assessment/question-types/upload.ts'
import { uploadRead } from '@azora/contracts/assessment/uploaded-file.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { z } from 'zod'
import { preparedRubric, rubricFault } from '../essay/essay.ts'
import type { PartMark, QuestionRules } from '../question-rules.ts'
import { typedAnswer } from '../typed-answer.ts'

type Upload = z.infer<typeof uploadBody>

/** Files, which a person marks. An answer names them; it is written by the service when one has arrived or is removed. */
export const upload: QuestionRules<Upload, Pick<Upload, 'kinds' | 'mostFiles' | 'mostBytes' | 'rubric'>> = {
  marker: 'person',
  answeredByFiles: true,
  open: ({ kinds, mostFiles, mostBytes, rubric, rubricShown }) => ({
    kinds,
    mostFiles,
    mostBytes,
    rubric: rubricShown ? rubric : [],
  }),
  openAfter: ({ kinds, mostFiles, mostBytes, rubric }) => ({ kinds, mostFiles, mostBytes, rubric }),
  responseIds: questionId => [questionId],
  admissible: (_body, _responseId, given) =>
    given.filter(text => uploadRead(text) !== null).slice(0, limits.filesOfAnswer),
  marks: (questionId, _body, responses): PartMark[] => [
    {
      part: questionId,
      given: null,
      expected: null,
      worth: 1,
      earned: 0,
      reason: responses[questionId]?.length ? 'awaits_marking' : 'unanswered',
    },
  ],
  correct: () => [],
  comparisons: () => 0,
  tell: (_body, _responseId, given) => ({
    part: null,
    answer: typedAnswer(given.map(text => uploadRead(text)?.name ?? '').join(', ')),
    right: null,
  }),
  prepared: body => ({
    ...body,
    kinds: [...new Set(body.kinds)],
    guidance: body.guidance || null,
    rubric: preparedRubric(body.rubric),
  }),
  fault({ kinds, rubric }, _content, survey) {
    if (survey) return 'upload_in_survey'
    return kinds.length === 0 ? 'no_upload_kind' : rubricFault(rubric)
  },
  htmlPlaces: body => [{ holder: body, name: 'guidance' }],
}
