-- Until when a file is kept because a quiz that shows it is being saved: which quizzes show it is known to assessment
-- alone, and a file must not go between the look there and the save.
alter table files add column held_until timestamptz;

-- When the content was uploaded or last replaced.
alter table files add column updated_at timestamptz not null default now();
update files set updated_at = created_at;
