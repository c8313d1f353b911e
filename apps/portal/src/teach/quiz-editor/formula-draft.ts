import type { AuthoredQuiz } from './authored-quiz.ts'

export type FormulaDraft = Extract<
  AuthoredQuiz['questions'][number],
  { type: 'formula'; body: unknown }
>['body']

export const emptyFormulaAnswer = (): FormulaDraft['answers'][number] => ({
  expression: '',
  share: 100,
  feedback: null,
})
/** As most begin: one variable, and no function that a learner has to be told of. */
export const emptyFormula = (): FormulaDraft => ({
  answers: [emptyFormulaAnswer()],
  variables: [{ name: 'x', from: -5, to: 5 }],
  functions: ['sqrt'],
  tolerance: 1e-6,
  form: 'any',
})

export const formulaOf = (body: FormulaDraft): FormulaDraft => ({
  ...body,
  answers: body.answers.filter(({ expression }) => expression.trim() !== ''),
  variables: body.variables
    .map(variable => ({ ...variable, name: variable.name.trim() }))
    .filter(({ name }) => name !== ''),
})
