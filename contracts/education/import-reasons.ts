import { type Said, sayer } from './said.ts'

/** Why something in an imported file became what it did, and why a file was refused, by code (`said.ts`). */
export const importReasons = {
  // Read, or of no use here.
  read_for_order: 'Read for titles, order and resources.',
  read_for_modules: 'Read for titles, order, outside links and headings.',
  read_for_hidden: 'Read for what was hidden or locked.',
  read_for_language:
    'Read for the language; the other settings of the original system have no counterpart here.',
  settings_in_text: 'Points and dates are in the lesson’s text.',
  settings_of_quiz: 'They are settings of the quiz here.',
  settings_of_original: 'It holds settings of the original system.',
  marks_canvas: 'It only marks an export from Canvas.',
  housekeeping: 'The operating system added it; it is no part of the course.',
  unused: 'No lesson refers to it.',
  heading_empty: 'It has no contents.',
  page_empty: 'It is empty.',
  fuller_version: 'Canvas exports each quiz twice; the fuller version was imported.',
  assignment_imported: 'The assignment itself was imported.',

  // Missing, or not to be read.
  missing: 'The archive does not contain it.',
  missing_file: 'The archive does not contain its file “{path}”.',
  missing_named: 'The manifest names this file, but the archive does not contain it.',
  no_file_named: 'The manifest names no file for it.',
  manifest_entry_unreadable: 'Its entry in the manifest cannot be read.',
  unreadable: 'It is written in a way that cannot be read here.',
  kind_unknown: 'It is of an unknown kind.',
  quiz_format_unknown: 'It is not in a quiz format that can be read here.',
  part_damaged: 'It is damaged inside the archive. Export the course again to get it.',
  part_encrypted: 'It is protected by a password. Export the course without one to get it.',
  part_packed_otherwise: 'It is packed in a way that is not read here. Zip the files again to get it.',
  text_mended: 'It held characters or markup that no text may hold; they were removed.',

  // Changed on the way.
  description_shortened:
    'It is too long for a description, so it was shortened; the whole text is kept as a file.',
  introduction_kept: 'It is too long for a quiz here; it is kept as a file.',
  page_too_large: 'It is too large for a page that can be edited here, so it is kept whole as a file.',
  link_too_long: 'Its address is too long for a link, so it is a page that holds it.',
  link_no_web_address: 'Its address is not a web address, so it is a page that shows it.',
  tool_described: 'An outside tool cannot be launched from here; the lesson describes it.',
  tool_kept: 'The tool cannot be launched from here; a lesson describes it and its settings are kept.',
  teachers_text: 'It holds the text that was meant for teachers.',
  hidden_part_kept: 'Readers of the original page did not see it; it is kept as a file.',

  // Addresses in texts.
  leads_nowhere: 'It leads to something that is not in the archive.',
  leads_to_list: 'It leads to a list that the original system made.',
  leads_to_hidden_file: 'It leads to a file that is hidden from learners.',
  leads_to_untakeable_quiz: 'It leads to a quiz that learners cannot take here.',
  picture_unreadable: 'Its bytes cannot be read.',
  address_unkept: 'Such an address cannot be kept in a lesson.',
  text_kept: 'Its text is kept.',
  description_kept: 'Its description is kept.',
  aside_kept: 'Lessons do not show it; the file is kept.',
  aside_outside: 'Lessons do not show such things; it lies outside the archive.',
  as_above: 'They were lost for reasons like those above.',
  no_scripts: 'Scripts cannot run here.',
  no_forms: 'Forms cannot be filled in here; their text is kept.',

  // Hidden in the original.
  check_first: 'Check it before you publish the course.',
  unseen_here: 'Learners do not see it here either.',
  hidden: 'It was hidden in the original course.',
  locked: 'It was locked in the original course.',
  for_teachers: 'It was meant for teachers.',
  lesson_plan: 'It is a lesson plan, meant for teachers.',
  unpublished: 'It was not published in the original course.',
  module_unpublished: 'Its module was not published in the original course.',
  for_some: 'It was open to some learners of the original course alone.',
  module_for_some: 'Its module was open to some learners of the original course alone.',
  opens_later: 'It was to open on {time}.',
  module_opens_later: 'Its module was to open on {time}.',

  // Quizzes.
  no_question_here: 'None of its questions can be asked here.',
  conditional_questions: 'Which questions were asked depended on earlier answers; here all of them are.',
  named_twice: 'The quiz names it at two places; it is there once.',
  only_named:
    'The quiz only refers to it, and it is not where the quiz could bring it along. Add it by hand.',
  random_selection: 'The original draws {drawn} of {count} questions at random; all {count} are in the quiz.',
  partial_points: 'Answers that were partly right earned a part of the points; here they earn none.',
  points_limited: 'Its {points} points were limited to {most}.',
  option_blank: 'An option without a text is shown as “(blank)”.',
  time_limited: 'Its time limit was brought to the longest here, {most} minutes.',
  attempts_unlimited: 'It allowed more than {most} attempts; now they are not limited.',
  aside_for_teachers: 'A text for teachers, “{text}”, was left out.',
  aside_unreached: 'A text that no answer brings up, “{text}”, was left out.',
  aside_placeless: 'A text beside the questions, “{text}”, has no place here.',
  score_alone: 'Learners see their score, but never the right answers; the original showed more.',
  was_due: 'Not kept: it was due on {time}.',
  was_closed: 'Not kept: it closed on {time}.',
  one_at_a_time: 'Not kept: it showed one question at a time.',
  some_networks: 'Not kept: it was open to some network addresses alone.',
  lockdown_browser: 'Not kept: it asked for a lockdown browser.',

  // Questions that are kept as files.
  question_kept: 'It is kept as a file.',
  question_kind: 'This kind of question cannot be taken here yet.',
  question_unreadable: 'The question is written in a way that cannot be read here.',
  question_from_bank: 'It draws from a bank; pick its questions by hand.',
  question_outside_text: 'It refers to a text outside the question.',
  question_turns: 'It takes several turns.',
  question_made_anew: 'Parts of it are made anew for each learner.',
  question_no_list: 'Its answers are not a single list of options.',
  question_ordered: 'Its answer is an order.',
  question_few_options: 'It offers fewer than two options.',
  question_many_options: 'It has more than {most} options.',
  question_same_options: 'Two of its options have the same identifier.',
  question_quiz_full: 'The quiz is longer than one quiz can be here.',
  question_undeclared: 'It does not declare its answer.',
  question_no_answer: 'It names no correct answer.',
  question_several_right: 'It accepts several answers where one is chosen.',
  question_nothing_right: 'Choosing nothing earns full points.',
  question_several_full: 'Several different answers earn full points.',
  question_no_points: 'None of its answers earns points.',
  question_unclear: 'Some of its options earn only a few points, so it is not clear which are right.',
  question_long_rules: 'Its rules are too long to be tried.',
  question_rule: 'Its rules use “{rule}”, which cannot be tried here.',
  question_template: 'Its rules are in a template, “{template}”, that is not known here.',
  question_tolerance: 'It compares numbers within a tolerance.',
  question_points_unstated: 'Its rules count points that it does not state.',
  question_no_number: 'A variable is set to something that is no number.',
  question_compares_no_number: 'It compares its answer with something that is no number.',

  // Files that are refused.
  not_a_zip:
    'This is not a Common Cartridge: the file is not a zip archive. Export the course again as Common Cartridge (.imscc or .zip) and drop that file.',
  end_missing:
    'The file starts like a zip but its end is missing or damaged. It was probably not downloaded or copied completely: export or download it again.',
  contents_damaged: 'The list of contents inside the archive is damaged. Export or download the file again.',
  entry_beyond_end: '“{path}” lies beyond the end of the file; export or download it again.',
  entry_damaged: '“{path}” is damaged inside the archive. Export or download the file again.',
  entry_encrypted: '“{path}” is protected by a password; export without one.',
  entry_packed_otherwise: '“{path}” is packed by a method other than deflate; zip the files again.',
  entry_twice: '“{path}” appears twice in the archive, so it is unclear which one counts.',
  entry_unnamed: 'A file in the archive has no name.',
  entry_nul: 'The name of “{path}” contains a NUL character.',
  entry_absolute: '“{path}” is an absolute path.',
  entry_drive: '“{path}” starts with a drive letter.',
  entry_climbs: '“{path}” climbs out of its folder (..).',
  entry_device: '“{path}” is a link or device, not a file.',
  entry_overlaps: '“{path}” shares its bytes with another entry, as a zip bomb does.',
  entry_lies: '“{path}” is larger than the archive says, as in a zip bomb.',
  entry_grows: '“{path}” would grow {times}-fold when unpacked, as a zip bomb does.',
  entry_too_large: '“{path}” has {sizeBytes}; the limit for such a file is {limitBytes}.',
  archive_too_large:
    'The file has {sizeBytes}; the limit is {limitBytes}. Split the course, or ask the administrator to raise the limit.',
  unpacked_too_large:
    'Unpacked, the archive would exceed {limitBytes}. Split the course, or leave large videos out.',
  texts_too_large:
    'The pages and quizzes of this course together are larger than the limit for one course. Split the course.',
  too_many_files:
    'The archive holds {count} files; the limit is {most}. Remove unused files from the course, or split it.',
  too_much_work:
    'Reading this file takes more memory or time than an import may use. Split the course into several files.',
  xml_malformed:
    '“{path}” is not well-formed XML ({fault}). Export the course again; if it stays so, the exporting system is at fault.',
  xml_entities:
    '“{path}” declares its own entities or document type, which no course export needs and which is a known attack.',
  xml_too_deep: '“{path}” nests its elements more than {most} deep.',
  xml_too_many: '“{path}” holds more than {most} elements. Split the course.',
  closed: 'The cartridge has been closed.',
  manifest_missing:
    'The archive has no imsmanifest.xml, so it is not a Common Cartridge. Export the course as Common Cartridge (.imscc) and drop that file unchanged.',
  several_courses:
    'The archive holds several courses (“{path}” and “{other}”). Zip and import each by itself.',
  inner_archive: 'The archive contains another archive, “{path}”. Unpack it and drop that file.',
  moodle_backup:
    'This is a Moodle backup, not a Common Cartridge. In Moodle, open the course, choose “Export to Common Cartridge” (course reuse), and drop that file.',
  blackboard_archive:
    'This is a Blackboard archive, not a Common Cartridge. In Blackboard, export the course as a Common Cartridge package and drop that file.',
  h5p_activity:
    'This is an H5P activity, not a Common Cartridge. Export the course that contains it as Common Cartridge and drop that file.',
  e_book: 'This is an e-book (EPUB), not a Common Cartridge. Add it to a lesson as a file.',
  office_document: 'This is an Office document, not a Common Cartridge. Add it to a lesson as a file.',
  scorm_package:
    'The manifest is that of a SCORM package. Export the course as Common Cartridge (version 1.0 to 1.3) instead.',
  not_a_course:
    'The manifest is that of something other than a course. Export the course as Common Cartridge (version 1.0 to 1.3) instead.',
  school_storage:
    'Your school has used {usedBytes} of {limitBytes}, and {leftBytes} is left. This needs more, so nothing was saved. Delete what you no longer need, or ask your administrator for more space.',
  person_storage:
    'Your files have used {usedBytes} of {limitBytes}, and {leftBytes} is left. This needs more, so nothing was saved. Delete what you no longer need, or ask your administrator for more space.',
} as const

export type ImportReason = Said<typeof importReasons>

/** Say why. */
export const because = sayer(importReasons)
