import type { markReasons } from '@azora/contracts/assessment/question.ts'
import type { As } from './parameters/templates.ts'

/** Answers of an attempt by the id of what they answer: a question, or a part that takes answers of its own. */
export type Responses = Record<string, string[]>

/**
 * What one part of a question came to. `worth` counts beside the other parts; `earned` is at most that, and below zero
 * where the answer costs something.
 */
export type PartMark = {
  /** The id of the question, or of the part within it. */
  part: string
  given: string | null
  expected: string | null
  worth: number
  earned: number
  reason: (typeof markReasons)[number]
  /** Of a test of a program: where its output first differs, or where it failed. */
  assertion?: { call: string | null; message: string | null } | null
  place?: {
    path: string | null
    line: number
    message: string | null
    only: 'spaces' | 'case' | null
  } | null
  /** What the author says to anyone who gave this answer. */
  feedback?: string | null
}

/** Puts parts in an order that is another for each attempt, and for one attempt always the same. */
export type Shuffle = <Part extends { id: string }>(parts: Part[]) => Part[]

/** A place in a body that holds HTML, to be cleaned and looked through for files. */
export type HtmlPlace = { holder: Record<string, unknown>; name: string }

/**
 * Who decides what an answer earns: a person, or tests that a program is run against, which takes longer than a request.
 * The attempt waits for them (marking/).
 */
export type Marker = 'person' | 'program'

/**
 * The rules of a type of questions, all of them pure (decision 0038). `Body` is what its author wrote, with the key;
 * `Open` is what learners see.
 */
export type QuestionRules<Body, Open> = {
  /** Who marks an answer that was given; left out where the rules do, at once. */
  marker?: Marker
  /** Answered by files alone, which come another way (uploads/): what is sent as an answer is passed over. */
  answeredByFiles?: true
  /** Characters of one answer; left out where it is short. */
  longestAnswer?: number
  /** Made by naming what goes into it, so that no key slips through. */
  open(body: Body, shuffle: Shuffle): Open
  /** The same once the result is shown, where that tells more. */
  openAfter?(body: Body): Open
  /** The question as one attempt has it, with what is drawn by chance: always the same for a seed of 32 bits. */
  drawn?(question: { content: string; body: Body }, seed: number): { content: string; body: Body }
  /** The ids that take answers: that of the question, or those of its parts. */
  responseIds(questionId: string, body: Body): string[]
  /** What is kept of an answer to one of them: nothing of another shape, and nothing that the question does not have. */
  admissible(body: Body, responseId: string, given: string[]): string[]
  marks(questionId: string, body: Body, responses: Responses): PartMark[]
  /** An answer to the question that is right, as it would be given; empty where its parts are answered. */
  correct(body: Body): string[]
  /**
   * An answer to one of the ids, for who teaches the course: which part it is for, where the question has several, and
   * what it says, as HTML, and whether it earns everything there is for it; null where rules cannot tell.
   */
  tell(
    body: Body,
    responseId: string,
    answer: string[],
  ): { part: string | null; answer: string; right: boolean | null }
  /** How many accepted answers are looked at to mark the question: each takes some ten microseconds. */
  comparisons(body: Body): number
  /** A body as it is stored: with ids, without the rows that nobody filled in. */
  prepared(body: Body): Body
  /** What is wrong with a prepared body, or null. `content` is the text of the question. */
  fault(body: Body, content: string, survey: boolean): QuestionFault | null
  htmlPlaces(body: Body): HtmlPlace[]
  /** Texts beside HTML that may name drawn values (decision 51); left out where the type has no such values. */
  valuePlaces?(body: Body): (HtmlPlace & { as: As })[]
  /** Answers of which no two may be the same, whatever is drawn. */
  apart?(body: Body): { texts: string[]; as: As }[]
}

/** Whether a part earned everything there is for it. */
export const isRight = ({ earned, worth }: PartMark) => earned === worth

export type QuestionFault =
  | 'too_few_answers'
  | 'no_correct_answer'
  | 'bad_pattern'
  | 'unknown_unit'
  | 'figures_not_counted'
  | 'duplicate_part'
  | 'unmatched_item'
  | 'gaps_do_not_match'
  | 'item_cannot_run'
  | 'item_parts_do_not_match'
  | 'word_bounds'
  | 'level_missing'
  | 'no_rubric_points'
  | 'no_upload_kind'
  | 'upload_in_survey'
  | 'no_file_to_write'
  | 'first_file_hidden'
  | 'too_many_files_to_write'
  | 'duplicate_file'
  | 'solution_incomplete'
  | 'no_program_test'
  | 'unit_tests_missing'
  | 'unit_tests_other_language'
  | 'style_without_value'
  | 'bad_formula'
  | 'unknown_name'
  | 'formula_without_value'
  | 'formula_not_expanded'
  | 'variable_named_twice'
  | 'empty_range'
  | 'picture_missing'
  | 'picture_undescribed'
  | 'area_missing'
  | 'area_too_small'
  | 'too_few_points'
  | 'target_missing'
  | 'number_not_read'
