import type { Notes } from './notes.ts'

const reached = 'Identifies the level that the learner has; null while nothing shows any.'
const percent: Notes[string] = [
  'What the evidence comes to, in percent; null without evidence, also where a level was set.',
  72.5,
]

/** Fields of standards and of what learners have shown of them. */
export const standardsNotes: Notes = {
  standards: 'The standards of the course, in order.',
  'standards.id': 'Identifies the standard in its course.',
  'standards.code': ['The short name of the standard; no other of the course has it.', 'GEO 5.2'],
  'standards.title': ['What a learner should be able to do.', 'Read a map by its scale'],
  'standards.description': ['More about it, as plain text.', 'Distances, directions and heights.'],
  'standards.questionCount': ['How many questions of the course show it now.', 4],
  'standard.levels': [
    'The levels, from the lowest to the highest.',
    [
      { id: '0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b', name: 'Not yet', from: 0 },
      { id: '0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5c', name: 'Proficient', from: 70 },
    ],
  ],
  'myStandard.levels': 'The levels, from the lowest to the highest; empty while nothing is shown.',
  'levels.id': 'Identifies the level.',
  'levels.name': ['What the level is called.', 'Proficient'],
  'levels.from': ['From how many percent on it is reached; the first begins at 0.', 70],
  standardsShown: 'Whether learners see the standards and their levels.',
  standardsRevision: ['Counts the saves; 0 before the first. Send it back to save.', 3],
  evidenceRule: [
    'How pieces of evidence, oldest first, become a percentage: the latest, the highest, their mean, or an average in which the newest counts 65 % and older ones ever less.',
    'decaying',
  ],
  counts: 'Whether what is scored in the quiz is evidence: not in surveys, practice and banks.',
  'questions.standardIds': [
    'The standards that the question shows.',
    ['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'],
  ],
  alignments: 'The pairs to change, each a question and a standard.',
  aligned: 'Whether the question shows the standard.',
  'alignments.standardId': 'Identifies the standard.',
  standardId: 'Identifies the standard in its course.',
  'readStandardLevels.groupId': 'The group whose learners are wanted, in pages.',
  'readStandardLevels.userIds': [
    'The learners whose levels are wanted, instead of a page.',
    ['0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'],
  ],
  standings: 'Where the learner stands, in the order of the standards.',
  'standings.levelId': reached,
  'standings.percent': percent,
  'standards.levelId': reached,
  'standards.percent': percent,
  'standards.reason': ['Why a teacher set the level; null where none did.', 'Explained it in class.'],
  'evidence.levelId': reached,
  'evidence.percent': ['What was scored in the quiz for this standard, in percent of the points.', 75],
  'getEvidence.levelId': reached,
  'getEvidence.percent': percent,
  'judgeLevel.levelId': 'The level to set, by its id; null to take back what was set.',
  'judgeLevel.percent': percent,
  'judgeLevel.reason': ['Why the level is set; the learner sees it.', 'Explained it in class.'],
  'judgements.levelId': 'Identifies the level that was set; null where one was taken back.',
  'judgements.id': 'Identifies the judgement.',
  'judgements.reason': ['Why the level was set; null where one was taken back.', 'Explained it in class.'],
  calculatedLevelId: 'Identifies the level that the evidence comes to; null without any.',
  pieceCount: ['How many pieces of evidence there are: one for each quiz.', 3],
  judged: 'Whether a teacher set the level, in place of the calculated one.',
  judgementRevision: ['Counts what was judged of this learner in this standard. Send it back to judge.', 1],
  judgements: 'What was judged, newest first.',
  judgedBy: 'Identifies the teacher who judged.',
  judgedAt: 'When it was judged.',
  evidence: 'The pieces of evidence, newest first.',
  takenAt: 'When the attempt was submitted, or the latest of those that count.',
  'evidence.questions': 'The answers that the piece is made of.',
}
