-- When learners who are shown the right answers are shown them.
alter table quizzes add column answer_release text not null default 'at_once'
  check (answer_release in ('at_once', 'after_due', 'after_all', 'never'));
