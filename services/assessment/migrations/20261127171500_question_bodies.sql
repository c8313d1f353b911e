-- What a question asks beside text and options: its shape depends on the type (contracts/assessment/question-types).
-- Choices have none; their options and right answers stay in columns of their own.
alter table questions
  add column body jsonb,
  add column scoring jsonb not null default '{"partial": false, "wrongCosts": 0, "belowZero": false}',
  drop constraint questions_type_check,
  add constraint questions_body_check
    check ((body is null) = (type in ('single_choice', 'multiple_choice', 'true_false')));
alter table question_versions
  add column body jsonb,
  add column scoring jsonb not null default '{"partial": false, "wrongCosts": 0, "belowZero": false}';
