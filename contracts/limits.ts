/**
 * How large things may be, by every way in: the API, an import, an event. Generous enough for what real courses hold;
 * what an import brings beyond them is brought to the limit and noted, or kept as a file.
 */
export const limits = {
  /** Characters of HTML in one text. A request holds 1 MB, so this leaves room for its escapes. */
  htmlLength: 800_000,
  linkLength: 8_000,
  questionsOfQuiz: 500,
  /** Texts of a quiz that several questions are about, and how many are about each. */
  passagesOfQuiz: 50,
  questionsOfPassage: 20,
  sectionsOfQuiz: 20,
  sectionTitleLength: 200,
  sectionInstructionsLength: 10_000,
  optionsOfQuestion: 100,
  /** Items, choices or gaps of one question. */
  partsOfQuestion: 100,
  hintsOfQuestion: 5,
  /** HTML of one hint. */
  hintLength: 20_000,
  /** Answers that are accepted to one question. */
  answersOfQuestion: 100,
  /** Points that may be marked on a picture, and areas of it that are right. */
  pointsOfPicture: 20,
  cornersOfArea: 40,
  /** Characters of an item of QTI, and its interactions. */
  itemSourceLength: 40_000,
  partsOfItem: 20,
  comparisonsOfItem: 500,
  formulasOfQuestion: 10,
  variablesOfFormula: 10,
  /** Values that are drawn for a question, what must hold of them, and characters of an expression. */
  parametersOfQuestion: 20,
  conditionsOfQuestion: 10,
  expressionLength: 200,
  /** Names and calculations in the texts of a question, and comparisons in a row: each draw computes them all. */
  calculationsOfQuestion: 200,
  comparisonsOfCondition: 10,
  listedValues: 100,
  listedValueLength: 100,
  /** Variants of a quiz that can be shown and printed by their number. */
  variants: 9_999,
  /** Accepted answers of a quiz that are looked at to mark it; a pattern counts for forty. Takes some 20 ms. */
  comparisonsOfQuiz: 2000,
  /** Characters of an answer that is a word, a number or a short text. */
  shortTextLength: 500,
  /** Characters of an essay. That is some 8,000 words, and at most 150 kB of a request. */
  essayLength: 50_000,
  essayWords: 20_000,
  /** An attempt is written as a whole with each answer that is saved, so that its size is what a save costs. */
  essaysOfQuiz: 10,
  /** Minutes of breaks that stop the clock, and how many there are in an attempt. */
  breakMinutes: 480,
  breaksOfAttempt: 50,
  /** Entries of a log that devices send for an attempt, and in one request; with those of the service beside them. */
  deviceEntriesOfLog: 500,
  entriesOfLog: 700,
  entriesInRequest: 50,
  filesInRequest: 500,
  daysOfLog: 400,
  /** Files that one question takes, and bytes of each: a scan, or ten minutes of speech. */
  filesOfAnswer: 10,
  uploadBytes: 100_000_000,
  uploadsOfQuiz: 20,
  criteriaOfRubric: 20,
  levelsOfCriterion: 10,
  rubricTitleLength: 120,
  rubricTextLength: 1_000,
  markCommentLength: 5_000,
  overrideReasonLength: 500,
  /** Comments on places in an answer, characters of each, and of the words that it quotes. */
  annotationsOfMark: 50,
  annotationLength: 1_000,
  /** The last page of a PDF that can be commented on. */
  pageOfPdf: 2_000,
  quoteLength: 200,
  savedComments: 200,
  savedCommentLength: 1_000,
  /** Characters of a file of a program, of what it reads, and of what it should print. */
  programTextLength: 20_000,
  /** Characters that are told of what a program wrote. */
  shownOutputLength: 8_000,
  programPathLength: 100,
  programTitleLength: 120,
  programArgumentLength: 500,
  argumentsOfProgram: 20,
  filesOfProgram: 20,
  /** Files of a program that learners write. With the length of each, they bound what an answer takes. */
  editableFilesOfProgram: 3,
  /** Each is a run of its own. */
  testsOfProgram: 30,
  /** As with essays, and each is run for every learner. */
  programsOfQuiz: 10,
  styleChecksOfProgram: 10,
  pointsOfQuestion: 10_000,
  /** A week. */
  timeLimitMinutes: 10_080,
  attempts: 1_000,
  /** HTML of the formulas beside a quiz. */
  formulaSheetLength: 50_000,
  gradebookCategories: 30,
  /** Columns of a gradebook. */
  gradebookItems: 200,
  /** Points of one grade, or percent of a course: room for extra credit. */
  gradebookScore: 20_000,
  standardsOfCourse: 100,
  standardCodeLength: 30,
  standardTitleLength: 200,
  standardTextLength: 2_000,
  /** Standards that one question shows. */
  standardsOfQuestion: 10,
  levelsOfStandard: 6,
  levelNameLength: 40,
  groupsOfCourse: 200,
  groupNameLength: 60,
  /** Learners in groups, counted in each: the groups of a course are told as a whole. */
  membershipsOfCourse: 10_000,
  /** Learners whose groups change with one request. */
  learnersOfChange: 2_000,
  accessCodeLength: 255,
  /** Bytes of JSON that one save may take, with room for what a request adds. */
  savedBytes: 900_000,
} as const

/** What the rules of an imported item count of `comparisonsOfQuiz`. @param steps that a run of them takes */
export const comparisonsOf = (steps: number): number => Math.ceil(steps / 10) + 5
