-- Parts of a quiz that are taken one after another (decision 0062): `id`, `title`, `instructions`, `timeLimitMinutes` or
-- null, and in `questions` of how many of its questions, in order, each consists.
alter table quizzes
  add column sections jsonb not null default '[]' check (jsonb_typeof(sections) = 'array');

-- What an attempt keeps of them, with `limitSeconds` as its learner has it and `baseSeconds` as its quiz had it; when its
-- learner went on, to the second section first; and when the last one ends if they do not, where its time is limited.
alter table submissions
  add column sections jsonb not null default '[]' check (jsonb_typeof(sections) = 'array'),
  add column went_on jsonb not null default '[]' check (jsonb_typeof(went_on) = 'array'),
  add column sections_end timestamptz;
