-- Answers that are programs, which tests mark (decision 0045). How often marking one was begun, also by a process that
-- then died; what each test came to; and, once a person marks it instead, why it was not run.
alter table answers_to_mark
  add column tries int not null default 0,
  add column marks jsonb,
  add column not_run text check (not_run in ('programs_off', 'language_missing', 'could_not_run'));
-- What is still to be run, for the hourly look.
create index answers_to_mark_to_run on answers_to_mark (submission_id) where marker = 'program' and state = 'waiting';
