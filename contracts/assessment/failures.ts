import type { Failures } from '../failures.ts'

/** What assessment refuses. */
export const assessmentFailures = {
  codes: {
    access_code_required: { status: 403, message: 'Enter the access code to start. Your teacher has it.' },
    access_code_wrong: {
      status: 403,
      message: 'This access code is not right. Check it for typos, capital letters too.',
    },
    quiz_needed: {
      status: 409,
      message:
        'A lesson shows this quiz. Remove the quiz from the lesson, or hide the lesson, then try again.',
    },
    attempts_exhausted: { status: 409, message: 'You have no attempts left for this quiz.' },
    attempt_closed: { status: 409, message: 'This attempt was already submitted.' },
    attempt_on_break: {
      status: 409,
      message: 'This attempt is on a break. End the break to continue. Nothing is lost.',
    },
    no_break_left: { status: 409, message: 'This attempt has no break time left.' },
    not_practice: {
      status: 403,
      message: 'Answers can be checked in a quiz for practice alone. Submit this quiz to see your result.',
    },
    question_left: {
      status: 409,
      message:
        'You have left this question, so its answer cannot be changed. The answer you left it with counts.',
    },
    hint_not_next: {
      status: 409,
      message: 'Hints are shown in their order, and this is not the next one. Reload the page and try again.',
    },
    log_not_told: {
      status: 409,
      message: 'This quiz now keeps an activity log. Read what it notes on this page, then start again.',
    },
    quiz_not_ready: { status: 409, message: 'This quiz has no questions yet.' },
    quiz_not_open: { status: 409, message: 'This quiz is not open yet.' },
    quiz_closed: { status: 409, message: 'This quiz is closed.' },
    mark_changed: {
      status: 409,
      message:
        'This mark was changed or released since you opened it. Yours was not saved. Reload it and try again.',
    },
    mark_not_yours: {
      status: 409,
      message: 'You gave a mark of this answer, so another person decides. Your mark stays as it was.',
    },
    nothing_to_sample: {
      status: 409,
      message:
        'There are no attempts to draw a sample from. Draw it when all answers of an attempt are marked.',
    },
    too_many_comments: {
      status: 409,
      message: 'You have saved 200 comments, the most there can be. Delete one, then save this one.',
    },
    preview_outdated: {
      status: 409,
      message: 'Questions or marks have changed since this preview. Nothing was regraded. Preview it again.',
    },
    regrade_running: {
      status: 409,
      message: 'This quiz is being regraded. Wait until that is done, then try again.',
    },
    not_graded: {
      status: 409,
      message: 'This attempt has no result yet. You can change its marks once it is graded.',
    },
    marked_without_names: {
      status: 409,
      message:
        'Names are hidden while this quiz is marked. You can open this attempt once its marks are released.',
    },
    programs_not_run: {
      status: 409,
      message:
        'Programs in this language cannot be run here. You can still submit yours: a teacher marks it.',
    },
    too_many_files: {
      status: 409,
      message: 'This question takes no more files. Remove one to add another.',
    },
    quiz_in_use: {
      status: 409,
      message: 'Learners have attempted this quiz, so it cannot be deleted.',
    },
  },
  reasons: {
    groups_hidden: {
      code: 'marked_without_names',
      message: 'Names are hidden while this quiz is marked, so its answers are not shown by group.',
    },
    quiz_in_lessons: {
      code: 'quiz_needed',
      message: 'Lessons show this quiz: {lessons}. Remove it from them, then try again.',
    },
    quiz_in_shown_lessons: {
      code: 'quiz_needed',
      message:
        'Learners see lessons with this quiz: {lessons}. Remove it from them, or hide them, then try again.',
    },
  },
  fields: {
    feedback_without_answer: 'Write the answer that the feedback is for.',
    too_few_answers: 'Write at least two answers.',
    no_correct_answer: 'Mark at least one option as correct.',
    not_one_correct_answer: 'Mark exactly one option as correct.',
    bad_pattern:
      'This pattern cannot be used. Check its brackets, and leave out look-aheads and references back.',
    unknown_unit: 'We do not know this unit, so other units cannot be converted to it.',
    figures_not_counted: 'Enter how many significant figures are compared: a whole number from 1 to 40.',
    too_much_to_compare:
      'This quiz has too many accepted answers to be marked at once. Use fewer patterns, or make two quizzes of it.',
    duplicate_part: 'Two parts have the same id.',
    annotation_outside: 'This comment is on a place that is not in the answer. Choose its place again.',
    reason_missing: 'Say why you decide so. It stays in the history.',
    mark_incomplete: 'Choose a level of each part of the rubric, or enter the points.',
    too_many_points: 'This question has at most {most} points.',
    word_bounds: 'The smallest number of words is larger than the largest.',
    level_missing: 'Give each part of the rubric at least one level, and each level a name.',
    no_rubric_points: 'At least one level of the rubric must earn points.',
    too_many_essays: 'A quiz can have at most {most} essays. Make two quizzes of it.',
    no_upload_kind: 'Choose at least one kind of file.',
    upload_in_survey: 'A survey takes no files. Remove this question.',
    too_many_uploads: 'A quiz can have at most {most} questions that ask for files. Make two quizzes of it.',
    file_not_taken: 'This question takes no such file. What counts is what is in it, not its name.',
    file_heic:
      'Browsers cannot show HEIC photos. Save it as JPEG and add that; on an iPhone choose “Most compatible” in the settings of the camera.',
    no_file_to_write: 'Add a file that learners write.',
    first_file_hidden: 'Learners have to see the first file, as it is the one that is run.',
    too_many_files_to_write: 'Learners can write at most three files of a program.',
    duplicate_file: 'Each file needs a path of its own, and no file can have the name of a folder.',
    solution_incomplete: 'Write a solution for each file that learners write, or for none.',
    no_program_test: 'Add a test that counts more than 0.',
    unit_tests_missing: 'Write the unit tests that your tests name, or make them tests of what is printed.',
    unit_tests_other_language:
      'There are unit tests and rules of style for Python, JavaScript and TypeScript alone.',
    style_without_value:
      'Say what the rule of style asks for: a name, a word such as for, or how many characters.',
    too_many_programs:
      'A quiz can have at most {most} questions that ask for a program. Make two quizzes of it.',
    answer_too_long: 'This answer is longer than {most} characters.',
    unmatched_item: 'Choose what belongs to each item.',
    gaps_do_not_match:
      'The text must name each gap once: [[1]] for the first, [[2]] for the second, and so on.',
    item_cannot_run: 'The rules of this question cannot be run.',
    item_parts_do_not_match: 'The parts of this question are not those that its rules ask for.',
    bad_formula: 'This formula cannot be read. Check its brackets, and write sin(x), not sin x.',
    unknown_name:
      'The formula has a name that is neither a variable nor an allowed function. Add it, or correct the formula.',
    formula_without_value: 'The formula has no value for most values of its variables. Change their ranges.',
    formula_not_expanded: 'The answer is not expanded itself. Multiply it out, or accept any form.',
    variable_named_twice: 'Two variables have one name, or one is called e or pi.',
    empty_range: 'A variable needs a range: its least value, and a greater one.',
    picture_missing: 'Choose the picture.',
    picture_undescribed: 'Describe the picture, for learners who cannot see it.',
    area_missing: 'Mark at least one area of the picture as correct.',
    area_too_small: 'An area is too small to be hit by a finger. Make it larger.',
    too_few_points: 'Let learners mark at least as many points as there are areas.',
    target_missing: 'Put at least one place on the picture.',
    quiz_file_deleted: 'A file in this quiz was deleted. Remove it, or upload it again.',
    opens_at_year: 'Choose a date between 2000 and 2099.',
    exclusive_not_alone: 'An answer that is chosen alone can’t be correct together with others.',
    release_without_date: 'Set a due or a closing date, or choose another time to show the answers.',
    closes_before_opening: 'Choose a closing date after the opening date.',
    due_before_opening: 'Choose a due date after the opening date.',
    due_after_closing: 'Choose a due date that is not after the closing date.',
    quizzes_never_open:
      'With these dates this learner could never take: {quizzes}. Choose other dates, or choose one quiz.',
    too_many_decimals: 'Use at most four decimals.',
    points_of_nothing: 'Enter more than 0 points.',
    gradebook_duplicate: 'This is in the gradebook twice.',
    gradebook_category_unknown: 'Choose a category of this gradebook.',
    gradebook_quiz_unknown: 'This quiz is not in the course any more. Remove it from the gradebook.',
    gradebook_no_weight: 'Give at least one category that is not extra credit a weight above 0.',
    gradebook_item_unknown: 'This is not in the gradebook any more. Reload the page.',
    gradebook_reason_needed: 'Say why you replace this grade. The history keeps it.',
    gradebook_course_excused: 'A course grade cannot be excused or commented on. Excuse single grades.',
    gradebook_too_many: 'Import at most 50,000 grades at once. Split the file and import the parts.',
    gradebook_letter_twice: 'Another grade on the scale has this name.',
    gradebook_from_twice: 'Another grade on the scale begins at this percentage.',
    gradebook_item_moved: 'An item stays with its quiz. Remove it, and add a new item.',
    gradebook_only_extra:
      'Extra credit adds nothing in a category of its own. Mark the category as extra credit, or add an item that is not extra credit.',
    gradebook_course_too_high: 'Enter at most 1,000 % for a course grade.',
    gradebook_row_length: 'Each row needs one value for each column.',
    standard_twice: 'Another standard of this course has this code.',
    standard_unknown: 'This standard is not in the course any more. Reload the page.',
    standard_question_unknown: 'This question is not in the quiz any more. Reload the page.',
    standard_too_many: 'A question can show at most 10 standards.',
    standard_no_evidence: 'Surveys, practice quizzes and question banks show no standards.',
    level_twice: 'Another level has this name.',
    level_first: 'The first level starts at 0%.',
    level_order: 'Start each level at more percent than the one before it.',
    level_used: 'A learner has the level {level} by a teacher’s decision. Change that first.',
    level_unknown: 'This level is not in the course any more. Reload the page.',
    level_reason_needed: 'Say why you set this level. The learner sees it.',
    question_unchanged: 'This question is as the learners saw it. Choose one that was changed.',
    key_unfit:
      'The options or parts of this question were changed, so earlier answers cannot be marked by its new key.',
    key_other_values:
      'The changing values of this question were changed, so earlier answers were to other numbers than its new key would have.',
    number_not_read: 'Enter numbers, such as 2.5. To calculate with names, add values that change.',
    parameters_not_for_type: 'Questions of this type take no changing values. Remove them.',
    parameter_named_twice:
      'Choose another name for the value {name}: it is used twice, or means something else, as e and pi do.',
    parameter_unreadable: 'The calculation of {name} cannot be read: {where}',
    parameter_unknown: 'In {where}, {name} is not a value above it.',
    parameter_empty: 'The value {name} has nothing to draw from, or more than a million numbers.',
    condition_unreadable: 'This condition cannot be read: {condition}. Write it as in a != b.',
    conditions_not_met:
      'The conditions hold in fewer than one of 100 draws. Change them, or the ranges of the values.',
    value_unknown: 'The question uses {name}, which is not one of its values.',
    value_unreadable: 'This calculation in the question cannot be read: {text}',
    value_not_a_number:
      '{text} has no value where {draw}. Add a condition that leaves this out, or change the ranges.',
    key_not_a_number: 'The answer or its tolerance would be {text} where {draw}. It has to be a number.',
    answers_fall_together:
      'Two answers are the same where {draw}. Add a condition that leaves this out, such as a != b.',
    too_many_calculations:
      'The texts of this question use values more than {most} times. Use them less often, or make two questions of it.',
    too_many_comparisons: 'A condition compares at most {most} times. Make two conditions of it.',
    value_in_formula:
      'A value within a formula is not shown: {text}. Write it outside of the formula, as text.',
    key_without_end: 'The answer has no end where {draw}. Round it, or give a tolerance.',
    key_with_star:
      'The answer would accept any text where {draw}, as * stands for anything. Accept a text without wildcards, or leave out *.',
    duplicate_question: 'A question is named twice.',
    duplicate_passage: 'Two texts have the same id.',
    duplicate_section: 'Two sections have the same id.',
    section_unknown: 'The section of this question is not in the quiz. Add it, or choose another.',
    section_without_questions: 'Put at least one question into this section, or remove it.',
    passage_empty: 'Write the text that the questions are about.',
    passage_unknown: 'The text of this question is not in the quiz. Add it, or take the question out of it.',
    passage_without_questions: 'Put at least one question under this text, or remove it.',
    passage_too_long: 'At most {most} questions can stand under one text.',
    quiz_attempted:
      'Learners have attempted this quiz, so it stays a quiz. Duplicate it, and change the copy.',
    practice_attempted:
      'Learners have attempted this quiz, so it stays as it is: for practice, or counted. Duplicate it, and change the copy.',
    practice_marked:
      'A quiz for practice checks answers at once. Remove the questions that are marked later, such as essays, first.',
    practice_survey: 'A survey has no right answers, so it cannot be for practice.',
    counting_attempted:
      'Learners have attempted this quiz, so the attempt that counts stays as it is. Duplicate it, and change the copy.',
    survey_attempted:
      'Learners have attempted this survey, so it stays a survey. Duplicate it, and change the copy.',
  },
} as const satisfies Failures
